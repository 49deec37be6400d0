/**
 * What is advised is written whole: answers at random without a pin. test/proof/holes.test.ts proves it for gaps that
 * picks tell; here are the others as well. CHARTROOM_SEED chooses other answers.
 */
import { expect, test, vi } from 'vitest';
import { numberAdrs } from '../../src/adr/number.ts';
import { decideAll } from '../../src/cli/decide-all.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { clusterPart } from '../../src/starter/cluster.ts';
import { pickOf } from '../../src/starter/picks.ts';
import { serverlessPart } from '../../src/starter/serverless.ts';
import { catalogue } from '../starter/platform-aws.ts';
import { drawStack, newDealer } from './draw.ts';

const LONG = process.env.CHARTROOM_LONG === '1';
const STACKS = LONG ? 1500 : 20;
vi.setConfig({ testTimeout: LONG ? 3_600_000 : 300_000 });

test('nobody is advised what is left out', () => {
  const engine = createEngine(catalogue);
  const dealer = newDealer(engine, Number(process.env.CHARTROOM_SEED ?? 866));
  const left = new Map<string, string>();
  for (let stacks = 0; stacks < STACKS; ) {
    const drawn = drawStack(dealer);
    if (drawn === null) continue;
    const input = { answers: drawn.answers, pins: new Map(), asOf: '2026-11-20' };
    const { stack, conflicts } = decideAll(engine, input);
    if (conflicts.length > 0 || pickOf(stack, 'control-plane') === null) continue;
    stacks++;
    const numbers = numberAdrs(stack, catalogue);
    const whole = {
      stack,
      catalogue,
      project: { name: 'advised' },
      adrOf: (decision: string) => numbers.get(decision) ?? null,
    };
    for (const { decision, because } of [...serverlessPart(whole).missing, ...clusterPart(whole).missing])
      left.set(`${decision}: ${because}`, JSON.stringify([...drawn.answers]));
  }
  expect([...left]).toEqual([]);
});
