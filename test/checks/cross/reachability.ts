/** What must reach what is allowed at both ends, and what must not is not: policies read as the plugin reads them. */
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { once } from '../once.ts';
import { type ManifestObject, ofKind } from '../yaml-files.ts';
import { leavesByName } from './called-by-name.ts';
import { type Entity, entityAdmitted, runsCilium } from './cilium-rules.ts';
import { isClosed } from './closed-cloud.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, fields, type Labels, list, podTemplate } from './fields.ts';
import { portBetween, refusal } from './mesh-rules.ts';
import { HOSTS_OF_OPENSHIFT, type Provider, providerOf } from './provider.ts';
import { proxiesOf } from './proxies.ts';
import { contains } from './ranges.ts';

/** A pod, or an address outside all namespaces. */
type End =
  | { readonly namespace: string; readonly labels: Labels }
  /** `entity`: what Cilium takes it for. */
  | { readonly address: string; readonly entity?: Entity };

interface Edge {
  readonly says: string;
  readonly from: End;
  readonly to: End;
  readonly port: number;
  readonly protocol?: 'TCP' | 'UDP';
}

const pod = (namespace: string, name: string, key = 'app.kubernetes.io/name'): End => ({
  namespace,
  labels: { [key]: name },
});
const INTERNET: End = { address: '203.0.113.7' };
const PROMETHEUS = pod('monitoring', 'prometheus');
const ALERTMANAGER = pod('monitoring', 'alertmanager');
const WEB = pod('demo', 'demo-web');
const BALANCER = pod('aws-load-balancer-controller', 'aws-load-balancer-controller');
const CERTIFICATES = pod('cert-manager', 'cert-manager');
const SOURCES = pod('flux-system', 'source-controller', 'app');
const ARGO = (name: string): End => pod('argocd', `argocd-${name}`);
const EVENTS = pod('flux-system', 'notification-controller', 'app');
const GRAFANA = pod('monitoring', 'grafana');
const LOGS = pod('logging', 'loki');
const COLLECTOR = pod('logging', 'alloy');
const TRACES = pod('tracing', 'tempo');
const JAEGER: End = {
  namespace: 'tracing',
  labels: { 'app.kubernetes.io/name': 'jaeger', 'app.kubernetes.io/component': 'all-in-one' },
};
const SECRETS = pod('external-secrets', 'external-secrets');
const MOUNTED_SECRETS = pod('secrets-store-csi-driver', 'vault-csi-provider');
const NODES = pod('karpenter', 'karpenter');
const GROUPS = pod('cluster-autoscaler', 'cluster-autoscaler');
const KUBELETS = pod('kubelet-csr-approver', 'kubelet-csr-approver');
const POLICIES = pod('kyverno', 'admission-controller', 'app.kubernetes.io/component');
const JUDGES = pod('gatekeeper-system', 'yes', 'gatekeeper.sh/system');
const NAMES = pod('external-dns', 'external-dns');
const WORKER = pod('demo', 'demo-worker');
const STORE = pod('demo', 'demo-store');
const AGENT = pod('demo', 'demo-agent');
const PLUGIN = pod('calico-system', 'calico-kube-controllers', 'k8s-app');
const ADDRESSES: End = {
  namespace: 'metallb-system',
  labels: { 'app.kubernetes.io/name': 'metallb', 'app.kubernetes.io/component': 'controller' },
};
const SCALER = pod('keda', 'keda-operator', 'app');
const LENGTHS = pod('keda', 'keda-operator-metrics-apiserver', 'app');
const DATABASE: End = { namespace: 'databases', labels: { 'cnpg.io/cluster': 'postgres' } };
const DATABASE_OPERATOR = pod('cnpg-system', 'cloudnative-pg');
const DATABASE_PLUGIN = pod('cnpg-system', 'plugin-barman-cloud');
const RESOLVER: End = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
const OPENSHIFT = 'config.openshift.io/';
const RESOLVER_OF_OPENSHIFT: End = {
  namespace: 'openshift-dns',
  labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
};
/** Proxies of Cilium, which are no pods. */
const PROXIES_OF_NODES: End = { address: 'within the nodes', entity: 'ingress' };
const NODE: End = { address: 'a node', entity: 'remote-node' };

/** Who reads metrics: pods of this repository, or of the provider where its kinds of monitors stand in the tree. */
function scraperOf({ objects }: ClusterView, { collectors }: Provider): End {
  return collectors !== null && (ofKind(objects, 'ClusterRules').length > 0 || isOpenShift(objects))
    ? collectors
    : PROMETHEUS;
}

/** Ports of Vault, where secrets are read there. */
function portsOfVault({ objects }: ClusterView): readonly number[] {
  return ofKind(objects, 'ClusterSecretStore').flatMap(({ spec }) => {
    const server = at(spec, 'provider', 'vault', 'server');
    return typeof server === 'string' ? [Number(/:(\d+)$/.exec(server)?.[1] ?? 443)] : [];
  });
}

/** Other providers stand in the same namespace and read stores of clouds. */
function mountsFromVault({ objects }: ClusterView): boolean {
  return ofKind(objects, 'DaemonSet').some(({ metadata }) => metadata.name === 'vault-csi-provider');
}

function needed(view: ClusterView, provider: Provider): readonly Edge[] {
  const caller: End = provider.relay ?? { address: apiServerOf(view), entity: 'kube-apiserver' };
  const ofCloud = portsOfVault(view).length > 0 ? [] : [SECRETS];
  const scraper = scraperOf(view, provider);
  const apiServer: End = { address: apiServerOf(view), entity: 'kube-apiserver' };
  const edge = (says: string, from: End, to: End, port: number): Edge => ({ says, from, to, port });
  return [
    ...throughProxies(view, apiServer, scraper),
    ...throughRouter(view),
    edge('proxies of the nodes reach the sample workload', PROXIES_OF_NODES, WEB, 8080),
    edge('Prometheus reads the network plugin', scraper, NODE, 9962),
    ...[
      [WEB, 9797],
      [CERTIFICATES, 9402],
      [BALANCER, 8080],
      [SOURCES, 8080],
      [ARGO('application-controller'), 8082],
      [ARGO('server'), 8083],
      [ARGO('repo-server'), 8084],
      [SECRETS, 8080],
      [NODES, 8080],
      [POLICIES, 8000],
      [NAMES, 7979],
      ...verifiersOf(view).map(each => [each, 8888]),
      [LOGS, 3100],
      [COLLECTOR, 12345],
      [TRACES, 3200],
      [JAEGER, 8888],
      [WORKER, 9797],
      [STORE, 9797],
      [AGENT, 9797],
      [SCALER, 8080],
      ...judged(view, 'metallb', [[ADDRESSES, 9120]]),
      [DATABASE_OPERATOR, 8080],
      [DATABASE, 9187],
    ].map(([to, port]) => edge('Prometheus scrapes it', scraper, to as End, port as number)),
    edge('Prometheus sends alerts', scraper, ALERTMANAGER, 9093),
    edge('Alertmanager reaches the dead-man switch', ALERTMANAGER, INTERNET, 443),
    edge('Flux reports as alerts', EVENTS, ALERTMANAGER, 9093),
    edge('Flux reads Git', SOURCES, INTERNET, 443),
    edge('Argo CD reads Git', ARGO('repo-server'), INTERNET, 443),
    edge('Argo CD asks who signs in', ARGO('server'), INTERNET, 443),
    edge('Argo CD watches the cluster', ARGO('application-controller'), apiServer, 443),
    ...['application-controller', 'server', 'applicationset-controller'].map(name =>
      edge('Argo CD asks for rendered manifests', ARGO(name), ARGO('repo-server'), 8081),
    ),
    ...['application-controller', 'server', 'repo-server'].map(name =>
      edge('Argo CD keeps what it has rendered', ARGO(name), ARGO('redis'), 6379),
    ),
    {
      says: 'names are resolved for Argo CD',
      from: ARGO('repo-server'),
      ...resolverOf(view),
      protocol: 'UDP',
    } as const,
    edge('controllers of Flux fetch sources', pod('flux-system', 'helm-controller', 'app'), SOURCES, 9090),
    ...[
      CERTIFICATES,
      BALANCER,
      SOURCES,
      scraper,
      COLLECTOR,
      SECRETS,
      NODES,
      GROUPS,
      KUBELETS,
      POLICIES,
      ...verifiersOf(view),
      NAMES,
      SCALER,
      LENGTHS,
      PLUGIN,
      ADDRESSES,
      DATABASE,
      DATABASE_OPERATOR,
      DATABASE_PLUGIN,
    ].map(from => edge('it watches the cluster', from, apiServer, 443)),
    edge('the collector hands logs over', COLLECTOR, LOGS, 3100),
    edge('copies of the store find each other', STORE, STORE, 8080),
    edge('instances copy from each other', DATABASE, DATABASE, 5432),
    edge('instances ask each other how they are', DATABASE, DATABASE, 8000),
    edge('the operator asks instances how they are', DATABASE_OPERATOR, DATABASE, 8000),
    edge('the operator asks its plugin', DATABASE_OPERATOR, DATABASE_PLUGIN, 9090),
    edge('the API server asks the webhook of databases', caller, DATABASE_OPERATOR, 9443),
    edge('the API server asks the webhook of addresses', caller, ADDRESSES, 9443),
    edge('the length of queues reaches the API server', caller, LENGTHS, 6443),
    edge('the length of queues comes from the operator', LENGTHS, SCALER, 9666),
    edge(
      'the API server asks the webhook of scaling',
      caller,
      pod('keda', 'keda-admission-webhooks', 'app'),
      9443,
    ),
    edge('copies of Loki find each other', LOGS, LOGS, 7946),
    ...portsOfVault(view).map(port => edge('it reads Vault', SECRETS, INTERNET, port)),
    ...(mountsFromVault(view)
      ? [edge('what mounts secrets reads Vault', MOUNTED_SECRETS, INTERNET, 8200)]
      : []),
    edge('Grafana reads logs', GRAFANA, LOGS, 3100),
    edge('Grafana reads traces', GRAFANA, TRACES, 3200),
    edge('Grafana reads traces of Jaeger', GRAFANA, JAEGER, 16686),
    edge('Jaeger reaches its store', JAEGER, INTERNET, 443),
    ...verifiersOf(view).map(each => edge('Gatekeeper asks for signatures', JUDGES, each, 6001)),
    edge('the API server asks the webhook of policies', caller, POLICIES, 9443),
    edge(
      'the API server asks the webhook of secrets',
      caller,
      pod('external-secrets', 'external-secrets-webhook'),
      10250,
    ),
    edge('the API server asks the webhook of certificates', caller, pod('cert-manager', 'webhook'), 10250),
    edge('the API server asks the webhook of rules', caller, pod('monitoring', 'operator'), 10250),
    edge('the API server asks the webhook of load balancers', caller, BALANCER, 9443),
    ...[
      BALANCER,
      ...ofCloud,
      NODES,
      GROUPS,
      LOGS,
      TRACES,
      NAMES,
      DATABASE,
      ...proving(view),
      ...queued(view, [WORKER, SCALER]),
    ].flatMap(from =>
      agentOf(provider).map(([agent, port]) => edge('it gets credentials', from, agent, port)),
    ),
    ...virtualClusters(view, apiServer),
    ...gatewayRanges(view, provider).map(range =>
      edge('the gateway of the provider reaches the sample workload', { address: hostIn(range) }, WEB, 8080),
    ),
    ...[
      ...ofCloud,
      NODES,
      GROUPS,
      LOGS,
      TRACES,
      NAMES,
      POLICIES,
      ...verifiersOf(view),
      DATABASE,
      ...queued(view, [WORKER, SCALER]),
    ].map(from => edge('it reaches the API of the cloud', from, INTERNET, 443)),
    ...[WEB, scraper, CERTIFICATES, BALANCER, SOURCES].map(
      (from): Edge => ({ says: 'names are resolved', from, ...resolverOf(view), protocol: 'UDP' }),
    ),
  ];
}

/** Beside Gatekeeper, or apart where that is the provider's. */
function verifiersOf({ objects }: ClusterView): readonly End[] {
  return ofKind(objects, 'Deployment').flatMap(({ metadata }) =>
    metadata.name === 'ratify' ? [pod(metadata.namespace ?? '', 'ratify')] : [],
  );
}

/** What is read only where alerts are judged on it. */
function judged({ objects }: ClusterView, rule: string, edges: readonly (readonly [End, number])[]) {
  return ofKind(objects, 'PrometheusRule').some(({ metadata }) => metadata.name === rule) ? edges : [];
}

/** Pods of a tenant and the control plane of the tenant, in one namespace. */
function virtualClusters({ objects }: ClusterView, apiServer: End): readonly Edge[] {
  const namespaces = ofKind(objects, 'Role').flatMap(({ metadata }) =>
    metadata.name === 'virtual-cluster-user' ? [metadata.namespace ?? ''] : [],
  );
  return namespaces.flatMap((namespace): readonly Edge[] => {
    const release = namespace.replace(/^team-/, 'virtual-');
    const control: End = { namespace, labels: { app: 'vcluster', release } };
    const etcd: End = { namespace, labels: { app: 'vcluster-etcd', release } };
    const workload: End = { namespace, labels: { app: 'any' } };
    return [
      { says: `${release} makes pods`, from: control, to: apiServer, port: 443 },
      { says: `${release} reads its etcd`, from: control, to: etcd, port: 2379 },
      { says: `members of the etcd of ${release} agree`, from: etcd, to: etcd, port: 2380 },
      { says: `pods of ${release} ask its API`, from: workload, to: control, port: 8443 },
    ];
  });
}

/** To Cilium what EKS hands out comes from the node; the agent of GKE is an address to it, as Google says. */
function agentOf({ agent, relay }: Provider): readonly (readonly [End, number])[] {
  if (agent === null) return [];
  const { address, port } = agent;
  return [[relay === null ? { address, entity: 'host' } : { address }, port]];
}

/** Where the load balancer of the provider stands. */
function gatewayRanges({ variables }: ClusterView, { gatewaySources }: Provider): readonly string[] {
  const { LOAD_BALANCER_CIDR: range } = variables;
  return range === undefined ? gatewaySources : [...gatewaySources, String(range)];
}

function hostIn(range: string): string {
  return range.replace(/\d+\/\d+$/, '9');
}

/** Only where certificates are proven from within: elsewhere the cloud has those of public names. */
function proving({ objects }: ClusterView): readonly End[] {
  return ofKind(objects, 'ClusterIssuer').some(({ spec }) => at(spec, 'acme') !== undefined)
    ? [CERTIFICATES]
    : [];
}

/** Only where a queue was made: a worker that scales on processor time needs nothing of the cloud. */
function queued({ objects }: ClusterView, ends: readonly End[]): readonly End[] {
  return ofKind(objects, 'ScaledObject').length > 0 ? ends : [];
}

function unwanted(view: ClusterView, provider: Provider): readonly Edge[] {
  const credentials = agentOf(provider);
  const apiServer: End = { address: apiServerOf(view), entity: 'kube-apiserver' };
  const edge = (says: string, from: End, to: End, port: number): Edge => ({ says, from, to, port });
  return [
    edge('the sample workload reaches the API server', WEB, apiServer, 443),
    edge('the sample workload reaches the internet', WEB, INTERNET, 443),
    ...credentials.map(([agent, port]) => edge('the sample workload gets credentials', WEB, agent, port)),
    edge('the store reaches the internet', STORE, INTERNET, 443),
    edge('a namespace without the label reaches databases', WEB, DATABASE, 5432),
    edge('the internet reaches databases', INTERNET, DATABASE, 5432),
    edge('databases tell another workload what they are', WEB, DATABASE, 8000),
    edge('the operator of databases reaches the internet', DATABASE_OPERATOR, INTERNET, 443),
    edge('another workload reaches the store', WEB, STORE, 8080),
    edge('the internet reaches the worker', INTERNET, WORKER, 8080),
    edge('the worker reaches the API server', WORKER, { address: apiServerOf(view) }, 6443),
    edge('the length of queues goes to a workload', WEB, LENGTHS, 6443),
    edge('the internet reaches the sample workload past the gateway', INTERNET, WEB, 8080),
    edge('another namespace reaches the sample workload', pod('monitoring', 'grafana'), WEB, 8080),
    edge('the sample workload reaches the dashboards', WEB, pod('monitoring', 'grafana'), 3000),
    edge('the sample workload reads logs', WEB, LOGS, 3100),
    edge('the sample workload reads traces', WEB, TRACES, 3200),
    edge('the sample workload reads traces of Jaeger', WEB, JAEGER, 16686),
    edge('the collector reaches the internet', COLLECTOR, INTERNET, 443),
    edge('the internet reaches logs', INTERNET, LOGS, 3100),
    ...pastProxies(view, provider),
    edge('the sample workload reaches Argo CD', WEB, ARGO('server'), 8080),
    edge('the sample workload reads what Argo CD keeps', WEB, ARGO('redis'), 6379),
    edge('the cache of Argo CD reaches the internet', ARGO('redis'), INTERNET, 443),
    ...verifiersOf(view).map(each => edge('the sample workload asks for signatures', WEB, each, 6001)),
    edge('the internet reaches Prometheus', INTERNET, PROMETHEUS, 9090),
    edge('the internet reaches Alertmanager', INTERNET, ALERTMANAGER, 9093),
    edge('something outside Flux reads its sources', WEB, SOURCES, 9090),
  ];
}

function throughProxies(view: ClusterView, apiServer: End, scraper: End): readonly Edge[] {
  const proxies = proxiesOf(view);
  if (proxies === null) return [];
  const { pods, ports, metrics, controller } = proxies;
  const watching = controller?.pods ?? pods;
  return [
    ...ports.map(port => ({ says: 'users reach the proxies', from: INTERNET, to: pods, port })),
    { says: 'proxies reach the sample workload', from: pods, to: WEB, port: 8080 },
    { says: 'Prometheus scrapes the proxies', from: scraper, to: pods, port: metrics },
    { says: 'names are resolved by proxies', from: pods, ...resolverOf(view), protocol: 'UDP' },
    { says: 'the edge watches the cluster', from: watching, to: apiServer, port: 443 },
    ...(controller === null
      ? []
      : [
          { says: 'proxies get their configuration', from: pods, to: controller.pods, port: controller.port },
          ...(controller.metrics === null
            ? []
            : [
                {
                  says: 'Prometheus scrapes the controller of the edge',
                  from: scraper,
                  to: controller.pods,
                  port: controller.metrics,
                },
              ]),
        ]),
  ];
}

function pastProxies(view: ClusterView, provider: Provider): readonly Edge[] {
  const proxies = proxiesOf(view);
  if (proxies === null) return [];
  const { pods, controller } = proxies;
  return [
    ...agentOf(provider).map(([to, port]) => ({ says: 'proxies get credentials', from: pods, to, port })),
    { says: 'proxies reach the internet', from: pods, to: INTERNET, port: 443 },
    { says: 'proxies reach the dashboards', from: pods, to: GRAFANA, port: 3000 },
    ...(controller === null || GIVEN.includes(controller.pods.namespace)
      ? []
      : [
          {
            says: 'the internet reaches the configuration of proxies',
            from: INTERNET,
            to: controller.pods,
            port: controller.port,
          },
        ]),
  ];
}

export const reachability: CrossCheck = {
  code: 'reachability',
  says: 'What must reach what is allowed at both ends, and what must not is denied at one of them.',
  check: tree => {
    const provider = providerOf(tree);
    return clustersIn(tree).flatMap(view => {
      const here = ({ from, to }: Edge) => exists(view, from) && exists(view, to);
      return [
        ...needed(view, provider)
          .filter(here)
          .flatMap(edge => {
            const problem =
              goesByName(view, edge) || goesByProxy(view, edge) || staysWithin(view, edge)
                ? null
                : denial(view, edge);
            return problem === null ? [] : [finding(view, edge, `must be allowed, and ${problem}`)];
          }),
        ...unwanted(view, provider)
          .filter(here)
          .flatMap(edge => (denial(view, edge) === null ? [finding(view, edge, 'must not be allowed')] : [])),
      ];
    });
  },
};

/** Namespaces of the provider, in which nothing of this repository says who may talk to whom. */
const GIVEN = [
  'kube-system',
  'aks-istio-system',
  'gmp-system',
  'openshift-dns',
  'openshift-host-network',
  'openshift-ingress',
  'openshift-user-workload-monitoring',
];

/** Pods of namespaces that other releases may use as well. */
const BROUGHT_BY: Readonly<Record<string, string>> = {
  'logging/alloy': 'alloy',
  'logging/loki': 'loki',
  'monitoring/alertmanager': 'kube-prometheus-stack',
  'monitoring/grafana': 'kube-prometheus-stack',
  'monitoring/operator': 'kube-prometheus-stack',
  'tracing/jaeger': 'jaeger',
  'tracing/tempo': 'tempo',
};

/** In Auto Mode the node itself resolves names, at the address of a Service that no pod stands behind. */
function resolverOf(view: ClusterView): { readonly to: End; readonly port: number } {
  // Its network judges a packet after the port of the Service has become that of a pod.
  if (isOpenShift(view.objects)) return { to: RESOLVER_OF_OPENSHIFT, port: 5353 };
  const address = view.variables.KUBERNETES_DNS_ADDRESS;
  return { to: address === undefined ? RESOLVER : { address }, port: 53 };
}

const isOpenShift = once((objects: ClusterView['objects']): boolean =>
  objects.some(({ apiVersion }) => apiVersion.startsWith(OPENSHIFT)),
);

/** The router is in the network of its host, or among pods where a load balancer of its own stands before it. */
function throughRouter({ objects }: ClusterView): readonly Edge[] {
  const routers = ofKind(objects, 'IngressController');
  if (routers.length === 0) return [];
  const behind = routers.find(({ spec }) => at(spec, 'endpointPublishingStrategy', 'type') === 'Private');
  const from =
    behind === undefined
      ? HOSTS_OF_OPENSHIFT
      : {
          namespace: 'openshift-ingress',
          labels: {
            'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': behind.metadata.name,
          },
        };
  return [{ says: 'the router reaches the sample workload', from, to: WEB, port: 8080 }];
}

function exists(view: ClusterView, end: End): boolean {
  const { names, labels, demo } = indexOf(view);
  if ('address' in end) return existsOutside(view, end);
  if (GIVEN.includes(end.namespace)) return true;
  const name = end.labels['app.kubernetes.io/name'];
  const release = BROUGHT_BY[`${end.namespace}/${name}`];
  if (release !== undefined && !names.has(release)) return false;
  return end.namespace === 'demo' ? demo.has(name ?? '') : labels.has(end.namespace);
}

function existsOutside(view: ClusterView, { address, entity }: Extract<End, { address: string }>): boolean {
  const { objects, variables } = view;
  // Hosts of one's own have no agent that hands out rights in a cloud.
  if (address === '169.254.170.23') return variables.NODE_CIDR === undefined;
  if (entity === 'remote-node') return indexOf(view).names.has('scrape-network-plugin');
  return (
    entity !== 'ingress' ||
    ofKind(objects, 'Gateway').some(({ spec }) => at(spec, 'gatewayClassName') === 'cilium')
  );
}

/** Within the network of the cluster: the interfaces of its control plane lie there. */
function apiServerOf({ variables }: ClusterView): string {
  const range = String(variables.API_SERVER_CIDR ?? variables.VPC_CIDR ?? variables.NODE_CIDR);
  return range.replace(/\d+\/\d+$/, '9');
}

/** A list of names stands for the addresses that are meant. */
function goesByName(view: ClusterView, { from, to }: Edge): boolean {
  return to === INTERNET && 'namespace' in from && leavesByName(view, from.namespace, from.labels);
}

/** To the proxy of the house where a policy of the namespace names it, else to what answers within the network or the house. */
function goesByProxy(view: ClusterView, edge: Edge): boolean {
  const { PROXY_RANGE: range, VPC_CIDR, NODE_CIDR } = view.variables;
  if (edge.to !== INTERNET || range === undefined || !('namespace' in edge.from)) return false;
  const { namespace } = edge.from;
  const named = (indexOf(view).policies.get(namespace) ?? []).some(({ spec }) =>
    list(at(spec, 'egress')).some(({ to }) => list(to).some(peer => at(peer, 'ipBlock', 'cidr') === range)),
  );
  const reached = (address: string, port: number) =>
    denial(view, { ...edge, to: { address }, port }) === null;
  if (named) return reached(String(range).replace(/\/\d+$/, ''), 3128);
  const networks = VPC_CIDR === undefined ? ['172.16.0.0/12', NODE_CIDR] : [VPC_CIDR];
  return [...networks.map(network => hostIn(String(network))), ALL_OF_GOOGLE].some(address =>
    reached(address, edge.port),
  );
}

/** Where nothing leaves, what is asked answers in the network itself or in that of the house. */
function staysWithin(view: ClusterView, edge: Edge): boolean {
  if (edge.to !== INTERNET || !isClosed(view)) return false;
  const { NODE_CIDR = '172.16.0.0/12', VPC_CIDR: network = NODE_CIDR } = view.variables;
  const places = [hostIn(String(network)), OF_THE_HOUSE, SERVICES_OF_GOOGLE];
  return places.some(address => denial(view, { ...edge, to: { address } }) === null);
}

const OF_THE_HOUSE = '192.168.255.9';
const SERVICES_OF_GOOGLE = '199.36.153.4';
const ALL_OF_GOOGLE = '199.36.153.8';

/** Which end denies the edge; null where both allow it. */
function denial(view: ClusterView, edge: Edge): string | null {
  const { from, to, protocol = 'TCP' } = edge;
  const caller = 'namespace' in from ? from : null;
  const inMesh = 'namespace' in to && protocol === 'TCP';
  const port = inMesh ? portBetween(view, caller, to, edge.port) : edge.port;
  if ('namespace' in from && !GIVEN.includes(from.namespace)) {
    const rules = rulesFor(view, from, 'Egress');
    if (
      rules !== null &&
      !rules.some(rule => admits(view, rule.to, to) && opens(rule.ports, port, protocol)) &&
      !admittedByEntity(view, from, 'Egress', to, port)
    )
      return `nothing lets it out of ${from.namespace}`;
  }
  if ('namespace' in to && !GIVEN.includes(to.namespace)) {
    const rules = rulesFor(view, to, 'Ingress');
    if (
      rules !== null &&
      !rules.some(rule => admits(view, rule.from, from) && opens(rule.ports, port, protocol)) &&
      !admittedByEntity(view, to, 'Ingress', from, port)
    )
      return `nothing lets it into ${to.namespace}`;
  }
  return inMesh ? refusal(view, caller, to, edge.port) : null;
}

type Pod = Extract<End, { namespace: string }>;

/** The rules of all policies that select the pod; null where none does, so that everything is allowed. */
function rulesFor(view: ClusterView, target: Pod, type: 'Ingress' | 'Egress') {
  const policies = (indexOf(view).policies.get(target.namespace) ?? []).filter(
    ({ spec }) =>
      matches(at(spec, 'podSelector'), target.labels) &&
      (at(spec, 'policyTypes') as readonly string[]).includes(type),
  );
  if (policies.length === 0) return null;
  return policies.flatMap(({ spec }) => list(at(spec, type.toLowerCase())));
}

interface Index {
  readonly policies: ReadonlyMap<string | undefined, readonly ManifestObject[]>;
  readonly labels: ReadonlyMap<string, Labels>;
  /** Of all objects. */
  readonly names: ReadonlySet<string>;
  /** Of what makes pods of the sample workloads. */
  readonly demo: ReadonlySet<string>;
}

/** Policies by namespace and the labels of each, which every edge asks for. */
const indexOf = once(({ objects }: ClusterView): Index => {
  const policies = new Map<string | undefined, ManifestObject[]>();
  for (const object of ofKind(objects, 'NetworkPolicy')) {
    const { namespace } = object.metadata;
    policies.set(namespace, [...(policies.get(namespace) ?? []), object]);
  }
  const namespaces = ofKind(objects, 'Namespace').toReversed();
  const demo = objects.filter(object => object.metadata.namespace === 'demo' && podTemplate(object) !== null);
  return {
    policies,
    labels: new Map(namespaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}])),
    names: new Set(objects.map(({ metadata }) => metadata.name)),
    demo: new Set(demo.map(({ metadata }) => metadata.name)),
  };
});

function matches(selector: unknown, labels: Labels): boolean {
  return Object.entries(fields(at(selector, 'matchLabels'))).every(([key, value]) => labels[key] === value);
}

function admittedByEntity(
  view: ClusterView,
  pod: Pod,
  direction: 'Ingress' | 'Egress',
  end: End,
  port: number,
): boolean {
  return (
    'entity' in end && end.entity !== undefined && entityAdmitted(view, pod, direction, end.entity, port)
  );
}

/** A rule without peers admits everybody. For Cilium no range of addresses meets what it knows by another name. */
function admits(view: ClusterView, peers: unknown, end: End): boolean {
  if (!Array.isArray(peers)) return true;
  return list(peers).some(({ ipBlock, namespaceSelector, podSelector }) => {
    if ('address' in end && end.entity !== undefined && runsCilium(view)) return false;
    if ('address' in end) return ipBlock !== undefined && contains(String(at(ipBlock, 'cidr')), end.address);
    if (namespaceSelector === undefined) return false;
    return (
      matches(namespaceSelector, namespaceLabels(view, end.namespace)) && matches(podSelector, end.labels)
    );
  });
}

function namespaceLabels(view: ClusterView, name: string): Labels {
  const given = name === HOSTS_OF_OPENSHIFT.namespace ? HOSTS_OF_OPENSHIFT.labelled : {};
  return { ...indexOf(view).labels.get(name), ...given, 'kubernetes.io/metadata.name': name };
}

function opens(ports: unknown, port: number, protocol: string): boolean {
  return (
    !Array.isArray(ports) ||
    list(ports).some(each => each.port === port && (each.protocol ?? 'TCP') === protocol)
  );
}

function finding({ name }: ClusterView, { says, port }: Edge, message: string): Finding {
  return { code: 'reachability', place: name, message: `${says} at ${port}: ${message}` };
}
