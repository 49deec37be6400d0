/** The steps of a cluster as Argo CD takes them: Applications in waves, which wait only where their health is known. */
import { posix } from 'node:path';
import type { FileTree } from '../../src/files/tree.ts';
import type { Step } from './clusters.ts';
import { at, type Fields, list } from './cross/fields.ts';
import { build } from './kustomize.ts';
import { parseOnce } from './parse-once.ts';
import { documentsOf, isManifest, type ManifestObject } from './yaml-files.ts';

const VALUES = 'platform/argo-cd/values.yaml';
const HEALTH = 'resource.customizations.health.argoproj.io_Application';

/** What the bootstrap applies; null where the cluster is not delivered by Argo CD. */
export function rootOf(tree: FileTree, folder: string): ManifestObject | null {
  const text = tree.get(`${folder}/root.yaml`);
  return text === undefined ? null : (documentsOf(text).find(isManifest) ?? null);
}

export function isApplication({ apiVersion, kind }: ManifestObject): boolean {
  return kind === 'Application' && apiVersion.startsWith('argoproj.io/');
}

export function sourcesOf({ spec }: ManifestObject): readonly Fields[] {
  const single = at(spec, 'source');
  return single === undefined ? list(at(spec, 'sources')) : list([single]);
}

/** Sources of this repository that objects are read from. */
export function ownPaths(application: ManifestObject, repository: unknown): readonly string[] {
  return sourcesOf(application).flatMap(({ repoURL, path }) =>
    repoURL === repository && typeof path === 'string' ? [posix.normalize(path)] : [],
  );
}

/** Files of this repository that charts get values from. */
export function valueFiles(object: ManifestObject): readonly string[] {
  if (!isApplication(object)) return [];
  return sourcesOf(object).flatMap(({ helm }) => {
    const files = at(helm, 'valueFiles');
    return Array.isArray(files) ? files.map(file => String(file).replace(/^\$values\//, '')) : [];
  });
}

/** The repository that the roots read. */
export function repositoryOf(tree: FileTree): unknown {
  const [file] = [...tree.keys()].filter(path => /^clusters\/[^/]+\/root\.yaml$/.test(path));
  const root = file === undefined ? null : rootOf(tree, posix.dirname(file));
  return root === null ? null : sourcesOf(root)[0]?.repoURL;
}

export function argoSteps(tree: FileTree, own: readonly ManifestObject[]): readonly Step[] {
  const repository = repositoryOf(tree);
  const applications = own.filter(isApplication);
  const waves = [...new Set(applications.map(waveOf))].sort((one, other) => one - other);
  const values = tree.get(VALUES);
  const knowsHealth = values !== undefined && at(parseOnce(values), 'configs', 'cm', HEALTH) !== undefined;
  return applications.map(application => {
    const before = waves[waves.indexOf(waveOf(application)) - 1];
    const paths = ownPaths(application, repository);
    const { name } = application.metadata;
    return {
      name,
      path: paths[0] ?? `chart:${name}`,
      dependsOn: applications.filter(each => waveOf(each) === before).map(({ metadata }) => metadata.name),
      wait: knowsHealth && isAutomated(application),
      objects: paths.flatMap(path => build(tree, path).objects),
      installs: paths.length > 0 ? [] : [{ name, namespace: chartNamespace(application) }],
    };
  });
}

function chartNamespace(application: ManifestObject): string | null {
  const isChart = sourcesOf(application).some(({ chart }) => chart !== undefined);
  return isChart ? String(at(application.spec, 'destination', 'namespace')) : null;
}

/** Where nothing syncs it a wave would wait for ever, or for what somebody does by hand. */
function isAutomated({ spec }: ManifestObject): boolean {
  return at(spec, 'syncPolicy', 'automated', 'selfHeal') === true;
}

function waveOf({ metadata }: ManifestObject): number {
  return Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
}
