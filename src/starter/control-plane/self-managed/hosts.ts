/** What every cluster that manages itself has, wherever its hosts stand: their configuration, and what its distribution leaves to others. */
import { type FileTree, mergeTrees } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { collect } from '../../collect.ts';
import type { Contribution } from '../../contribution.ts';
import { signInSignedBy } from '../../dns-and-certificates/house/authorities.ts';
import { commented, headline } from '../../headline.ts';
import type { Check } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import { script } from '../../repository/common-files.ts';
import { authentication } from './api-server.ts';
import { carryToHosts } from './carried-programs.ts';
import type { Distribution } from './distribution.ts';
import { HOST_CONFIG, hostConfigScript } from './host-config-script.ts';
import { proxyFiles } from './host-proxy.ts';
import { sandboxFiles } from './host-sandbox.ts';
import { HOSTS_FOLDER, inventory, platformOn, servicesBy } from './inventory.ts';
import { kubeletCertificates } from './kubelet-certificates.ts';
import { metricsServer } from './metrics-server.ts';
import { pipelineIssuers } from './pipeline-access.ts';
import type { HostPlace } from './place.ts';
import { registrySignInOf, signInFiles } from './registry-sign-in.ts';
import { tenantHostsFile } from './tenant-hosts.ts';
import { windowsFiles } from './windows/agent.ts';

/** Files that the configuration of each host is made from, and the script that makes it. */
export function hostFiles(input: ClusterInput, distribution: Distribution, place: HostPlace): FileTree {
  const comment = commented(headline(input, 'distribution'));
  const registrySignIn = registrySignInOf(input, place, distribution);
  return mergeTrees(
    distribution.files(input, {
      signedBy: signInSignedBy(input),
      signsIn: pickOf(input.stack, 'human-access')?.startsWith('oidc-groups') === true,
      pipelines: pipelineIssuers(input),
      platformOn: platformOn(input),
      servicesBy: servicesBy(input),
      place,
      registrySignIn,
    }),
    registrySignIn === null || distribution.setUpBy !== 'machine'
      ? new Map()
      : signInFiles(input, distribution.folder, registrySignIn),
    proxyFiles(input, distribution.folder),
    tenantHostsFile(input),
    windowsFiles(input, place),
    sandboxFiles(input, distribution),
    new Map(place.machines === null ? [] : carryToHosts(input, distribution, place.machines)),
    new Map([[HOST_CONFIG, script(comment, hostConfigScript(input, distribution, place))]]),
  );
}

/** `variables`: settings that manifests are filled from as well. */
export function inventories(
  input: ClusterInput,
  distribution: Distribution,
  place: HostPlace,
  variables: (cluster: Cluster) => Readonly<Record<string, string>>,
): FileTree {
  return new Map(
    input.clusters.map(cluster => [
      `${HOSTS_FOLDER}/${cluster.name}.conf`,
      inventory(input, cluster, place, variables(cluster), distribution.settings(place, input)),
    ]),
  );
}

/** What runs in the cluster because its distribution does not bring it. */
export function broughtAlong(distribution: Distribution): ReturnType<typeof collect> {
  const added: readonly Contribution[] = [
    ...(distribution.bringsMetrics ? [] : [metricsServer(distribution)]),
    ...(distribution.kubeletCertificates === 'cluster-on-request' ? [kubeletCertificates()] : []),
  ];
  return collect(added);
}

export function hostChecks({ title, folder }: Distribution): readonly Check[] {
  return [
    {
      decision: 'control-plane',
      says: 'Three hosts at least form the control plane of every cluster.',
      command: `for hosts in ${HOSTS_FOLDER}/*.conf; do test "$(grep -c ' control-plane$' "$hosts")" -ge 3 || exit 1; done`,
      path: HOSTS_FOLDER,
    },
    {
      decision: 'distribution',
      says: `Hosts are set up for ${title}.`,
      command: `ls ${folder} >/dev/null`,
      path: folder,
    },
    {
      decision: 'control-plane',
      says: 'etcd answers on every host of the control plane.',
      command: `kubectl get --raw '/readyz?verbose' | grep -q 'etcd ok'`,
      path: HOSTS_FOLDER,
    },
  ];
}

/** Talos is told within the configuration of its hosts; the others read a file. */
export function hostSignIn(
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
      writeYaml(
        [authentication(prefix, anonymousPaths ?? [], pipelineIssuers(input), signInSignedBy(input))],
        {
          comment: headline(input, decision, says),
        },
      ),
    ],
  ]);
}
