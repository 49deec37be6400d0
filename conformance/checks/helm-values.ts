/** Every value that a starter sets is one that its chart knows, and holds against the schema of the chart where it has one. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type Check, merge, type Report } from '../check.ts';
import { clustersOf, type RenderedCluster } from '../render.ts';
import { kustomize } from '../tools.ts';
import { type Chart, chartOf, mergedDefaults, mergeValues } from '../values/chart.ts';
import { type Release, releasesIn } from '../values/releases.ts';
import { unknownPaths } from '../values/unknown-paths.ts';
import { waiversOf } from '../waivers.ts';

const OPEN = waiversOf('helm-values').map(({ check }) => check);

export const helmValuesCheck: Check = {
  name: 'helm-values',
  version: '(own check)',
  tools: [kustomize],
  run: async stacks => merge((await Promise.all(stacks.map(clustersOf))).flat().map(checkCluster)),
};

function checkCluster({ name, objects, valueFiles }: RenderedCluster): Report {
  return merge(releasesIn(objects, valueFiles).map(release => checkRelease(name, release)));
}

function checkRelease(cluster: string, release: Release): Report {
  const place = `${cluster} ${release.name}`;
  const chart = chartOf(release.chart);
  if (chart === null) return withoutChart(place, release);
  const unknown = unknownPaths(release.values, chart, OPEN).map(
    path => `${place}: the chart has no value ${path}`,
  );
  return {
    files: 1,
    errors: [...unknown, ...againstSchema(place, release, chart)],
    notes: sameVersion(release.version, chart.version)
      ? []
      : [`${release.name} ${release.version} was held against the values of ${chart.version}`],
  };
}

/** Without values there is nothing that a chart could ignore. */
function withoutChart(place: string, { chart, values }: Release): Report {
  const errors =
    Object.keys(values).length === 0 ? [] : [`${place}: no values are known of ${chart || 'its chart'}`];
  return { files: 1, errors, notes: [] };
}

function sameVersion(wanted: string, known: string): boolean {
  return wanted.replace(/^v/, '') === known.replace(/^v/, '');
}

/** Parts of Kubernetes' own schemas lie elsewhere in the network; what they say is held against objects by kubeconform. */
function withoutReferencesOut(schema: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(schema), (_key, value) =>
    typeof value?.$ref === 'string' && value.$ref.startsWith('https:') ? {} : value,
  );
}

function againstSchema(place: string, { values }: Release, chart: Chart): readonly string[] {
  if (chart.schema === null) return [];
  const compiled = known.get(chart) ?? compile(chart, chart.schema);
  known.set(chart, compiled);
  const { validate, defaults } = compiled;
  if (validate(mergeValues(defaults, values))) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${place}: ${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

interface Compiled {
  readonly validate: ValidateFunction;
  readonly defaults: Record<string, unknown>;
}
const known = new WeakMap<Chart, Compiled>();

function compile(chart: Chart, whole: object): Compiled {
  const { $schema: _, ...schema } = withoutReferencesOut(whole);
  const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true, logger: false }));
  // What a chart leaves empty is for its author to answer for, also where its own schema asks for more.
  return { validate: ajv.compile(schema), defaults: withoutEmpty(mergedDefaults(chart)) };
}

function withoutEmpty(defaults: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(defaults, (_key, value) => value ?? undefined));
}
