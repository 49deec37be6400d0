/** The gateway of Google: its controller is part of GKE, its proxies stand at the edge of Google's network. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput } from '../module.ts';
import type { Peer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import type { EdgeModule, WayIn } from '../way-in.ts';
import { GATEWAY, httpRoute, withoutTimeouts } from './gateway/way-in.ts';
import { googleGatewayConfig, routePolicies } from './gateway-google/gateway.ts';
import { edgeFile } from './gateway-google/infrastructure.ts';
import { firstAddress } from './public-name.ts';

/** Where its proxies and health checks come from; requests reach pods without a node in between. */
const GOOGLE: readonly Peer[] = [
  { kind: 'range', cidr: '35.191.0.0/16' },
  { kind: 'range', cidr: '130.211.0.0/22' },
];

export interface GoogleEdge {
  /** Google has the certificate, and the name is part of the infrastructure. */
  readonly managedNames: boolean;
  readonly firewall: boolean;
}

export const gatewayGoogle =
  (edge: GoogleEdge): EdgeModule =>
  input => ({ contribution: contribution(input, edge), wayIn: wayIn(edge) });

function wayIn({ firewall, managedNames }: GoogleEdge): WayIn {
  return {
    component: 'gateway',
    routeKind: 'HTTPRoute',
    namespaceLabels: { [GATEWAY.access.label]: GATEWAY.access.value },
    sources: GOOGLE,
    proxies: null,
    ...(managedNames ? { certificateOf: 'cloud' } : {}),
    routeOf: app => {
      const { objects, patches } = httpRoute(app);
      // Google takes the time limit of a request at the backend and refuses routes that name one.
      return { objects: [...objects.map(withoutTimeouts), ...routePolicies(app, firewall)], patches };
    },
  };
}

function contribution(input: ModuleInput, edge: GoogleEdge): Contribution {
  return {
    files: edgeFile(input, edge),
    namespaces: [platformNamespace(GATEWAY.namespace, 'edge')],
    config: [googleGatewayConfig(edge)],
    runbooks: [
      {
        id: 'public-name',
        title: 'The gateway does not answer',
        text: `The load balancer is Google's; the cluster only says what it has to do. Its address, its certificate and the record of the name
are in \`infra/gke/edge.tf\`.

1. What the controller says: \`kubectl -n ${GATEWAY.namespace} describe gateway ${GATEWAY.name}\`. It takes up to ten minutes to make a load balancer.
2. A route is not attached: \`kubectl -n NAMESPACE describe httproute NAME\`; its namespace needs the label \`${GATEWAY.access.label}: ${GATEWAY.access.value}\`.
3. *502*, *no healthy upstream*: the health check of Google reaches no pod. Its policy names the path, and the network policy
   \`requests-from-gateway\` must let ${GOOGLE.map(peer => ('cidr' in peer ? `\`${peer.cidr}\`` : '')).join(' and ')} in.
4. The certificate: \`gcloud certificate-manager certificates describe NAME\`; it stays *PROVISIONING* until the zone is delegated.
5. *403* from the edge: the firewall. \`gcloud logging read 'jsonPayload.enforcedSecurityPolicy.outcome="DENY"' --freshness=1h\` names the rule.
`,
      },
    ],
    checks: [
      {
        decision: 'edge',
        says: 'The public gateway is of the class that Google serves from its edge.',
        command: `grep -q '^  gatewayClassName: gke-l7-global-external-managed$' platform-config/base/gateway/gateway.yaml`,
        path: 'platform-config/base/gateway/gateway.yaml',
      },
      {
        decision: 'edge',
        says: 'The kinds of the Gateway API are those of GKE.',
        command: `grep -qE '^ +channel += "CHANNEL_STANDARD"$' infra/gke/cluster.tf`,
        path: 'infra/gke/cluster.tf',
      },
      {
        decision: 'edge',
        says: 'The public gateway has an address and serves HTTPS.',
        command: `kubectl -n ${GATEWAY.namespace} wait --for=condition=Programmed gateway/${GATEWAY.name} --timeout=15m`,
        path: 'platform-config/base/gateway/gateway.yaml',
      },
      ...(edge.managedNames
        ? [
            {
              decision: 'dns-and-certificates',
              says: 'Google has the certificate of the gateway and renews it.',
              command: `grep -q 'google_certificate_manager_certificate_map_entry' infra/gke/edge.tf`,
              path: 'infra/gke/edge.tf',
            },
          ]
        : []),
    ],
    nextSteps: [
      `Open ${firstAddress(input)} a quarter of an hour after the bootstrap; docs/runbooks/public-name.md says what to look at until it answers.`,
    ],
  };
}
