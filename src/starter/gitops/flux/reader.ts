/** What reads charts and this repository in the registry of a cloud, and what its identity there asks of its pods. */
import { writeYaml } from '../../../files/yaml.ts';
import type { Cluster } from '../../cluster-input.ts';
import { isClosedInCloud } from '../../egress/no-egress/closed.ts';
import type { Grant } from '../../foundation.ts';
import type { ModuleInput } from '../../module.ts';
import type { PodPeer } from '../../network/edge.ts';
import type { EarlyIdentity } from '../../services.ts';
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
export function readerPatches(
  input: ModuleInput,
  cluster: Cluster,
): FluxInstance['spec']['kustomize']['patches'] {
  const within = input.foundation.services?.registry?.within;
  const identity = within?.identity?.(cluster);
  if (isClosedInCloud(input) && identity !== undefined) return [knownFromTheStart(identity)];
  const { annotations: named = {}, podLabels = {} } = readerOf(input) ?? {};
  const annotations = Object.fromEntries(
    Object.entries(named).map(([key, value]) => [key, within?.filledIn?.(value, cluster) ?? value]),
  );
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

/** It reads the registry before anything runs that could give its pods what they sign in by. */
function knownFromTheStart({ env, volume, mountPath }: EarlyIdentity) {
  const added = (path: string, value: object) => ({
    op: 'add',
    path: `/spec/template/spec/${path}/-`,
    value,
  });
  return {
    target: { kind: 'Deployment', name: NAME },
    patch: writeYaml([
      [
        ...Object.entries(env).map(([name, value]) => added('containers/0/env', { name, value })),
        added('containers/0/volumeMounts', { name: volume.name, mountPath, readOnly: true }),
        added('volumes', volume),
      ],
    ]).replace(/^---\n/, ''),
  };
}

const patchOf = (
  change: Readonly<Record<'apiVersion' | 'kind', string>> & Readonly<Record<string, unknown>>,
) => ({
  target: { kind: change.kind, name: NAME },
  patch: writeYaml([change]).replace(/^---\n/, ''),
});
