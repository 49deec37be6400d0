/** Runbook of Cilium: how it came here, how it is raised, and what its alerts mean. */
import type { Runbook } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { release } from '../../release.ts';
import { joinsClusters } from './joined-clusters.ts';
import { CILIUM_NAMESPACE, type CiliumPlace, encryptionOf } from './values.ts';

export const CILIUM_RUNBOOK = 'network-plugin';

export function ciliumRunbook(
  input: ModuleInput,
  { installer, addresses, startupTaint }: CiliumPlace,
): Runbook {
  const { version } = release(input, 'cilium');
  const encryption = encryptionOf(input);
  return {
    id: CILIUM_RUNBOOK,
    title: 'The network plugin',
    text: `Cilium ${version} gives pods their network, routes Services in the place of kube-proxy and enforces policies. ${addresses}

## How it came here

${startupTaint === undefined ? 'Without a network plugin no node becomes ready' : `Nodes start with the taint \`${startupTaint.key}\`, and without a network plugin none of them becomes ready`}: delivery by Git
cannot be the first to bring it. \`${installer}\` therefore installs the chart once, with \`platform/cilium/values.yaml\`, and
GitOps takes over the release it finds: \`helm -n ${CILIUM_NAMESPACE} history cilium\` shows an upgrade that changes nothing. No agent restarts.
From then on the script does nothing, and every change is a pull request.

## Looking at it

\`\`\`sh
kubectl -n ${CILIUM_NAMESPACE} exec ds/cilium -c cilium-agent -- cilium-dbg status --brief
kubectl -n ${CILIUM_NAMESPACE} exec ds/cilium -c cilium-agent -- cilium-health status
kubectl get ciliumnodes
\`\`\`
${encryption === null ? '' : encryptionText(encryption, joinsClusters(input) ? OF_ALL : OF_ITS_OWN)}
## Raising its version

One minor at a time, outside production first; the network of a node is never down, policies by name of host pause for seconds.

1. Read the upgrade notes of the minor. Raise the version in \`delivery/platform-core/cilium.yaml\` and in \`${installer}\`, and nothing else:
   \`upgradeCompatibility\` stays.
2. Merge, and watch \`kubectl -n ${CILIUM_NAMESPACE} rollout status daemonset/cilium\`: two nodes at a time.
3. Try it with traffic from outside, then \`cilium connectivity test\` in an environment that may be disturbed.
4. After a week raise \`upgradeCompatibility\` to the new minor, as a change of its own.

Back: revert the pull request. From a minor that is two away there is no way back.

## The alerts

- *NodesOutOfReach*: \`cilium-health status\` on the node says which one and by which way. A firewall or security group between nodes is the usual
  cause; a node that is gone and still listed goes with \`kubectl delete ciliumnode NODE\`.
- *NetworkTableNearlyFull*: the label \`map_name\` says which. \`policy\`: too many peers for one pod, mostly a policy that names many addresses;
  \`ct\` or \`nat\`: too many connections, mostly one client that never closes them: \`hubble observe --namespace NAMESPACE --follow\`.
- *NetworkSettingsNotTakenUp*: \`kubectl -n ${CILIUM_NAMESPACE} rollout restart daemonset/cilium\`, and find out who changed the ConfigMap by hand.
`,
  };
}

const OF_ITS_OWN =
  'The key lies in the Secret `cilium-ipsec-keys` and in no file. Change it every three months: `cilium encryption rotate-key`.';
const OF_ALL =
  'The key lies in the Secret `cilium-ipsec-keys`, the same in all clusters of the environment, which change it together: [the clusters](clusters.md).';

function encryptionText(type: 'wireguard' | 'ipsec', ofKey: string): string {
  const key = type === 'ipsec' ? `\n${ofKey}\n` : '';
  return `
Traffic between pods on different nodes is encrypted by ${type === 'ipsec' ? 'IPsec' : 'WireGuard'}:
\`kubectl -n ${CILIUM_NAMESPACE} exec ds/cilium -c cilium-agent -- cilium-dbg encrypt status\`.
${key}`;
}
