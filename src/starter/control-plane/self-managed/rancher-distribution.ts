/** What RKE2 and K3s are alike in as distributions, in their runbooks as well. */

import { TOKENS } from '../../placeholder-tokens.ts';
import { CARRIED_AGAIN, SUM_OF_CARRIED } from './carried-programs.ts';
import type { Distribution, DistributionSays } from './distribution.ts';
import { SNAPSHOT_STORE } from './foundation.ts';
import { machinesSay } from './machines-say.ts';
import type { CloudMachines } from './place.ts';
import {
  folderOf,
  onHost,
  prepareRancher,
  type Rancher,
  rancherFiles,
  rancherHost,
  snapshotFolder,
} from './rancher.ts';
import { carriedRelease } from './rancher-first-boot.ts';

/** What each says in its own words. */
type OwnWords = Pick<DistributionSays, 'install' | 'upgrade' | 'restore' | 'remove'>;

export function rancherDistribution(rancher: Rancher, says: OwnWords): Omit<Distribution, 'apiServer'> {
  const { title, release, joinPort } = rancher;
  return {
    title,
    folder: folderOf(rancher),
    settings: ({ machines }): Readonly<Record<string, string>> =>
      machines === null
        ? { INTERFACE: 'eth0' }
        : { RELEASE: release, RELEASE_SHA256: TOKENS.releaseChecksum },
    ports: { api: joinPort === 6443 ? [6443] : [6443, joinPort], setUp: [], among: [] },
    bringsMetrics: true,
    kubeletCertificates: 'distribution',
    copiesSnapshots: true,
    cilium: {},
    calico: { provider: rancher.program === 'rke2' ? 'RKE2' : '', dataPlane: 'Iptables' },
    tools: [],
    setUpBy: 'machine',
    carried: carriedRelease(rancher.program),
    files: (input, settings) => rancherFiles(input, rancher, settings),
    prepare: prepareRancher,
    eachHost: place => rancherHost(rancher, place),
    says: ({ machines }) => ({
      ...onOwnHosts(rancher),
      ...says,
      ...(machines === null ? {} : onMachines(rancher, machines)),
    }),
    placeholders: ({ machines }) =>
      machines === null
        ? []
        : [
            {
              token: TOKENS.releaseChecksum,
              meaning:
                machines.programs === 'carried'
                  ? SUM_OF_CARRIED
                  : `SHA-256 of the release of ${title} that RELEASE and KUBERNETES_VERSION name, for the architecture of the machines; the project publishes it beside the release.`,
              example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
            },
          ],
  };
}

function onOwnHosts(rancher: Rancher): Omit<DistributionSays, keyof OwnWords> {
  const { title, program } = rancher;
  return {
    kubeconfig: `\`\`\`sh
scp root@FIRST_HOST:${onHost(rancher)}/${program}.yaml kubeconfig
sed -i 's|127.0.0.1|API_NAME|' kubeconfig
kubectl --kubeconfig kubeconfig config rename-context default CLUSTER_NAME
\`\`\``,
    operatingSystem:
      'a new host image, host by host: drain, replace, join again under the same name. etcd wants one host at a time.',
    snapshot: `${title} takes a snapshot every six hours, keeps 28 of them in \`${snapshotFolder(rancher)}\` and copies each into the bucket
that the Secret \`${SNAPSHOT_STORE}\` of \`kube-system\` names: \`scripts/bootstrap.sh\` makes it, and not one is copied before. \`${program}\` reads the Secret only while
\`${folderOf(rancher)}/server.yaml\` holds no other setting of S3 than its name. Before anything risky: \`${program} etcd-snapshot save --name before-CHANGE\`. \`${program} etcd-snapshot ls\` shows what is there.`,
    certificates: `${title} renews certificates that end within 120 days whenever it starts, and warns in events of the node before. A host that has not been
restarted for a year is late: restart it in the monthly round. By hand: \`${program} certificate rotate\` on a stopped server, then start it. The
authorities themselves last ten years: \`${program} certificate rotate-ca\`, read about it first.`,
    encryptionKey: `\`${program} secrets-encrypt status\` says which key is used. Once a year: \`${program} secrets-encrypt rotate-keys\` on the first host, then restart the others
one after the other and look at the status again.`,
    dead: '`kubectl delete node HOST` takes it out of etcd as well.',
  };
}

function onMachines(rancher: Rancher, machines: CloudMachines): Partial<DistributionSays> {
  const { title, program } = rancher;
  const common = machinesSay(machines, {
    title,
    secrets: `What machines join with is made once per cluster, and kept where the house keeps secrets; \`scripts/host-config.sh\` gets its path in \`CLUSTER_TOKEN\`:
\`umask 077; openssl rand -hex 32 >token-of-CLUSTER_NAME\`.`,
    given: 'CLUSTER_TOKEN=token-of-CLUSTER_NAME',
    kubeconfig: `${onHost(rancher)}/${program}.yaml`,
    context: 'default',
    snapshots: snapshotFolder(rancher),
  });
  return {
    ...common,
    snapshot: `${title} takes a snapshot every six hours and keeps 28 of them. ${common.snapshot} One more by hand: \`${program} etcd-snapshot save --name before-CHANGE\`.`,
    upgrade: `1. ${machines.programs === 'carried' ? CARRIED_AGAIN : '`KUBERNETES_VERSION`, `RELEASE` and `RELEASE_SHA256` of the inventory'}, then \`scripts/host-config.sh\`: new archives lie ready, and nothing happens yet.
2. Host by host: \`kubectl cordon HOST\`, \`kubectl drain HOST --ignore-daemonsets --delete-emptydir-data\`, and on it \`sudo host-config\`, which fetches the archive,
   installs that release and starts it again.
3. \`kubectl get node HOST\` shows the new version and Ready; \`kubectl uncordon HOST\`.`,
  };
}
