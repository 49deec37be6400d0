/** gVisor on Talos: an extension of the image of the hosts that run workloads, put together by the factory of Talos. */
import type { IRuntimeClass } from 'kubernetes-models/node.k8s.io/v1';
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosedByHouse } from '../../egress/no-egress/closed.ts';
import type { Sandbox } from '../../foundation.ts';
import { pickOf } from '../../picks.ts';
import { release } from '../../release.ts';
import { CARRY_TALOS, carriedInstaller, carryTalos } from './talos-carried-image.ts';
import type { WriteYaml } from './talos-extension.ts';

/** What the factory makes of the schematic below: the SHA-256 of it, as the factory writes it. */
const SCHEMATIC_ID = 'd9ff89777e246792e7642abd3220a616afb4e49822382e4213a2e528ab826fe5';
const SCHEMATIC = { customization: { systemExtensions: { officialExtensions: ['siderolabs/gvisor'] } } };

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
  broughtBy: `The class lies beside that rule; hosts that run workloads have gVisor in their image (\`infra/talos/sandbox.yaml\`)${isClosedByHouse(input) ? `, which \`${CARRY_TALOS}\` makes anew for each version of Talos before hosts are upgraded to it` : ''}.`,
  objects: { 'runtime-class': [CLASS] },
});

export function isSandboxed({ stack }: Pick<ClusterInput, 'stack'>): boolean {
  return pickOf(stack, 'tenant-isolation') === 'sandbox';
}

/** What the runbook of hosts says before the first of them starts: their image comes from no factory. */
export function talosStep(input: ClusterInput): string {
  if (!isSandboxed(input) || !isClosedByHouse(input)) return '';
  return `\n\nBefore any of this, where both Harbor and the internet are reached, on Linux with Docker and \`crane\`: \`${CARRY_TALOS} HARBOR\`. It makes the image that hosts for
workloads install themselves from, with gVisor in it, and puts it where \`infra/talos/sandbox.yaml\` looks for it. Again for each version of Talos, before \`talosctl upgrade\` names it.`;
}

export function sandboxFiles(input: ClusterInput, yaml: WriteYaml): readonly (readonly [string, string])[] {
  const { version } = release(input, 'talos');
  const carried = isClosedByHouse(input);
  return [
    yaml(
      'sandbox',
      'Hosts that run workloads: gVisor comes with their image, and asks for namespaces of users, which Talos closes otherwise.',
      [
        {
          machine: {
            install: {
              image: carried
                ? carriedInstaller(input)
                : `factory.talos.dev/metal-installer/${SCHEMATIC_ID}:v${version}`,
            },
            nodeLabels: { 'platform/sandbox': 'gvisor' },
            sysctls: { 'user.max_user_namespaces': '11255' },
          },
        },
      ],
    ),
    ...(carried ? carryTalos(input) : [schematic(yaml)]),
  ];
}

const schematic = (yaml: WriteYaml) =>
  yaml(
    'schematic',
    'What the factory of Talos is told of that image, once: curl -X POST --data-binary @infra/talos/schematic.yaml https://factory.talos.dev/schematics. It answers with the id that stands in sandbox.yaml.',
    [SCHEMATIC],
  );
