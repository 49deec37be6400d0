/** `npm run bench`: start-up as ratios to bare node measured in the same run, and decisions per second beside a peer. */
import { cpus } from 'node:os';
import { costs } from './advice.ts';
import { decisions } from './decisions.ts';
import { startUp } from './start-up.ts';

const ROUNDS = 15;

const line = (cells: readonly string[]) =>
  `${(cells[0] ?? '').padEnd(48)}${cells
    .slice(1)
    .map(cell => cell.padStart(12))
    .join('')}`;

console.log(
  `Node ${process.version}, ${cpus().length} processors, medians of ${ROUNDS} rounds, cases in turn.\n`,
);
console.log(line(['whole process', 'ms', 'x node -e 0']));
for (const row of await startUp(ROUNDS))
  console.log(line([row.name, row.milliseconds.toFixed(0), row.ratio.toFixed(2)]));
console.log(`\n${line(['decisions per processor second', '', ''])}`);
const rates = await decisions(ROUNDS);
const slowest = Math.min(...rates.map(({ perSecond }) => perSecond));
for (const { name, perSecond } of rates)
  console.log(line([name, Math.round(perSecond).toString(), `x ${(perSecond / slowest).toFixed(1)}`]));

console.log(`\n${line(['advice, processor time', 'ms', 'budget'])}`);
for (const { name, milliseconds, budget } of costs(4 * ROUNDS)) {
  console.log(line([name, milliseconds.toFixed(2), `< ${budget}`]));
}
