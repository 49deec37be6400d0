/** Gateway API with Cilium: its Envoy runs on every node already, so only the gateway and its policies are added. */
import type { ICiliumClusterwideNetworkPolicy } from '@kubernetes-models/cilium/cilium.io/v2';
import type { ICiliumGatewayClassConfig } from '@kubernetes-models/cilium/cilium.io/v2alpha1';
import type { Contribution } from '../contribution.ts';
import type { ModuleInput } from '../module.ts';
import { platformNamespace } from '../network/namespace.ts';
import { pickOf } from '../picks.ts';
import type { EdgeModule } from '../way-in.ts';
import { gatewayClass, publicGateway } from './gateway/public-gateway.ts';
import { GATEWAY, httpRoute } from './gateway/way-in.ts';
import { gatewayApi } from './gateway-api.ts';
import { gatewayName, openFirst } from './public-name.ts';

const CLASS = 'cilium';
const PARAMETERS = {
  group: 'cilium.io',
  kind: 'CiliumGatewayClassConfig',
  name: GATEWAY.name,
  namespace: GATEWAY.namespace,
} as const;

export const gatewayCilium: EdgeModule = input => {
  const cni = pickOf(input.stack, 'cni');
  return cni === 'cilium'
    ? {
        contribution: contribution(input),
        wayIn: {
          component: 'cilium',
          routeKind: 'HTTPRoute',
          namespaceLabels: { [GATEWAY.access.label]: GATEWAY.access.value },
          sources: [{ kind: 'gateway' }],
          proxies: null,
          routeOf: httpRoute,
        },
      }
    : { notGenerated: 'The gateway of Cilium needs Cilium as the network plugin.' };
};

function contribution(input: ModuleInput): Contribution {
  const { loadBalancer } = input.foundation;
  return {
    namespaces: [platformNamespace(GATEWAY.namespace, 'edge')],
    components: [
      {
        ...gatewayApi(input),
        says: 'The only owner of the CRDs of the Gateway API (standard channel). The operator of Cilium looks for them once, when it starts: the script that installs it brings the same version first.',
      },
    ],
    config: [
      publicGateway({
        className: CLASS,
        ...(Object.keys(loadBalancer.annotationsToNodes).length === 0
          ? {}
          : { infrastructure: { annotations: { ...loadBalancer.annotationsToNodes } } }),
        beside: {
          'gateway-class': [
            gatewayClass(CLASS, 'io.cilium/gateway-controller', PARAMETERS),
            parameters(loadBalancer.class),
          ],
          reach: [REACH],
        },
      }),
    ],
    runbooks: [gatewayName(input, 'kube-system')],
    nextSteps: [openFirst(input)],
    checks: [
      {
        decision: 'edge',
        says: 'The public gateway is of the class that Cilium serves.',
        command: `grep -q '^  gatewayClassName: ${CLASS}$' platform-config/base/gateway/gateway.yaml`,
        path: 'platform-config/base/gateway/gateway.yaml',
      },
      {
        decision: 'edge',
        says: 'The public gateway has an address and serves HTTPS.',
        command: `kubectl -n ${GATEWAY.namespace} wait --for=condition=Programmed gateway/${GATEWAY.name} --timeout=10m`,
        path: 'platform-config/base/gateway/gateway.yaml',
      },
      {
        decision: 'edge',
        says: 'The CRDs of the Gateway API have one owner.',
        command: `test "$(grep -rl '/gateway-api$' delivery/crds | wc -l)" -eq 1`,
        path: 'delivery/crds/gateway-api.yaml',
      },
    ],
  };
}

/** Envoy answers on every node, so it does not matter which of them the load balancer asks, and clients keep their address. */
function parameters(loadBalancerClass: string | null): ICiliumGatewayClassConfig {
  return {
    apiVersion: 'cilium.io/v2alpha1',
    kind: 'CiliumGatewayClassConfig',
    metadata: { name: PARAMETERS.name, namespace: PARAMETERS.namespace },
    spec: {
      service: {
        type: 'LoadBalancer',
        ...(loadBalancerClass === null ? {} : { loadBalancerClass }),
        externalTrafficPolicy: 'Cluster',
      },
    },
  };
}

/** Proxies are no pods of a namespace, so no default-deny meets them: this one does, for what they call. */
const REACH: ICiliumClusterwideNetworkPolicy = {
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumClusterwideNetworkPolicy',
  metadata: {
    name: 'gateway-to-routed-workloads',
    annotations: {
      'platform/because':
        'Proxies of the gateway reach the workloads of every namespace that may attach routes, and nothing else; each of them allows it on its side.',
    },
  },
  spec: {
    endpointSelector: { matchExpressions: [{ key: 'reserved:ingress', operator: 'Exists' }] },
    egress: [
      {
        toEndpoints: [
          {
            matchLabels: {
              [`k8s:io.cilium.k8s.namespace.labels.${GATEWAY.access.label}`]: GATEWAY.access.value,
            },
          },
        ],
        toPorts: [{ ports: [{ port: '8080', protocol: 'TCP' }] }],
      },
    ],
  },
};
