/** docs/runbooks/windows-nodes.md: what a pod needs to run on Windows, and what does not hold there. */
import type { Runbook } from './contribution.ts';
import type { WindowsNodes } from './foundation.ts';
import type { ModuleInput } from './module.ts';
import { answerOf, pickOf } from './picks.ts';

/** The nodes where the answers ask for them and the infrastructure makes them. */
export function windowsNodesOf({ stack, foundation: { windows } }: ModuleInput): WindowsNodes | null {
  return answerOf(stack, 'windows') === 'yes' && windows !== undefined && 'taint' in windows ? windows : null;
}

export function windowsPages(input: ModuleInput): readonly Runbook[] {
  const nodes = windowsNodesOf(input);
  return nodes === null ? [] : [page(input, nodes)];
}

function page({ stack }: ModuleInput, { taint, file, release, says }: WindowsNodes): Runbook {
  const mesh = pickOf(stack, 'mesh') ?? 'none';
  const points = [
    ...says,
    'Agents that this repository puts on every node are for Linux: nothing measures these machines beside what the kubelet says of them and of its pods.',
    'No volumes: the storage class makes file systems of Linux.',
    ...(mesh === 'none'
      ? []
      : [
          'The mesh does not reach them: its proxies are for Linux. What a pod there says is encrypted by itself or not at all.',
        ]),
  ];
  return {
    id: 'windows-nodes',
    title: 'Containers for Windows',
    text: `Nodes with Windows stand beside those with Linux, which carry the platform: \`${file}\`. Pods for Linux do not tolerate their taint.
\`apps/base/demo-windows\` is a pod to copy.

## What a pod needs

\`\`\`yaml
spec:
  os:
    name: windows
  nodeSelector:
    kubernetes.io/os: windows
  tolerations:
    - key: ${taint.key}
      operator: Equal
      value: ${taint.value}
      effect: NoSchedule
  securityContext:
    runAsNonRoot: true
    windowsOptions:
      runAsUserName: ContainerUser
\`\`\`

- An image whose base is of ${release}: the release of the container has to be that of the node. The
  [calendar](../upgrade-calendar.md) says until when it gets updates.
- \`os\`, by which Pod Security knows what it may ask for. With it the API refuses what only Linux has: \`seccompProfile\`,
  \`capabilities\`, \`allowPrivilegeEscalation\`, \`readOnlyRootFilesystem\`, \`runAsUser\`, \`fsGroup\`. Leave them out.
- Requests and limits as everywhere, and more of them: a container of Windows brings parts of its system along.

## What is different there

${points.map(each => `- ${each}`).join('\n')}

## When a pod does not start

1. \`kubectl -n NAMESPACE describe pod POD\`: *untolerated taint* or *didn't match Pod's node affinity/selector* means that something
   of the above is missing.
2. *no matching manifest for windows*, or *The container operating system does not match the host operating system*: the image is
   for Linux, or for another release.
3. *ContainerCreating* for ten minutes at its first start on a node: images of several gigabytes are fetched. Smaller ones begin
   with Nano Server.
4. No node at all: \`kubectl get nodes -l kubernetes.io/os=windows\`.
`,
  };
}
