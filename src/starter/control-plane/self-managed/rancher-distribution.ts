/** What RKE2 and K3s are alike in as distributions, in their runbooks as well. */
import type { Distribution } from './distribution.ts';
import { folderOf, onHost, PREPARE, type Rancher, rancherFiles, rancherHost } from './rancher.ts';

type Says = Distribution['says'];

/** What each says in its own words. */
type OwnWords = Pick<Says, 'install' | 'upgrade' | 'restore' | 'remove'>;

export function rancherDistribution(rancher: Rancher, says: OwnWords): Omit<Distribution, 'apiServer'> {
  const { title, program } = rancher;
  return {
    title,
    folder: folderOf(rancher),
    settings: { INTERFACE: 'eth0' },
    bringsMetrics: true,
    kubeletCertificates: 'distribution',
    copiesSnapshots: true,
    cilium: {},
    tools: [],
    files: (input, settings) => rancherFiles(input, rancher, settings),
    prepare: PREPARE,
    eachHost: rancherHost(rancher),
    says: {
      ...says,
      kubeconfig: `\`\`\`sh
scp root@FIRST_HOST:${onHost(rancher)}/${program}.yaml kubeconfig
sed -i 's|127.0.0.1|API_NAME|' kubeconfig
kubectl --kubeconfig kubeconfig config rename-context default CLUSTER_NAME
\`\`\``,
      operatingSystem:
        'a new host image, host by host: drain, replace, join again under the same name. etcd wants one host at a time.',
      snapshot: `${title} takes a snapshot every six hours, keeps 28 of them in \`/var/lib/rancher/${program}/server/db/snapshots\` and copies each into the bucket of
\`${folderOf(rancher)}/server.yaml\`. Before anything risky: \`${program} etcd-snapshot save --name before-CHANGE\`. \`${program} etcd-snapshot ls\` shows what is there.`,
      certificates: `${title} renews certificates that end within 120 days whenever it starts, and warns in events of the node before. A host that has not been
restarted for a year is late: restart it in the monthly round. By hand: \`${program} certificate rotate\` on a stopped server, then start it. The
authorities themselves last ten years: \`${program} certificate rotate-ca\`, read about it first.`,
      encryptionKey: `\`${program} secrets-encrypt status\` says which key is used. Once a year: \`${program} secrets-encrypt rotate-keys\` on the first host, then restart the others
one after the other and look at the status again.`,
    },
    placeholders: [],
  };
}
