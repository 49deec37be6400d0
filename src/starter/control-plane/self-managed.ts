/** Control planes of one's own on hosts of one's own: what each host is told, and what such a cluster gives to all that runs in it. */
import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1';
import { type FileTree, mergeTrees } from '../../files/tree.ts';
import { writeYaml } from '../../files/yaml.ts';
import { hostOf } from '../cidr.ts';
import type { Cluster, ClusterInput } from '../cluster-input.ts';
import { namespacesWith } from '../cni/cni.ts';
import { collect } from '../collect.ts';
import type { Component, Contribution } from '../contribution.ts';
import { headline } from '../headline.ts';
import type { NotGenerated } from '../module.ts';
import { domainOf } from '../names.ts';
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { script } from '../repository/common-files.ts';
import type { ControlPlane, ManifestVariables } from './control-plane.ts';
import { SIGN_IN_PLACEHOLDERS } from './eks/people.ts';
import { authentication } from './self-managed/api-server.ts';
import { selfManagedBootstrap } from './self-managed/bootstrap.ts';
import type { Distribution } from './self-managed/distribution.ts';
import { distributionOf } from './self-managed/distributions.ts';
import {
  SELF_MANAGED_FOUNDATION,
  SELF_MANAGED_PLACEHOLDERS,
  STORAGE_CLASS,
} from './self-managed/foundation.ts';
import { HOST_CONFIG, hostConfigScript } from './self-managed/host-config-script.ts';
import { clusterTitle, HOSTS_FOLDER, inventory, platformOn, servicesBy } from './self-managed/inventory.ts';
import { kubeletCertificates } from './self-managed/kubelet-certificates.ts';
import { metricsServer } from './self-managed/metrics-server.ts';
import { selfManagedPages } from './self-managed/pages.ts';
import { selfManagedRunbooks } from './self-managed/runbooks.ts';

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
        carriesOut: { network: ['existing-network'] },
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
        signIn: (decision, prefix) => signIn(input, distribution, decision, prefix),
        signInPlaceholders: SIGN_IN_PLACEHOLDERS,
      },
      contribution: contribution(input, distribution, cni.infrastructure(input).files),
      bootstrap: selfManagedBootstrap(input, distribution),
      pipeline: null,
      pages: selfManagedPages(input, distribution),
      variables: used => variables(input, distribution, used),
    }),
  };
}

/** Talos is told within the configuration of its hosts; the others read a file. */
function signIn(
  input: ClusterInput,
  { folder, anonymousPaths }: Distribution,
  decision: string,
  prefix: string,
): FileTree {
  if (folder === 'infra/talos') return new Map();
  const says =
    'Whose tokens the API server trusts; what groups may do stands in platform-config/base/access.';
  return new Map([
    [
      `${folder}/authentication.yaml`,
      writeYaml([authentication(prefix, anonymousPaths)], { comment: headline(input, decision, says) }),
    ],
  ]);
}

function signsIn({ stack }: StarterInput): boolean {
  return pickOf(stack, 'human-access')?.startsWith('oidc-groups') === true;
}

function contribution(input: ClusterInput, distribution: Distribution, network: FileTree): Contribution {
  const added = collect([
    ...(distribution.bringsMetrics ? [] : [metricsServer(distribution)]),
    ...(distribution.kubeletCertificates === 'cluster-on-request' ? [kubeletCertificates()] : []),
  ]);
  const comment = headline(input, 'distribution')
    .split('\n')
    .map(line => `# ${line}`)
    .join('\n');
  return {
    ...added,
    files: mergeTrees(
      distribution.files(input, {
        signsIn: signsIn(input),
        platformOn: platformOn(input),
        servicesBy: servicesBy(input),
      }),
      network,
      new Map([[HOST_CONFIG, script(comment, hostConfigScript(input, distribution))]]),
    ),
    components: [...added.components, STORAGE],
    placeholders: [...SELF_MANAGED_PLACEHOLDERS, ...distribution.placeholders],
    runbooks: selfManagedRunbooks(input, distribution),
    checks: [
      {
        decision: 'control-plane',
        says: 'Three hosts at least form the control plane of every cluster.',
        command: `for hosts in ${HOSTS_FOLDER}/*.conf; do test "$(grep -c ' control-plane$' "$hosts")" -ge 3 || exit 1; done`,
        path: HOSTS_FOLDER,
      },
      {
        decision: 'distribution',
        says: `Hosts are set up for ${distribution.title}.`,
        command: `ls ${distribution.folder} >/dev/null`,
        path: distribution.folder,
      },
      {
        decision: 'control-plane',
        says: 'etcd answers on every host of the control plane.',
        command: `kubectl get --raw '/readyz?verbose' | grep -q 'etcd ok'`,
        path: HOSTS_FOLDER,
      },
    ],
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
  { name: 'NODE_CIDR', value: (_input, { vpcCidr }) => vpcCidr },
  { name: 'REGION', value: (_input, { region }) => region },
];

/** What manifests are filled from stands in the inventory as well; scripts/bootstrap.sh holds the two together. */
function variables(
  input: ClusterInput,
  { settings }: Distribution,
  used: ReadonlySet<string>,
): ManifestVariables {
  const of = (cluster: Cluster) =>
    Object.fromEntries(
      VARIABLES.filter(({ name }) => used.has(name)).map(({ name, value }) => [name, value(input, cluster)]),
    );
  return {
    of,
    files: new Map(
      input.clusters.map(cluster => [
        `${HOSTS_FOLDER}/${cluster.name}.conf`,
        inventory(input, cluster, of(cluster), settings),
      ]),
    ),
    placeholders: [],
  };
}
