/** What the image of machines of Talos has beside Talos itself, and what its factory calls such an image. */
import { createHash } from 'node:crypto';
import type { ClusterInput } from '../../cluster-input.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { release } from '../../release.ts';
import type { HostSettings } from './distribution.ts';
import type { RegistrySignIn } from './place.ts';

const FACTORY = 'factory.talos.dev';
export const GVISOR = 'siderolabs/gvisor';

export type WriteYaml = (
  name: string,
  says: string,
  documents: readonly object[],
) => readonly [string, string];

export function isSandboxed({ stack }: Pick<ClusterInput, 'stack'>): boolean {
  return pickOf(stack, 'tenant-isolation') === 'sandbox';
}

/** Of machines of a cloud, which all start from one image. */
export function extensionsOnMachines(
  input: ClusterInput,
  registrySignIn: RegistrySignIn | null,
): readonly string[] {
  return [
    ...(registrySignIn?.talos == null ? [] : [registrySignIn.talos]),
    ...(isSandboxed(input) ? [GVISOR] : []),
  ];
}

/** What hosts install and upgrade themselves from; `platform` as the factory calls it. */
export function installerOf(input: ClusterInput, platform: string, extensions: readonly string[]): string {
  const { image, version } = release(input, 'talos');
  return extensions.length === 0
    ? `${image}:v${version}`
    : `${FACTORY}/${platform}-installer/${schematicId(extensions)}:v${version}`;
}

/** Where the factory has the disk of a cloud; `kind`: what stands behind the architecture in the name of its file. */
export function diskOf(
  input: ClusterInput,
  extensions: readonly string[],
  { architecture, kind }: { readonly architecture: string; readonly kind: string },
): string {
  const { version } = release(input, 'talos');
  const cloud = String(answerOf(input.stack, 'cloud'));
  return `https://${FACTORY}/image/${schematicId(extensions)}/v${version}/${cloud}-${architecture}.${kind}`;
}

/** For hosts that reach the factory. */
export const schematicFile = (yaml: WriteYaml, folder: string, extensions: readonly string[], idIn: string) =>
  yaml(
    'schematic',
    `What the factory of Talos is told of the image of hosts, once: curl -X POST --data-binary @${folder}/schematic.yaml https://${FACTORY}/schematics. It answers with the id that stands in ${idIn}.yaml.`,
    [schematic(extensions)],
  );

/** For machines of a cloud. */
export function schematicOf(
  input: ClusterInput,
  { registrySignIn, place }: HostSettings,
  folder: string,
  yaml: WriteYaml,
): readonly (readonly [string, string])[] {
  const extensions = place.machines === null ? [] : extensionsOnMachines(input, registrySignIn);
  // Without a way out the image is put together by hand, with more in it than the factory knows of.
  if (extensions.length === 0 || place.machines?.programs === 'carried') return [];
  return [schematicFile(yaml, folder, extensions, 'all')];
}

const schematic = (extensions: readonly string[]): object => ({
  customization: extensions.length === 0 ? {} : { systemExtensions: { officialExtensions: extensions } },
});

/** The factory answers with the SHA-256 of what it was told, as it writes that itself. */
function schematicId(extensions: readonly string[]): string {
  const list = extensions.map(name => `            - ${name}\n`).join('');
  const written =
    extensions.length === 0
      ? 'customization: {}\n'
      : `customization:\n    systemExtensions:\n        officialExtensions:\n${list}`;
  return createHash('sha256').update(written).digest('hex');
}
