/** Control planes of one's own on hosts of one's own: what each host is told, and what such a cluster gives to all that runs in it. */
import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1';
import { type FileTree, mergeTrees } from '../../files/tree.ts';
import { hostOf } from '../cidr.ts';
import type { Cluster, ClusterInput } from '../cluster-input.ts';
import { namespacesWith } from '../cni/cni.ts';
import type { Component, Contribution } from '../contribution.ts';
import { PROXY_RANGE, PROXY_URL, pastProxy } from '../egress/proxy/settings.ts';
import { wayOut } from '../egress/way-out/way.ts';
import type { NotGenerated } from '../module.ts';
import { domainOf } from '../names.ts';
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import type { ControlPlane, ManifestVariables } from './control-plane.ts';
import { SIGN_IN_PLACEHOLDERS } from './eks/people.ts';
import { selfManagedBootstrap } from './self-managed/bootstrap.ts';
import type { Distribution } from './self-managed/distribution.ts';
import { distributionOf } from './self-managed/distributions.ts';
import {
  SELF_MANAGED_FOUNDATION,
  SELF_MANAGED_PLACEHOLDERS,
  STORAGE_CLASS,
} from './self-managed/foundation.ts';
import { sandboxOf } from './self-managed/host-sandbox.ts';
import { broughtAlong, hostChecks, hostFiles, hostSignIn, inventories } from './self-managed/hosts.ts';
import { clusterTitle, podRange } from './self-managed/inventory.ts';
import { ownHostRunbooks } from './self-managed/own-host-runbooks.ts';
import { balancerRange, OWN_HOSTS } from './self-managed/own-hosts.ts';
import { selfManagedPages } from './self-managed/pages.ts';
import { hostsPipelineAccess, knowsPipelines } from './self-managed/pipeline-access.ts';
import { windowsOfHosts } from './self-managed/windows/hosts.ts';
import { windowsPlaceholders } from './self-managed/windows/inventory.ts';

export function onPremises(input: StarterInput): ControlPlane | NotGenerated {
  const distribution = distributionOf(input);
  return 'notGenerated' in distribution ? distribution : controlPlane(distribution);
}

function controlPlane(distribution: Distribution): ControlPlane {
  return {
    fallbackRegion: 'site-1',
    build: (input, cni) => ({
      foundation: {
        ...SELF_MANAGED_FOUNDATION,
        loadBalancer: {
          ...SELF_MANAGED_FOUNDATION.loadBalancer,
          // Announcements of Cilium do not ask where the pods of a Service are.
          ...(pickOf(input.stack, 'cni') === 'cilium' ? { answeredBy: 'any-node' } : {}),
        },
        ...sandboxOf(input, distribution, 'own-hosts'),
        ...windowsOfHosts(input),
        carriesOut: { network: ['existing-network'], egress: ['central-firewall', 'proxy'] },
        givenNamespaces: namespacesWith(
          [
            {
              name: 'kube-system',
              owner: 'platform',
              says: `Parts of ${distribution.title} itself live there.`,
            },
          ],
          cni,
        ),
        signIn: (decision, prefix) => hostSignIn(input, distribution, decision, prefix),
        signInPlaceholders: SIGN_IN_PLACEHOLDERS,
        ...(knowsPipelines(input)
          ? { pipelineAccess: decision => hostsPipelineAccess(input, decision) }
          : {}),
      },
      contribution: contribution(input, distribution, cni.infrastructure(input).files),
      bootstrap: selfManagedBootstrap(input, distribution),
      pipeline: null,
      pages: selfManagedPages(input, distribution),
      variables: used => variables(input, distribution, used),
    }),
  };
}

function contribution(input: ClusterInput, distribution: Distribution, network: FileTree): Contribution {
  const added = broughtAlong(distribution);
  return {
    ...added,
    files: mergeTrees(hostFiles(input, distribution, OWN_HOSTS), network),
    components: [...added.components, STORAGE],
    placeholders: [
      ...SELF_MANAGED_PLACEHOLDERS,
      ...distribution.placeholders(OWN_HOSTS),
      ...windowsPlaceholders(input, OWN_HOSTS),
    ],
    runbooks: ownHostRunbooks(input, distribution),
    checks: hostChecks(distribution),
  };
}

const CLASS: IStorageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: STORAGE_CLASS,
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: `${TOKENS.storageDriver}.example.com`,
  reclaimPolicy: 'Retain',
  volumeBindingMode: 'WaitForFirstConsumer',
  allowVolumeExpansion: true,
};

const STORAGE: Component = {
  id: 'storage',
  decision: 'platform-defaults',
  layer: 'platform-core',
  says: 'Volumes come from the block storage of the house, by its own CSI driver, which this repository does not bring: without it every claim waits. Encrypt there, and add the parameters that its driver knows.',
  objects: { 'storage-class': [CLASS] },
};

interface Variable {
  readonly name: string;
  readonly value: (input: ClusterInput, cluster: Cluster) => string;
}

const VARIABLES: readonly Variable[] = [
  { name: 'CLUSTER_NAME', value: clusterTitle },
  { name: 'DNS_ZONE', value: domainOf },
  { name: 'ENVIRONMENT', value: (_input, { environment }) => environment },
  { name: 'KUBERNETES_SERVICE_ADDRESS', value: (_input, { serviceCidr }) => hostOf(serviceCidr, 1) },
  { name: 'LOAD_BALANCER_RANGE', value: (_input, cluster) => balancerRange(cluster) },
  { name: 'NODE_CIDR', value: (_input, { vpcCidr }) => vpcCidr },
  { name: 'NO_PROXY', value: (input, cluster) => pastProxy(input, cluster, podRange(input, cluster)) },
  { name: 'POD_CIDR', value: podRange },
  { name: 'PROXY_RANGE', value: () => PROXY_RANGE },
  { name: 'PROXY_URL', value: () => PROXY_URL },
  { name: 'REGION', value: (_input, { region }) => region },
];

const OF_PROXY: readonly string[] = ['NO_PROXY', 'PROXY_RANGE', 'PROXY_URL'];

/** What manifests are filled from stands in the inventory as well; scripts/bootstrap.sh holds the two together. */
function variables(
  input: ClusterInput,
  distribution: Distribution,
  used: ReadonlySet<string>,
): ManifestVariables {
  const valuesOf = (cluster: Cluster, names: (name: string) => boolean) =>
    Object.fromEntries(
      VARIABLES.filter(({ name }) => names(name)).map(({ name, value }) => [name, value(input, cluster)]),
    );
  // Hosts read those of the proxy as well, whatever pods do.
  const proxied = wayOut(input) === 'proxy' ? OF_PROXY : [];
  const ofHosts = (cluster: Cluster) => valuesOf(cluster, name => used.has(name) || proxied.includes(name));
  return {
    of: cluster => valuesOf(cluster, name => used.has(name)),
    files: inventories(input, distribution, OWN_HOSTS, ofHosts),
    placeholders: [],
  };
}
