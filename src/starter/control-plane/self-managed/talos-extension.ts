/** What the image of machines of Talos has beside Talos itself, as its factory is told. */
import type { HostSettings } from './distribution.ts';

export type WriteYaml = (
  name: string,
  says: string,
  documents: readonly object[],
) => readonly [string, string];

/** For machines that sign in to a registry. */
export function schematicOf(
  { registrySignIn, place }: HostSettings,
  folder: string,
  yaml: WriteYaml,
): readonly (readonly [string, string])[] {
  const extension = registrySignIn?.talos ?? null;
  // Without a way out the image is put together by hand, with more in it than the factory knows of.
  if (extension === null || place.machines?.programs === 'carried') return [];
  return [
    yaml(
      'schematic',
      `What the factory of Talos is told of the image of machines, once: curl -X POST --data-binary @${folder}/schematic.yaml https://factory.talos.dev/schematics. It answers with the id that stands in all.yaml.`,
      [{ customization: { systemExtensions: { officialExtensions: [extension.name] } } }],
    ),
  ];
}
