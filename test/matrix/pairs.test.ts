/** Every pair of options that was seen to occur together is in a stack whose starter is generated and checked whole. */
import { expect, test } from 'vitest';
import { createEngine } from '../../src/engine/compile.ts';
import { catalogue } from '../starter/platform-aws.ts';
import { findingsOf } from './check.ts';
import { cover, pairs } from './cover.ts';
import { newDealer } from './draw.ts';
import { counted, startersOf, summary } from './starters.ts';

const engine = createEngine(catalogue);
const DRAWS = 3000;

test('every pair of options that occurs together is generated, and no stack has a finding', async () => {
  const matrix = cover(newDealer(engine, 20), pairs, DRAWS);
  const { starters, faults } = startersOf(engine, matrix.stacks);
  const findings = [...faults, ...(await findingsOf(starters))];
  console.log(`matrix: ${matrix.sets} pairs of picks, ${summary(counted(starters), findings)}`);
  expect(findings).toEqual([]);
  expect(matrix.sets).toBeGreaterThan(5000);
}, 1_200_000);
