/** What reads charts and this repository in the registry of a cloud, and what its identity there asks of its pods. */
import { writeYaml } from '../../../files/yaml.ts';
import { isClosedInCloud } from '../../egress/no-egress/closed.ts';
import type { Grant } from '../../foundation.ts';
import type { ModuleInput } from '../../module.ts';
import type { PodPeer } from '../../network/edge.ts';
import { FLUX_NAMESPACE, type FluxInstance } from './kinds.ts';

export const READER = {
  kind: 'pods',
  namespace: FLUX_NAMESPACE,
  labels: { app: 'source-controller' },
} as const satisfies PodPeer;
const NAME = READER.labels.app;

/** Null where it signs in to no cloud. */
export function readerOf(input: ModuleInput): Grant | null {
  const within = input.foundation.services?.registry?.within;
  if (!isClosedInCloud(input) || within === undefined) return null;
  return within.readAll('gitops', { namespace: FLUX_NAMESPACE, name: NAME });
}

/** The operator makes account and pods itself, so what lets them act at the cloud is patched in. */
export function readerPatches(input: ModuleInput): FluxInstance['spec']['kustomize']['patches'] {
  const { annotations = {}, podLabels = {} } = readerOf(input) ?? {};
  return [
    ...(Object.keys(annotations).length === 0
      ? []
      : [patchOf({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: NAME, annotations } })]),
    ...(Object.keys(podLabels).length === 0
      ? []
      : [
          patchOf({
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name: NAME },
            spec: { template: { metadata: { labels: podLabels } } },
          }),
        ]),
  ];
}

const patchOf = (
  change: Readonly<Record<'apiVersion' | 'kind', string>> & Readonly<Record<string, unknown>>,
) => ({
  target: { kind: change.kind, name: NAME },
  patch: writeYaml([change]).replace(/^---\n/, ''),
});
