/** The data of a run, on the small catalogue: what outside programs rely on. */
import { expect, test } from 'vitest';
import { decisionsJson } from '../../src/adr/decisions-json.ts';
import { catalogue } from './catalogue-fixture.ts';
import { isDecisions } from './json-schemas.ts';
import { flips, stack } from './stack-fixture.ts';

test('the schema knows every key that is written, and refuses what lacks one', () => {
  const data = JSON.parse(JSON.stringify(decisionsJson(stack, catalogue, flips)));
  expect(isDecisions(data)).toBe(true);
  for (const key of Object.keys(data)) {
    const { [key]: _gone, ...rest } = data;
    expect(isDecisions(rest), key).toBe(false);
  }
  for (const key of Object.keys(data.decisions[0])) {
    const { [key]: _gone, ...rest } = data.decisions[0];
    expect(isDecisions({ ...data, decisions: [rest] }), key).toBe(false);
  }
});
test('keys that outside programs read are where the documentation says', () => {
  const data = JSON.parse(JSON.stringify(decisionsJson(stack, catalogue, flips)));
  expect(data).toMatchObject({
    chartroom: 1,
    versions: { kubernetes: '1.35' },
    'open-questions': [
      { question: 'policy-depth', assumed: 'l3-l4', matters: ['cni'] },
      { question: 'windows' },
    ],
  });
  expect(data.decisions[0]).toMatchObject({
    id: 'platform',
    status: 'decided',
    pick: 'kubernetes',
    verdict: 'depends-on-weighting',
    pinned: false,
    reasons: [
      { rule: 'platform/many-services', driver: 'operability', strength: 'strong', effect: 'favors' },
      {},
    ],
    'ruled-out': [],
    flips: [
      {
        decision: 'platform',
        from: 'kubernetes',
        to: 'serverless',
        changes: [{ question: 'services', from: 40, answer: 19 }],
      },
    ],
    adr: null,
  });
});

test('what the picks come to in numbers stands beside them, with formula and facts', () => {
  const figure = {
    decision: 'cni',
    says: 'A /16 holds 256 nodes.',
    formula: '2^(24 − 16)',
    facts: ['PLAT-12'],
  };
  const data = JSON.parse(JSON.stringify(decisionsJson(stack, catalogue, flips, { figures: [figure] })));
  expect(data.figures).toEqual([figure]);
  expect(Object.keys(data.facts)).toContain('PLAT-12');
  expect(JSON.parse(JSON.stringify(decisionsJson(stack, catalogue, flips))).figures).toEqual([]);
});
