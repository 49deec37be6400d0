/** ExternalDNS: the names of routes as records of the cluster's zone. */

import { collect } from '../collect.ts';
import type { Contribution } from '../contribution.ts';
import { NAMED_BY_SERVICE } from '../edge/openshift-in-cloud.ts';
import { hasIngress } from '../edge/route-kind.ts';
import { isClosedInCloud } from '../egress/no-egress/closed.ts';
import type { ModuleInput } from '../module.ts';
import { credentials, scraped, toApiServer } from '../network/common-edges.ts';
import type { PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { answerOf, pickOf } from '../picks.ts';
import { corporatePki } from './corporate-pki.ts';

const NAME = 'external-dns';
const DECISION = 'dns-and-certificates';
const PODS: PodPeer = { kind: 'pods', namespace: NAME, labels: { 'app.kubernetes.io/name': NAME } };

/** No public authority is asked from a network without a way out, so certificates are of one's own. */
export function externalDns(input: ModuleInput): Contribution {
  return isClosedInCloud(input) ? collect([names(input), corporatePki(input)]) : names(input);
}

/** Routes of some proxies lead to a name, and their Service says where that leads. */
const ofBalancers = ({ stack }: ModuleInput): readonly string[] =>
  answerOf(stack, 'cloud') !== 'on-prem' && pickOf(stack, 'edge') === NAMED_BY_SERVICE ? ['service'] : [];

function names(input: ModuleInput): Contribution {
  const { foundation } = input;
  const grant = foundation.rights.dnsRecords(DECISION, { namespace: NAME, name: NAME });
  return {
    files: grant.files,
    namespaces: [platformNamespace(NAME, DECISION)],
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-net',
        says: 'Records of the names that routes carry. It changes only what its own text records mark as its own.',
        chart: {
          release: NAME,
          namespace: NAME,
          crds: 'skip',
          values: {
            provider: { name: foundation.dnsProvider.name },
            ...foundation.dnsProvider.values,
            serviceAccount: { name: NAME, annotations: grant.annotations },
            podLabels: grant.podLabels,
            sources: [hasIngress(input) ? 'ingress' : 'gateway-httproute', ...ofBalancers(input)],
            // Records of routes that are gone go too; records of others carry another owner and stay.
            policy: 'sync',
            registry: 'txt',
            txtOwnerId: '${CLUSTER_NAME}',
            txtPrefix: 'owner-',
            domainFilters: ['${DNS_ZONE}'],
            ...foundation.systemPool,
            priorityClassName: 'platform-critical',
            resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '128Mi' } },
            serviceMonitor: { enabled: true },
          },
        },
        objects: foundation.dnsProvider.objects,
      },
    ],
    edges: [
      scraped(NAME, PODS, 7979),
      toApiServer(NAME, PODS),
      {
        name: 'to-dns-api',
        owner: NAME,
        because: 'Changes records through the API of the DNS zone, whose addresses change.',
        pods: PODS,
        direction: 'egress',
        peers: [{ kind: 'anywhere' }],
        ports: [{ port: 443 }, ...(foundation.dnsProvider.ports ?? [])],
      },
      ...credentials(NAME, PODS, foundation.identityAgentPort),
    ],
    checks: [
      {
        decision: DECISION,
        says: 'Names of routes become records of the zone.',
        command: `kubectl -n ${NAME} rollout status deployment/${NAME} --timeout=5m`,
        path: `platform/${NAME}/values.yaml`,
      },
    ],
  };
}
