/** The gateway of AWS: an Application Load Balancer that the AWS Load Balancer Controller makes of a Gateway and its routes. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput } from '../module.ts';
import type { Peer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import type { Check } from '../part.ts';
import type { EdgeModule, WayIn } from '../way-in.ts';
import { gatewayChecks } from './gateway/checks.ts';
import { GATEWAY, httpRoute, withoutTimeouts } from './gateway/way-in.ts';
import { gatewayApi } from './gateway-api.ts';
import { awsGatewayConfig, CLASS, healthOf } from './gateway-aws/gateway.ts';
import { EDGE_FILE, edgeFile } from './gateway-aws/infrastructure.ts';
import { awsName } from './gateway-aws/public-name.ts';
import { firstAddress } from './public-name.ts';

export interface AwsEdge {
  /** Whether AWS issues the certificate, or it comes from the organisation's own authority and is imported. */
  readonly certificates: 'public' | 'imported';
  /** Who makes the record of the name: the infrastructure, a controller in the cluster, or somebody by hand. */
  readonly names: 'infrastructure' | 'controller' | 'by-hand';
  readonly network: 'own' | 'existing';
  readonly firewall: boolean;
}

/** Where its requests and health checks come from; they reach pods without a node in between. */
const BALANCER: readonly Peer[] = [{ kind: 'range', cidr: '${LOAD_BALANCER_CIDR}' }];

export const gatewayAws =
  (edge: AwsEdge): EdgeModule =>
  input => ({ contribution: contribution(input, edge), wayIn: WAY_IN });

const WAY_IN: WayIn = {
  component: 'gateway',
  routeKind: 'HTTPRoute',
  namespaceLabels: {
    [GATEWAY.access.label]: GATEWAY.access.value,
    // A new pod counts as ready once the load balancer sends requests to it, so a rollout never runs ahead of it.
    'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled',
  },
  sources: BALANCER,
  proxies: null,
  certificateOf: 'cloud',
  routeOf: app => {
    const { objects, patches } = httpRoute(app);
    // An ALB knows no time limit of a request.
    return { objects: [...objects.map(withoutTimeouts), healthOf(app)], patches };
  },
};

function contribution(input: ModuleInput, edge: AwsEdge): Contribution {
  return {
    files: edgeFile(input, edge),
    namespaces: [
      {
        ...platformNamespace(GATEWAY.namespace, 'edge'),
        // For the policies of teams: what lets their requests in.
        annotations: { 'platform/requests-come-from': '${LOAD_BALANCER_CIDR}' },
      },
    ],
    components: [gatewayApi(input)],
    config: [awsGatewayConfig(edge)],
    runbooks: [awsName(input, edge)],
    checks: [...gatewayChecks(CLASS), ...(edge.firewall ? [FIREWALLED] : []), certificate(edge)],
    ...(edge.certificates === 'imported' ? { groundSteps: [IMPORTED] } : {}),
    nextSteps: nextSteps(input, edge),
  };
}

const FIREWALLED: Check = {
  decision: 'edge',
  says: 'A web application firewall stands before the load balancer.',
  command: `grep -q 'webACL: ' platform-config/base/gateway/load-balancer.yaml`,
  path: 'platform-config/base/gateway/load-balancer.yaml',
};

function certificate({ certificates }: AwsEdge): Check {
  return certificates === 'public'
    ? {
        decision: 'dns-and-certificates',
        says: 'AWS has the certificate of the gateway and renews it.',
        command: `grep -q 'aws_acm_certificate_validation' ${EDGE_FILE}`,
        path: EDGE_FILE,
      }
    : {
        decision: 'dns-and-certificates',
        says: 'The certificate of the gateway is one of our own authority.',
        command: `grep -qE 'types +=.*"IMPORTED"' ${EDGE_FILE}`,
        path: EDGE_FILE,
      };
}

/** The infrastructure looks for it. */
const IMPORTED =
  'Import the certificate of the gateway into ACM before the first apply (docs/runbooks/public-name.md).';

function nextSteps(input: ModuleInput, { names }: AwsEdge): readonly string[] {
  const named = {
    infrastructure:
      'After the bootstrap set `gateway_stands = true` in the values of the cluster under infra/eks/envs and apply once more: the name then points at the load balancer.',
    controller: 'Wait until ExternalDNS has written the record of the sample workload.',
    'by-hand': 'Point the names of the cluster at the load balancer (docs/runbooks/public-name.md).',
  }[names];
  return [`${named} Then open ${firstAddress(input)}.`];
}
