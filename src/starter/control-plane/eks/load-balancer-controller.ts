/** AWS Load Balancer Controller: makes Network Load Balancers for Services of type LoadBalancer, or an Application Load Balancer for the gateway. */

import type { Contribution } from '../../contribution.ts';
import type { Foundation } from '../../foundation.ts';
import type { Edge } from '../../network/edge.ts';
import { platformNamespace } from '../../network/namespace.ts';
import type { Balancers } from './load-balancer-rights.ts';

const NAME = 'aws-load-balancer-controller';
const PODS = { kind: 'pods', namespace: NAME, labels: { 'app.kubernetes.io/name': NAME } } as const;

export interface BalancerController {
  readonly network: 'own' | 'existing';
  readonly balancers: Balancers;
  /** Whether nodes are EKS's groups, Auto Mode's, which has a controller of its own, or machines of a control plane of one's own. */
  readonly nodes: 'own' | 'auto' | 'machines';
  /** Of its service account, where they say whose role it takes. */
  readonly annotations?: Readonly<Record<string, string>>;
}

const SAYS = {
  own: 'The controller built into EKS gets critical fixes only, so this one makes the load balancer of the gateway; it does nothing else.',
  auto: 'Makes the load balancer of the gateway and nothing else. The controller of Auto Mode makes those of Services, and of Gateways only since October 2026, by kinds of its own.',
  machines:
    'Makes load balancers for Services and does nothing else; they send to a port of every node, since pods have addresses that the network does not know.',
} as const;

export function loadBalancerController(
  { systemPool }: Pick<Foundation, 'systemPool'>,
  { network, balancers, nodes, annotations = {} }: BalancerController,
): Contribution {
  const ofGateway = balancers !== 'of-services';
  return {
    components: [
      {
        id: NAME,
        decision: 'edge',
        layer: 'platform-net',
        says: SAYS[nodes],
        chart: {
          release: NAME,
          namespace: NAME,
          crds: 'create-replace',
          values: {
            clusterName: '${CLUSTER_NAME}',
            region: '${REGION}',
            // The metadata service does not answer pods, so the network is found by its name or said.
            ...(network === 'own' ? { vpcTags: { Name: '${CLUSTER_NAME}' } } : { vpcId: '${VPC_ID}' }),
            replicaCount: 2,
            ...systemPool,
            serviceAccount: { name: NAME, ...(nodes === 'machines' ? { annotations } : {}) },
            resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
            // What the chart leaves out of Pod Security restricted.
            securityContext: { capabilities: { drop: ['ALL'] } },
            podSecurityContext: { fsGroup: 65534, seccompProfile: { type: 'RuntimeDefault' } },
            podDisruptionBudget: { maxUnavailable: 1 },
            // Otherwise every rendering makes a new certificate for the webhook.
            enableCertManager: true,
            createIngressClassResource: false,
            ingressClassParams: { create: false },
            enableServiceMutatorWebhook: false,
            enableShield: false,
            enableWaf: false,
            enableWafv2: balancers === 'of-gateway-with-firewall',
            // Otherwise it takes part in the Gateway API wherever it finds its kinds.
            controllerConfig: {
              featureGates: {
                ALBGatewayAPI: ofGateway,
                NLBGatewayAPI: false,
                GatewayListenerSet: false,
              },
            },
            serviceMonitor: { enabled: true },
          },
        },
      },
    ],
    namespaces: [platformNamespace(NAME, 'edge')],
    edges: [
      {
        name: 'webhook-from-api-server',
        owner: NAME,
        because: 'The API server asks the webhook before a TargetGroupBinding is stored.',
        pods: PODS,
        direction: 'ingress',
        peers: [{ kind: 'api-server' }],
        ports: [{ port: 9443 }],
      },
      {
        name: 'metrics-from-prometheus',
        owner: NAME,
        because: 'Prometheus scrapes the controller.',
        pods: PODS,
        direction: 'ingress',
        peers: [
          { kind: 'pods', namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'prometheus' } },
        ],
        ports: [{ port: 8080 }],
      },
      {
        name: 'api-server-and-aws',
        owner: NAME,
        because: ofGateway
          ? 'Watches Gateways and calls the AWS API, whose addresses change.'
          : 'Watches Services and calls the AWS API, whose addresses change.',
        pods: PODS,
        direction: 'egress',
        peers: [{ kind: 'api-server' }, { kind: 'anywhere' }],
        ports: [{ port: 443 }],
      },
      ...(nodes === 'machines' ? [] : [CREDENTIALS]),
    ],
  };
}

const CREDENTIALS: Edge = {
  name: 'credentials',
  owner: NAME,
  because: 'Gets credentials from the Pod Identity agent of its node.',
  pods: PODS,
  direction: 'egress',
  peers: [{ kind: 'identity-agent' }],
  ports: [{ port: 80 }],
};
