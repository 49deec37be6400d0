/** How a record tells the outcome: pins, verdicts, intervals, ties and flips in words. */
import { describe, expect, test } from 'vitest';
import { numberAdrs } from '../../src/adr/number.ts';
import { fraction } from '../../src/adr/prose.ts';
import { writeAdrs } from '../../src/adr/write.ts';
import type { Decided, Flip } from '../../src/engine/outcome.ts';
import { catalogue } from './catalogue-fixture.ts';
import { parseRecord, section } from './parse-record.ts';
import { cni, mesh, platform, ruledOut, flips as someFlips, stack } from './stack-fixture.ts';

function outcomeText(outcome: Decided, flips: readonly Flip[] = someFlips): string {
  const others = [platform, cni, mesh].filter(one => one.decision !== outcome.decision);
  const run = { ...stack, outcomes: [...others, outcome] };
  const numbers = numberAdrs(run, catalogue);
  const tree = writeAdrs({ stack: run, catalogue, project: { name: 'shop' }, flips, numbers, checks: [] });
  const path = numbers.get(outcome.decision)?.path ?? '';
  return section(parseRecord(path, tree.get(path) ?? ''), 'Decision Outcome');
}

const FEWER = { question: 'services', from: 40, answer: 19 };

describe('a pin', () => {
  const pinned = (change: Partial<NonNullable<Decided['pinned']>>): Decided => ({
    ...mesh,
    pick: 'linkerd',
    pinned: {
      pin: {
        choose: 'linkerd',
        because: 'Group standard since 2026',
        owner: 'Ana',
        approver: 'Bo',
        expires: '2027-06-30',
      },
      instead: 'none',
      against: null,
      ...change,
    },
  });
  const hard = ruledOut('cni/no-windows', 'linkerd');

  test('is stated with the reason that the team gave and the advice it goes against', () => {
    const text = outcomeText(pinned({}));
    expect(text).toContain(
      'Chosen option: "Linkerd", because the team pinned it and gives this reason: Group standard since 2026.',
    );
    expect(text).toContain('This is a pin against the advice, which was "No mesh".');
  });
  test('that the advice agrees with says so', () => {
    const agreed: Decided = {
      ...mesh,
      pinned: { pin: { choose: 'none', because: 'x' }, instead: null, against: null },
    };
    expect(outcomeText(agreed)).toContain('The team pinned this option, and the advice agrees.');
  });
  test('against what is impossible says that no starter is generated', () => {
    expect(outcomeText(pinned({ against: { ...hard, kind: 'impossible' } }))).toContain(
      'No starter repository is generated while this pin stands.',
    );
  });
  test('against what is unsupported names its owner, as a bad consequence too', () => {
    const text = outcomeText(pinned({ against: { ...hard, kind: 'unsupported' } }));
    expect(text).toContain('Owner of what follows: Ana.');
    expect(text).toMatch(
      /^\* Bad, because Cilium has no data plane on Windows nodes \(E1\)\. Owner: Ana\.$/m,
    );
  });
  test('against what is forbidden is a waiver with approver and expiry', () => {
    expect(outcomeText(pinned({ against: { ...hard, kind: 'forbidden' } }))).toContain(
      'Waiver: approved by Bo, valid until 2027-06-30.',
    );
    const nobody = pinned({
      pin: { choose: 'linkerd', because: 'x' },
      against: { ...hard, kind: 'forbidden' },
    });
    expect(outcomeText(nobody)).toContain('Waiver: approved by not recorded, valid until not recorded.');
  });
});

describe('the verdict in words', () => {
  test.each([
    [
      { verdict: 'clear' },
      /^\* Verdict: clear\. It stands whatever number of plain reasons a strong one is worth\.$/m,
    ],
    [
      { verdict: 'only-option' },
      /^\* Verdict: only option\. Every other option is ruled out or does not apply to these answers\.$/m,
    ],
    [
      { verdict: 'won-by-default' },
      /^\* Verdict: won by default\. No reason speaks for it; less speaks against it/m,
    ],
    [
      { verdict: 'depends-on-weighting', holdsFor: { from: 4 / 3, to: null } },
      /worth more than 4\/3 plain ones\.$/m,
    ],
    [
      { verdict: 'depends-on-weighting', holdsFor: { from: 1, to: 2.5 } },
      /worth between 1 and 5\/2 plain ones\.$/m,
    ],
    [
      { verdict: 'toss-up', tie: { with: ['linkerd'], brokenBy: 'effort' } },
      /What broke the tie: that it leaves less to operate\.$/m,
    ],
    [
      { verdict: 'toss-up', tie: { with: ['linkerd'], brokenBy: 'driver' } },
      /What broke the tie: the driver that the team ranked highest\.$/m,
    ],
    [
      {
        verdict: 'narrow',
        hingesOn: { rules: ['mesh/no-need'], numbers: [], heldNumbers: [], opinions: false },
      },
      /It hinges on this: "Nothing that a mesh adds is asked for"\./,
    ],
    [
      {
        verdict: 'narrow',
        hingesOn: { rules: [], numbers: [FEWER], heldNumbers: [], opinions: false },
      },
      /It sits near a threshold: "How many services will run within a year\?" answered 19 would move it\./,
    ],
    [
      {
        verdict: 'narrow',
        hingesOn: { rules: [], numbers: [], heldNumbers: [FEWER], opinions: false },
      },
      /Only opinions keep "How many services will run within a year\?" answered 19 from moving it\./,
    ],
    [{ withoutDrivers: 'linkerd' }, /^\* Without the ranked drivers: "Linkerd" would come out\.$/m],
  ] satisfies readonly (readonly [Partial<Decided>, RegExp])[])('%j', (change, words) => {
    expect(outcomeText({ ...mesh, ...change })).toMatch(words);
  });
});

describe('what would change it', () => {
  const flip = (
    question: string,
    from: Flip['changes'][0]['from'],
    answer: Flip['changes'][0]['answer'],
    to: string | null,
  ): Flip => ({
    decision: 'mesh',
    from: 'none',
    to,
    changes: [{ question, from, answer }],
  });
  test.each([
    [
      [flip('service-mtls', 'none', 'mandated', 'linkerd')],
      'answering "Must services prove their identity to one another?" with "Mandated" instead of "No" leads to "Linkerd".',
    ],
    [
      [flip('service-mtls', null, 'mandated', 'linkerd')],
      'answering "Must services prove their identity to one another?" with "Mandated" leads to "Linkerd".',
    ],
    [
      [flip('services', 40, 3, null)],
      'answering "How many services will run within a year?" with "3" instead of "40" makes this decision fall away.',
    ],
    [
      [flip('cloud', 'aws', 'gcp', 'linkerd'), flip('cloud', 'aws', 'on-prem', 'linkerd')],
      'answering "Where do the workloads run?" with "Google Cloud" or "on-prem" instead of "AWS" leads to "Linkerd".',
    ],
    [
      [flip('drivers', ['cost', 'security'], ['cost'], 'linkerd')],
      'answering "What matters most?" with "security" left out leads to "Linkerd".',
    ],
    [[], 'no single answer does.'],
  ])('%j', (flips, words) => {
    expect(outcomeText(mesh, flips)).toContain(`* Would change it: ${words}`);
  });
  test('leaves out flips of other decisions, pairs, and those from another pick', () => {
    const pair: Flip = {
      ...flip('windows', 'no', 'yes', 'linkerd'),
      changes: [
        { question: 'windows', from: 'no', answer: 'yes' },
        { question: 'services', from: 40, answer: 3 },
      ],
    };
    const elsewhere: Flip = { ...flip('windows', 'no', 'yes', 'linkerd'), decision: 'cni' };
    expect(outcomeText(mesh, [pair, elsewhere])).toContain('* Would change it: no single answer does.');
  });
});

test.each([
  [1, '1'],
  [1.5, '3/2'],
  [4 / 3, '4/3'],
  [7, '7'],
  [11 / 7, '11/7'],
])('weights are told as whole numbers or fractions: %d', (value, words) => {
  expect(fraction(value)).toBe(words);
});

describe('the confidence', () => {
  test('leaves out which answers are open, since the notice above names them', () => {
    const because =
      'An answer that is still open can change the pick, it is open how "Is it large, or growing?" and "Where?" are answered, and F-2 is past the day of review.';
    const text = outcomeText({ ...mesh, confidence: { level: 'low', because } });
    expect(text).not.toContain('it is open how');
    expect(text).toContain('F-2 is past the day of review.');
  });
});
