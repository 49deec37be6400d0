/** MetalLB: gives Services of type LoadBalancer addresses of the house, and answers for them by ARP; routing is left to kube-proxy. */
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { Contribution, HelmValues, Runbook } from '../contribution.ts';
import { platformOn } from '../control-plane/self-managed/inventory.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import { alertRules } from '../metrics/alerts.ts';
import { MONITORING } from '../metrics/namespaces.ts';
import type { ModuleInput } from '../module.ts';
import { PROMETHEUS, scraped, toApiServer, webhook } from '../network/common-edges.ts';
import type { PodPeer } from '../network/edge.ts';
import { pickOf } from '../picks.ts';

const NAME = 'metallb';
export const BALANCER_NAMESPACE = 'metallb-system';
const NAMESPACE = BALANCER_NAMESPACE;
const DECISION = 'cni';
export const ADDRESSES = 'load-balancer-addresses';
const POOL = 'balancers';
const METRICS_PORT = 9120;
const VALUES = `platform/${NAME}/values.yaml`;
const CONTROLLER: PodPeer = {
  kind: 'pods',
  namespace: NAMESPACE,
  labels: { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/component': 'controller' },
};

export function metalLb(input: ModuleInput): Contribution {
  const observed = pickOf(input.stack, 'metrics') === 'kube-prometheus-stack';
  return {
    namespaces: [
      {
        name: NAMESPACE,
        decision: DECISION,
        podSecurity: 'privileged',
        because:
          'The speakers of MetalLB answer ARP in the network of their host; nothing else may be put here.',
        owner: 'platform',
        quota: null,
      },
    ],
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-core',
        says: 'Gives Services of type LoadBalancer addresses of the house and answers for them by ARP. Its ways to announce by BGP are left out.',
        chart: { release: NAME, namespace: NAMESPACE, crds: 'skip', values: values(input, observed) },
        ...(observed ? { objects: { alerts: [alerts(input)] } } : {}),
      },
      {
        id: ADDRESSES,
        decision: DECISION,
        // Beside the first Service that waits for an address, and after what brings these kinds.
        layer: 'platform-net',
        says: 'Addresses that Services of type LoadBalancer get, and who answers for them in the network of the hosts.',
        objects: { addresses: [RANGE, ANNOUNCED] },
      },
    ],
    edges: [
      toApiServer(NAME, CONTROLLER),
      webhook(NAME, CONTROLLER, 9443),
      ...(observed
        ? [
            scraped(NAME, CONTROLLER, METRICS_PORT),
            {
              name: 'scrape-load-balancers',
              owner: NAME,
              because: 'Prometheus reads the speakers of MetalLB, which are in the network of the host.',
              pods: PROMETHEUS,
              direction: 'egress',
              peers: [{ kind: 'nodes' }],
              ports: [{ port: METRICS_PORT }],
            } as const,
          ]
        : []),
    ],
    runbooks: [
      addressesPage({ speakers: '-l app.kubernetes.io/component=speaker', alerts: observed ? ALERTS : '' }),
    ],
    checks: [
      {
        decision: DECISION,
        says: 'Addresses are announced by ARP alone, and no second program routes.',
        command: `grep -A1 '^frrk8s:$' ${VALUES} | grep -q 'enabled: false'`,
        path: VALUES,
      },
      { decision: DECISION, ...EVERY_SERVICE_HAS_ONE, path: VALUES },
    ],
  };
}

export const EVERY_SERVICE_HAS_ONE = {
  says: 'Every Service of type LoadBalancer has an address.',
  command: `kubectl get services --all-namespaces -o go-template='{{range .items}}{{if eq .spec.type "LoadBalancer"}}{{if not .status.loadBalancer.ingress}}{{.metadata.name}} {{end}}{{end}}{{end}}' | { ! grep -q .; }`,
} as const;

function values(input: ModuleInput, observed: boolean): HelmValues {
  const { systemPool } = input.foundation;
  return {
    frrk8s: { enabled: false },
    prometheus: {
      metricsPort: METRICS_PORT,
      rbacPrometheus: false,
      serviceMonitor: { enabled: observed },
    },
    controller: {
      // One is all there can be; without it addresses stay, and new Services wait.
      ...systemPool,
      resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      priorityClassName: 'platform-critical',
    },
    speaker: {
      // Where the proxies of the way in run: a host without one could only drop what comes.
      ...systemPool,
      tolerateMaster: false,
      ignoreExcludeLB: platformOn(input) !== 'system',
      resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      priorityClassName: 'platform-critical',
    },
  };
}

export const RANGE: KubernetesObject & { readonly spec: object } = {
  apiVersion: 'metallb.io/v1beta1',
  kind: 'IPAddressPool',
  metadata: { name: POOL, namespace: NAMESPACE },
  spec: { addresses: ['${LOAD_BALANCER_RANGE}'] },
};

export const ANNOUNCED: KubernetesObject & { readonly spec: object } = {
  apiVersion: 'metallb.io/v1beta1',
  kind: 'L2Advertisement',
  metadata: { name: POOL, namespace: NAMESPACE },
  spec: { ipAddressPools: [POOL] },
};

function alerts(input: ModuleInput): IPrometheusRule {
  return alertRules(input, { name: NAME, namespace: MONITORING }, [
    {
      alert: 'LoadBalancerAddressesNearlyUsedUp',
      expr: 'max by (pool) (metallb_allocator_addresses_in_use_total) / max by (pool) (metallb_allocator_addresses_total) > 0.8',
      lasting: '15m',
      severity: 'warning',
      summary: 'Four of five addresses for load balancers are taken.',
      description: 'When none is left, a new Service of type LoadBalancer waits for one.',
      runbook: ADDRESSES,
    },
    {
      alert: 'LoadBalancerSettingsNotTakenUp',
      expr: 'max by (pod) (metallb_k8s_client_config_stale_bool) > 0',
      lasting: '10m',
      severity: 'warning',
      summary: 'A part of MetalLB goes on with the settings of before.',
      description: 'What the range now says is refused, so that addresses may not be announced as Git says.',
      runbook: ADDRESSES,
    },
  ]);
}

/** `speakers`: what kubectl reads their log by. */
export function addressesPage({
  speakers,
  alerts,
}: {
  readonly speakers: string;
  readonly alerts: string;
}): Runbook {
  return {
    id: ADDRESSES,
    title: 'Addresses of load balancers',
    text: `MetalLB gives each Service of type LoadBalancer one address of \`LOAD_BALANCER_RANGE\` of the inventory. One host of the system pool at a time answers for
it by ARP, one that runs a pod of the Service; when that host is gone another one takes over within seconds and says so to the network. All requests to
one address pass through one host: its network card is the limit.

## Looking at it

\`\`\`sh
kubectl get services --all-namespaces | grep LoadBalancer
kubectl -n ${NAMESPACE} get ipaddresspools,l2advertisements,servicel2statuses
\`\`\`

## An address does not answer

1. The Service has none: \`kubectl -n NAMESPACE describe service NAME\` says why. *no available IPs*: the range is used up.
2. It has one: \`servicel2statuses\` names the host that answers for it. From a machine in the same network: \`arping ADDRESS\` shows a hardware address;
   two different ones mean that somebody else has that address. Whoever runs DHCP must not hand it out.
3. Nobody answers: \`kubectl -n ${NAMESPACE} logs ${speakers} --tail=50\`. Speakers find each other at port 7946 (TCP and UDP) between hosts.
4. The host answers and the request ends there: no pod of the Service is ready on it. \`kubectl -n NAMESPACE get endpointslices -o wide\`.

## Another range

Change \`LOAD_BALANCER_RANGE\` in \`infra/hosts\` and in \`clusters/CLUSTER/variables/cluster-vars.yaml\` together. Addresses outside of it are taken from their Services at once:
first the records in your DNS, then the range.
${alerts}`,
  };
}

const ALERTS = `
## The alerts

- *LoadBalancerAddressesNearlyUsedUp*: Services that nobody needs any more, or a larger range.
- *LoadBalancerSettingsNotTakenUp*: \`kubectl -n ${NAMESPACE} get configurationstates -o yaml\` says which setting is refused; \`kubectl -n ${NAMESPACE} logs\` of the pod that the alert
  names says it in full.
`;
