/** Metrics that a service of the provider reads: nothing asks for kinds that are not there, and each alert reaches somebody. */

import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { parseOnce } from '../parse-once.ts';
import { documentsOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, type Fields, fields, list } from './fields.ts';
import { isOpenShift } from './provider.ts';

const POLICIES = 'infra/gke/metric-alerts.tf';
const KINDS = 'prometheus-operator-crds';

export const collectedMetrics: CrossCheck = {
  code: 'collected-metrics',
  says: 'Charts ask for monitors only where their kinds are installed; every alert that the provider judges reaches somebody.',
  check: tree => [
    ...clustersIn(tree).flatMap(view =>
      installs(view, KINDS) || isOpenShift(tree) ? [] : chartMonitors(tree, view),
    ),
    ...unheard(tree),
  ],
};

function installs({ steps }: ClusterView, name: string): boolean {
  return steps.some(step => step.installs.some(install => install.name === name));
}

function chartMonitors(tree: FileTree, { name, steps }: ClusterView): readonly Finding[] {
  return steps.flatMap(step =>
    step.installs.flatMap(install => {
      const text = tree.get(`platform/${install.name}/values.yaml`);
      return text !== undefined && asksForMonitors(parseOnce(text))
        ? [finding(`${name}: ${install.name}`, 'asks for a monitor, which is of a kind that nothing brings')]
        : [];
    }),
  );
}

function asksForMonitors(value: unknown): boolean {
  return Object.entries(fields(value)).some(([key, each]) =>
    /monitor$/i.test(key)
      ? at(each, 'enabled') === true || at(each, 'create') === true
      : asksForMonitors(each),
  );
}

/** The policies read the rules from their files, by path and place. */
function unheard(tree: FileTree): readonly Finding[] {
  const policies = tree.get(POLICIES);
  const raising = [...tree.keys()].filter(path => raisesAlerts(tree, path));
  if (policies === undefined)
    return raising.map(path => finding(path, 'raises alerts that no policy hears of'));
  const named = [...policies.matchAll(/path\s*=\s*"\.\.\/\.\.\/([^"]+)"/g)].map(([, path = '']) => path);
  return [
    ...named
      .filter(path => !raisesAlerts(tree, path))
      .map(path => finding(POLICIES, `names ${path}, which raises no alert`)),
    ...raising
      .filter(path => !named.includes(path))
      .map(path => finding(path, 'raises alerts that no policy hears of')),
    ...(wrote(tree).includes(heartbeatIn(policies))
      ? []
      : [finding(POLICIES, 'waits for a sign of life that nothing writes')]),
  ];
}

function heartbeatIn(policies: string): string {
  return /absent\(([a-z_:]+)\{/.exec(policies)?.[1] ?? '';
}

function rulesIn(tree: FileTree, path: string): readonly Fields[] {
  if (!/^platform(?:-config)?\/.*\.yaml$/.test(path)) return [];
  return documentsOf(tree.get(path) ?? '')
    .filter(object => at(object, 'kind') === 'ClusterRules')
    .flatMap(object => list(at(object, 'spec', 'groups')).flatMap(({ rules }) => list(rules)));
}

function raisesAlerts(tree: FileTree, path: string): boolean {
  return rulesIn(tree, path).some(({ alert }) => alert !== undefined);
}

function wrote(tree: FileTree): readonly unknown[] {
  return [...tree.keys()].flatMap(path => rulesIn(tree, path).map(({ record }) => record));
}

function finding(place: string, message: string): Finding {
  return { code: 'collected-metrics', place, message };
}
