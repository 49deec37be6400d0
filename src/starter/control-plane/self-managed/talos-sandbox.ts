/** gVisor on Talos: an extension of the image of the hosts that run workloads, put together by the factory of Talos. */
import type { IRuntimeClass } from 'kubernetes-models/node.k8s.io/v1';
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosed } from '../../egress/no-egress/closed.ts';
import type { Sandbox } from '../../foundation.ts';
import { pickOf } from '../../picks.ts';
import { release } from '../../release.ts';
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

export const TALOS_SANDBOX: Sandbox = {
  runtimeClass: 'gvisor',
  kind: 'gvisor',
  broughtBy:
    'The class lies beside that rule; hosts that run workloads have gVisor in their image (`infra/talos/sandbox.yaml`).',
  objects: { 'runtime-class': [CLASS] },
};

/** The image comes from the factory, which a closed network does not reach. */
export function isSandboxed(input: ClusterInput): boolean {
  return pickOf(input.stack, 'tenant-isolation') === 'sandbox' && !isClosed(input);
}

export function sandboxFiles(input: ClusterInput, yaml: WriteYaml): readonly (readonly [string, string])[] {
  const { version } = release(input, 'talos');
  return [
    yaml(
      'sandbox',
      'Hosts that run workloads: gVisor comes with their image, and asks for namespaces of users, which Talos closes otherwise.',
      [
        {
          machine: {
            install: { image: `factory.talos.dev/metal-installer/${SCHEMATIC_ID}:v${version}` },
            nodeLabels: { 'platform/sandbox': 'gvisor' },
            sysctls: { 'user.max_user_namespaces': '11255' },
          },
        },
      ],
    ),
    yaml(
      'schematic',
      'What the factory of Talos is told of that image, once: curl -X POST --data-binary @infra/talos/schematic.yaml https://factory.talos.dev/schematics. It answers with the id that stands in sandbox.yaml.',
      [SCHEMATIC],
    ),
  ];
}
