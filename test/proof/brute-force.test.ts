/** The proofs against deciding every answer set of a thousand random packs. */
import { describe, expect, test } from 'vitest';
import type { Catalogue } from '../../src/content/catalogue.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { orderSteps } from '../../src/engine/order.ts';
import type { Finding } from '../../src/proof/finding.ts';
import { prove } from '../../src/proof/prove.ts';
import { forAll } from '../engine/random.ts';
import { decideAll, expectedFindings, impossibleIn, longestPath } from './brute-force.ts';
import { randomPack, SHAPES } from './random-pack.ts';

/** As expectedFindings names them. */
function named({ code, subject, message }: Finding): string {
  const id = subject.slice(subject.indexOf(':') + 1);
  const words = (pattern: RegExp) => pattern.exec(message)?.slice(1) ?? [];
  if (code === 'not-monotone') return [code, ...id.split('/').slice(0, 2)].join(' ');
  if (code === 'answer-changes-nothing') return `${code} ${id} ${words(/answer (\S+) never/)[0]}`;
  if (code === 'same-effect') return `${code} ${id} ${words(/answers (\S+) and (\S+) always/).join(' | ')}`;
  return code === 'stuck' ? code : `${code} ${id}`;
}

/** Rules without which decisions are taken in another order. */
function namesOfOrdering(catalogue: Catalogue): ReadonlySet<string> {
  const order = (one: Catalogue): string => JSON.stringify(orderSteps(one));
  const rules = catalogue.decisions.flatMap(decision => decision.rules);
  const moves = rules.filter(rule => {
    const decisions = catalogue.decisions.map(one => ({
      ...one,
      rules: one.rules.filter(each => each !== rule),
    }));
    return order({ ...catalogue, decisions }) !== order(catalogue);
  });
  return new Set(moves.map(({ id }) => id));
}

describe('what is proven', () => {
  const counts = new Map<string, number>();
  let total = 0;

  test.each(SHAPES.map((shape, index) => ({ shape, runs: [310, 240, 470][index] ?? 0 })))(
    'is what deciding every answer set shows: $runs packs like $shape',
    ({ shape, runs }) => {
      let compared = 0;
      forAll(draw => {
        const catalogue = randomPack(draw, shape);
        if (catalogue === null) return;
        const engine = createEngine(catalogue);
        const everything = decideAll(catalogue);
        const { findings, paths } = prove(engine, [], '2026-11-20', () => undefined);
        const found = [...new Set(findings.map(named))].sort();
        const expected = expectedFindings(catalogue, everything);
        // Of a rule that puts decisions in order nothing need be said: without it other picks may give way.
        const isUntold = (one: string): boolean =>
          !found.includes(one) && namesOfOrdering(catalogue).has(one.replace(/^never-matters /, ''));
        expect(found).toEqual(expected.filter(one => !isUntold(one)).sort());
        for (const finding of findings.filter(({ code }) => code === 'stuck')) {
          const cases = everything.filter(({ used }) => {
            const [shown] = finding.reproduction;
            return [...(shown ?? [])].every(([id, answer]) => String(used.get(id)) === String(answer));
          });
          // Answers may leave more than one decision without an option; a finding is about one of them.
          const stuck = cases.flatMap(one => impossibleIn(one).map(id => `decision:${id}`));
          expect(stuck).toContain(finding.subject);
        }
        const [path = null] = paths;
        expect(path && { open: path.open, all: path.all }).toEqual(longestPath(catalogue, everything));
        for (const one of found) {
          const code = one.split(' ')[0] ?? '';
          counts.set(code, (counts.get(code) ?? 0) + 1);
        }
        compared++;
      }, runs);
      total += compared;
    },
  );

  test('was compared on a thousand packs and more', () => {
    expect(total).toBeGreaterThan(1000);
  });

  test('was there to be found', () => {
    const often = [...counts].filter(([, count]) => count >= 10).map(([code]) => code);
    expect(often.sort()).toEqual([
      'always-fires',
      'answer-changes-nothing',
      'broken-invariant',
      'changes-nothing',
      'never-asked',
      'never-fires',
      'never-matters',
      'never-needed',
      'never-wins',
      'not-monotone',
      'same-effect',
      'stuck',
    ]);
  });
});
