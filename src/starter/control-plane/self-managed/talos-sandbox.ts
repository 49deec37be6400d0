/** gVisor on Talos: an extension of the image of the hosts that run workloads, put together by the factory of Talos or by hand. */
import type { IRuntimeClass } from 'kubernetes-models/node.k8s.io/v1';
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosedByHouse } from '../../egress/no-egress/closed.ts';
import type { Sandbox } from '../../foundation.ts';
import { answerOf } from '../../picks.ts';
import { CARRY_TALOS, carriedInstaller, carryTalos } from './talos-carried-image.ts';
import { GVISOR, installerOf, isSandboxed, schematicFile, type WriteYaml } from './talos-extension.ts';

const CLASS: IRuntimeClass = {
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  metadata: { name: 'gvisor' },
  handler: 'runsc',
  // Hosts of the platform run without it.
  scheduling: { nodeSelector: { 'platform/sandbox': 'gvisor' } },
};

export const talosSandbox = (input: ClusterInput): Sandbox => ({
  runtimeClass: 'gvisor',
  kind: 'gvisor',
  broughtBy: `The class lies beside that rule; ${onMachines(input) ? 'machines start from an image that has gVisor in it (docs/runbooks/bootstrap.md), and those that run workloads say so' : 'hosts that run workloads have gVisor in their image'} (\`infra/talos/sandbox.yaml\`)${isClosedByHouse(input) ? `, which \`${CARRY_TALOS}\` makes anew for each version of Talos before hosts are upgraded to it` : ''}.`,
  objects: { 'runtime-class': [CLASS] },
});

const onMachines = ({ stack }: ClusterInput) => answerOf(stack, 'cloud') !== 'on-prem';

/** What the runbook of hosts says before the first of them starts: their image comes from no factory. */
export function talosStep(input: ClusterInput): string {
  if (!isSandboxed(input) || !isClosedByHouse(input)) return '';
  return `\n\nBefore any of this, where both Harbor and the internet are reached, on Linux with Docker and \`crane\`: \`${CARRY_TALOS} HARBOR\`. It makes the image that hosts for
workloads install themselves from, with gVisor in it, and puts it where \`infra/talos/sandbox.yaml\` looks for it. Again for each version of Talos, before \`talosctl upgrade\` names it.`;
}

/** The image of machines of a cloud is the same for all of them, and stands in all.yaml. */
export function sandboxFiles(
  input: ClusterInput,
  folder: string,
  yaml: WriteYaml,
): readonly (readonly [string, string])[] {
  if (!isSandboxed(input)) return [];
  const carried = isClosedByHouse(input);
  const own = !onMachines(input);
  const image = carried ? carriedInstaller(input) : installerOf(input, 'metal', [GVISOR]);
  return [
    yaml(
      'sandbox',
      'Hosts that run workloads: gVisor comes with their image, and asks for namespaces of users, which Talos closes otherwise.',
      [
        {
          machine: {
            ...(own ? { install: { image } } : {}),
            nodeLabels: { 'platform/sandbox': 'gvisor' },
            sysctls: { 'user.max_user_namespaces': '11255' },
          },
        },
      ],
    ),
    ...(carried ? carryTalos(input) : []),
    ...(own && !carried ? [schematicFile(yaml, folder, [GVISOR], 'sandbox')] : []),
  ];
}
