/** What the shipped examples come to in numbers, and that each number stands on facts that are there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseAnswers } from '../../../src/answers/parse.ts';
import type { Answer, Id } from '../../../src/content/catalogue.ts';
import { type Figure, figuresOf } from '../../../src/engine/arithmetic/figures.ts';
import { createEngine } from '../../../src/engine/compile.ts';
import { decide } from '../../../src/engine/decide.ts';
import { shippedCatalogue as catalogue } from '../../content/shipped.ts';

const root = resolve(import.meta.dirname, '../../..');
const engine = createEngine(catalogue);

function figuresIn(file: string, changed: Readonly<Record<Id, Answer>> = {}): readonly Figure[] {
  const parsed = parseAnswers(readFileSync(join(root, 'examples', file), 'utf8'), file, catalogue).file;
  if (parsed === null) throw new Error(file);
  const answers = new Map([...parsed.answers, ...Object.entries(changed)]);
  const stack = decide(engine, { answers, pins: parsed.pins, asOf: '2026-11-20' });
  return figuresOf(stack, parsed.project.network);
}
const said = (figures: readonly Figure[], decision: Id): readonly string[] =>
  figures.filter(figure => figure.decision === decision).map(figure => figure.says);

test.each([
  ['platform-aws.yaml', {}, 'topology', /^3 clusters pay 3 control plane fees\.$/],
  ['platform-aws.yaml', {}, 'cni', /a network of \/16 has room for 579 nodes/],
  ['platform-aws.yaml', { cloud: 'gcp' }, 'topology', /falls under the free tier/],
  ['platform-aws.yaml', { cloud: 'gcp' }, 'cni', /a pod range of \/17 holds 128 nodes/],
  ['platform-aws.yaml', { cloud: 'gcp', freeze: 'months' }, 'upgrades', /longer than 90 days/],
  ['platform-aws.yaml', { 'upgrade-pace': 'yearly' }, 'upgrades', /passes 3 minors, one after the other/],
  ['regulated-azure.yaml', {}, 'cni', /a pod range of \/16 holds 256 nodes/],
  ['onprem-airgap.yaml', {}, 'control-plane', /4 clusters take 12 hosts/],
  ['onprem-airgap.yaml', { hosts: 5 }, 'distribution', /^Of 5 hosts .* 2 are left/],
  ['onprem-airgap.yaml', { hosts: 2 }, 'distribution', /^Two hosts form no quorum/],
] as const)('%s with %o says of the %s what it comes to', (file, changed, decision, says) => {
  expect(said(figuresIn(file, changed), decision).join(' ')).toMatch(says);
});

test('nothing is counted where nothing runs on a cluster', () => {
  expect(figuresIn('small-saas-gcp.yaml')).toEqual([]);
});

test('every number stands on a fact that is shipped and on a decision that is there', () => {
  const facts = new Set(catalogue?.facts.map(fact => fact.id));
  const decisions = new Set(catalogue?.decisions.map(decision => decision.id));
  const all = readdirSync(join(root, 'examples'))
    .filter(file => file.endsWith('.yaml'))
    .flatMap(file =>
      ['aws', 'azure', 'gcp', 'on-prem'].flatMap(cloud => figuresIn(file, { cloud, freeze: 'months' })),
    );
  expect(all.length).toBeGreaterThan(20);
  for (const figure of all) {
    expect(decisions.has(figure.decision), figure.decision).toBe(true);
    expect(
      figure.facts.filter(id => !facts.has(id)),
      figure.says,
    ).toEqual([]);
    expect(figure.facts.length, figure.says).toBeGreaterThan(0);
  }
});
