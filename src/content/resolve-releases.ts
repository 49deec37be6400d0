/** The table of versions out of `releases.yaml` of every pack. */
import type { Component, KubernetesRelease, Releases } from './catalogue.ts';
import { byId, type ContentFile, type Draft, declare, isPresent, noteCondition, problem } from './draft.ts';
import type { Names } from './names.ts';
import type { Reading } from './reading.ts';
import {
  actionShape,
  componentShape,
  imagesShape,
  kubernetesShape,
  providerShape,
  releasesFile,
  toolShape,
} from './schema-releases.ts';
import { checkShape, valueAt } from './shape.ts';
import type { Terms } from './terms.ts';
import type { Path, Source } from './yaml.ts';

export function readReleases(
  files: readonly ContentFile[],
  names: Names,
  terms: Terms,
  draft: Draft,
): Releases {
  for (const { source } of files) checkShape(source, [], releasesFile, draft.diagnostics);
  const entries = <T>(key: string, read: (source: Source, path: Path) => T | null): readonly T[] =>
    files.flatMap(({ source }) => {
      const list = valueAt(source.value, [key]);
      const indexes = Array.isArray(list) ? [...list.keys()] : [];
      return indexes.map(index => read(source, [key, index])).filter(isPresent);
    });
  const named = <T extends { readonly id: string }>(
    kind: string,
    read: (source: Source, path: Path) => T | null,
  ): readonly T[] =>
    byId(
      entries(`${kind}s`, (source, path) => {
        const entry = read(source, path);
        return entry && declare(draft, kind, entry.id, source.at([...path, 'id'])) ? entry : null;
      }),
    );
  const { diagnostics } = draft;
  const reading = (source: Source): Reading => ({ source, names, terms: terms.scopeOf(null), diagnostics });
  return {
    kubernetes: [...entries('kubernetes', (source, path) => readMinor(source, path, draft))].sort(byMinor),
    components: named('component', (source, path) => readComponent(reading(source), path, draft)),
    images: entries('images', (source, path) => checkShape(source, path, imagesShape, diagnostics)),
    providers: named('provider', (source, path) => checkShape(source, path, providerShape, diagnostics)),
    actions: named('action', (source, path) => {
      const shape = checkShape(source, path, actionShape, diagnostics);
      return shape && { ...shape, commit: shape.commit ?? null };
    }),
    tools: named('tool', (source, path) => checkShape(source, path, toolShape, diagnostics)),
  };
}

function readMinor(source: Source, path: Path, draft: Draft): KubernetesRelease | null {
  const shape = checkShape(source, path, kubernetesShape, draft.diagnostics);
  if (!shape || !declare(draft, 'kubernetes', shape.minor, source.at([...path, 'minor']))) return null;
  const { upstream = null, eks = null, aks = null, gke = null, openshift = null } = shape['supported-until'];
  return {
    minor: shape.minor,
    supportedUntil: { upstream, eks, aks, gke, openshift },
    read: shape.read,
    source: shape.source,
  };
}

function readComponent(reading: Reading, path: Path, draft: Draft): Component | null {
  const { source } = reading;
  const shape = checkShape(source, path, componentShape, draft.diagnostics);
  const usedWhen = noteCondition(draft, reading, null, [...path, 'used-when']);
  if (!shape || !usedWhen) return null;
  const { kubernetes = null } = shape;
  if (kubernetes && compareMinors(kubernetes.from, kubernetes.to) > 0) {
    problem(draft, 'bad-version', source.at([...path, 'kubernetes']), '"from" is later than "to"', '');
  }
  return {
    id: shape.id,
    title: shape.title,
    version: shape.version,
    chart: shape.chart ?? null,
    image: shape.image ?? null,
    kubernetes,
    gatewayApi: shape['gateway-api'] ?? null,
    endOfLife: shape['end-of-life'] ?? null,
    knownBad: shape['known-bad'].map(bad => ({
      versions: bad.versions,
      onlyWhen: bad['only-when'],
      issue: bad.issue,
      until: bad.until,
    })),
    usedWhen,
    read: shape.read,
    source: shape.source,
  };
}

function byMinor(a: KubernetesRelease, b: KubernetesRelease): number {
  return compareMinors(a.minor, b.minor);
}

function compareMinors(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}
