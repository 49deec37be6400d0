/** What differs between providers and no manifest says: who hands out credentials, and whose kinds are there from the start. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Labels } from './fields.ts';

export interface Provider {
  /** Where pods get their credentials; null where they need no network for it. */
  readonly agent: { readonly address: string; readonly port: number } | null;
  /** Ranges that policies may name beside those of the cluster. */
  readonly ranges: readonly string[];
  /** Pods that hand on what the API server asks of webhooks; null where it asks itself. */
  readonly relay: {
    readonly namespace: string;
    readonly labels: Labels;
    /** Labels of that namespace beside its name. */
    readonly labelled?: Labels;
  } | null;
  /** Pods of the provider that read metrics in the cluster, where it has them switched on. */
  readonly collectors: { readonly namespace: string; readonly labels: Labels } | null;
  /** Groups of kinds, classes and sources of requests that the provider brings, where the tree switches them on. */
  readonly groups: readonly string[];
  readonly gatewayClasses: readonly string[];
  readonly ingressClasses?: readonly string[];
  /** Where the requests of the provider's own gateway come from. */
  readonly gatewaySources: readonly string[];
}

const AWS: Provider = {
  agent: { address: '169.254.170.23', port: 80 },
  ranges: [],
  relay: null,
  collectors: null,
  groups: [],
  gatewayClasses: [],
  gatewaySources: [],
};
/** A token is exchanged at the cloud itself; so it is by pods on machines of Google. */
const AZURE: Provider = { ...AWS, agent: null };
/** Of Google's load balancers and their health checks. */
const GOOGLE_EDGE = ['35.191.0.0/16', '130.211.0.0/22'];
const GOOGLE: Provider = {
  agent: { address: '169.254.169.254', port: 80 },
  // The cache of names on each node, and what answers where there is none.
  ranges: ['169.254.20.10/32'],
  relay: { namespace: 'kube-system', labels: { 'k8s-app': 'konnectivity-agent' } },
  collectors: null,
  groups: [],
  gatewayClasses: [],
  gatewaySources: [],
};

/** What comes from its hosts, as policies of its network see it. */
export const HOSTS_OF_OPENSHIFT = {
  namespace: 'openshift-host-network',
  labels: {},
  labelled: { 'policy-group.network.openshift.io/host-network': '' },
} as const;

/** It reads monitors itself, and names what comes from its hosts by a label. */
const OPENSHIFT: Provider = {
  ...AZURE,
  relay: HOSTS_OF_OPENSHIFT,
  groups: [
    'autoscaling.openshift.io',
    'config.openshift.io',
    'operator.openshift.io',
    'monitoring.coreos.com',
  ],
  collectors: {
    namespace: 'openshift-user-workload-monitoring',
    labels: { 'app.kubernetes.io/name': 'prometheus' },
  },
};

export function isOpenShift(tree: FileTree): boolean {
  return tree.has('infra/openshift/install-config.yaml');
}

/** It makes a class for each router. */
function routersOf(tree: FileTree): readonly string[] {
  const routers = tree.get('platform-config/base/router/routers.yaml') ?? '';
  const named = [...routers.matchAll(/^ {2}name: (\S+)$/gm)].map(([, name = '']) => name);
  return ['default', ...named].map(name => `openshift-${name}`);
}

/** Kinds that operators bring before delivery begins. */
function ofOperators(tree: FileTree): readonly string[] {
  const bootstrap = tree.get('scripts/bootstrap.sh') ?? '';
  return [...bootstrap.matchAll(/^kubectl wait --for=create crd\/[a-z]+\.(\S+) /gm)].map(
    ([, group = '']) => group,
  );
}

export function providerOf(tree: FileTree): Provider {
  if (isOpenShift(tree))
    return {
      ...OPENSHIFT,
      ingressClasses: routersOf(tree),
      groups: [...OPENSHIFT.groups, ...ofOperators(tree)],
    };
  const cluster = tree.get('infra/gke/cluster.tf');
  if (cluster !== undefined) return google(cluster);
  if (tree.get('infra/machines/identity.tf')?.includes('google_iam_workload_identity_pool')) return AZURE;
  const aks = tree.get('infra/aks/cluster.tf');
  return aks === undefined ? AWS : azure(aks, tree.get('scripts/bootstrap.sh') ?? '');
}

/** The data plane of Cilium brings its kinds, and in the mode that is automatic every node resolves names itself. */
function azure(cluster: string, bootstrap: string): Provider {
  const routing = bootstrap.includes('--enable-gateway-api --enable-app-routing-istio');
  return {
    ...AZURE,
    relay: /network_?plugin_?mode\s*=\s*"overlay"/i.test(cluster)
      ? { namespace: 'kube-system', labels: { app: 'konnectivity-agent' } }
      : null,
    ranges: /name = "Automatic"/.test(cluster) ? ['169.254.10.10/32', '169.254.10.11/32'] : [],
    groups: [
      ...(/network_?policy\s*=\s*"cilium"/i.test(cluster) ? ['cilium.io'] : []),
      ...(routing ? ['gateway.networking.k8s.io'] : []),
      ...(/name = "Automatic"/.test(cluster) ? ['karpenter.sh', 'externaldata.gatekeeper.sh'] : []),
    ],
    gatewayClasses: routing ? ['approuting-istio'] : [],
  };
}

function google(cluster: string): Provider {
  const policies = /enable_cilium_clusterwide_network_policy\s*=\s*true/.test(cluster);
  const collection = /managed_prometheus \{\s*enabled\s*=\s*true/.test(cluster);
  const gateway = /channel\s*=\s*"CHANNEL_STANDARD"/.test(cluster);
  return {
    ...GOOGLE,
    groups: [
      'networking.gke.io',
      ...(policies ? ['cilium.io'] : []),
      ...(gateway ? ['gateway.networking.k8s.io'] : []),
      ...(collection ? ['monitoring.googleapis.com'] : []),
    ],
    collectors: collection
      ? { namespace: 'gmp-system', labels: { 'app.kubernetes.io/name': 'collector' } }
      : null,
    gatewayClasses: gateway ? ['gke-l7-global-external-managed'] : [],
    gatewaySources: gateway ? GOOGLE_EDGE : [],
  };
}
