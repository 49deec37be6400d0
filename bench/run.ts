/** `npm run bench`: start-up as ratios to bare Node measured in the same run, and the engine beside peers, with budgets. */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { costs } from './advice.ts';
import { decisions } from './decisions.ts';
import { generation } from './generation.ts';
import { nodes } from './nodes.ts';
import { memory } from './processes.ts';
import { peaks, startUp } from './start-up.ts';
import { writing } from './writing.ts';

const ROUNDS = Number(process.env.CHARTROOM_ROUNDS ?? 15);
/** Answer sets per second and core that C with AVX-512 reaches on 800 rules: what the hardware allows. */
const LIMIT = 695e6;

const line = (cells: readonly string[]) =>
  `${(cells[0] ?? '').padEnd(50)}${cells
    .slice(1)
    .map(cell => cell.padStart(12))
    .join('')}`;
const title = (cells: readonly string[]) => console.log(`\n${line(cells)}`);
const within = (value: number, budget: number | null): readonly string[] =>
  budget === null
    ? ['', '']
    : [`<= ${budget < 10 ? budget : Math.round(budget)}`, value <= budget ? 'held' : 'NOT HELD'];

console.log(`${cpus().length} processors, medians of ${ROUNDS} rounds, cases in turn; written to ${memory}.`);
if (process.env.NODE_EXTRA_CA_CERTS !== undefined)
  console.log(
    'NODE_EXTRA_CA_CERTS is set: Node 20 reads it at every start, and its ratios look better than they are.',
  );

const binaries = nodes();
for (const { version, path } of binaries) {
  title([`whole process, Node ${version}`, 'ms', 'x node -e 0', 'budget', '']);
  for (const { name, milliseconds, ratio, budget } of await startUp(path, version, ROUNDS))
    console.log(line([name, milliseconds.toFixed(0), ratio.toFixed(2), ...within(ratio, budget)]));
}

title(['peak resident size', 'MB', '', 'budget', '']);
for (const { name, megabytes, budget } of await peaks(process.execPath))
  console.log(line([name, megabytes.toFixed(0), '', ...within(megabytes, budget)]));

title(['answer sets per processor second', '', 'x slowest']);
const rates = await decisions(ROUNDS);
const slowest = Math.min(...rates.map(({ perSecond }) => perSecond));
for (const { name, perSecond } of rates)
  console.log(line([name, Math.round(perSecond).toString(), `x ${(perSecond / slowest).toFixed(1)}`]));
for (const { name, computes } of rates) console.log(`  ${name}: ${computes}`);
const rateOf = (part: string) => rates.find(({ name }) => name.includes(part))?.perSecond ?? Number.NaN;
const [rules, picked] = [rateOf('rules alone'), rateOf('one set after')];
const [engine, cel] = [rateOf('json-rules'), rateOf('cel-js')];
const held = (ratio: number, least: number) =>
  `x ${ratio.toFixed(1)} (at least ${least}: ${ratio >= least ? 'held' : 'NOT HELD'})`;
console.log(
  `  which rules fire, beside json-rules-engine: ${held(rules / engine, 100)}, beside CEL: ${held(rules / cel, 5)}`,
);
console.log(`  all picks, beside json-rules-engine that gets them: x ${(picked / engine).toFixed(0)}`);
console.log(
  `  simulated, of what the hardware allows: ${((rateOf('simulated') / LIMIT) * 100).toFixed(3)} %`,
);

title(['advice, processor time', 'ms', '', 'budget', '']);
for (const { name, milliseconds, budget } of costs(4 * ROUNDS))
  console.log(line([name, milliseconds.toFixed(2), '', ...within(milliseconds, budget)]));

const made = generation(4 * ROUNDS);
title([
  `${made.files} files, ${(made.bytes / 1024).toFixed(0)} KiB (${made.name}), warm`,
  'ms',
  '',
  'budget',
  '',
]);
console.log(
  line([
    'the starter in memory',
    made.milliseconds.toFixed(1),
    '',
    ...within(made.milliseconds, made.budget),
  ]),
);
console.log(line(['  processor time of all threads', made.processor.toFixed(1), '']));
console.log(line(['  the same after 200 times', made.settled.toFixed(1), '']));

const { files, bytes, loop, safely, generated } = await writing(ROUNDS);
title([`${files} files, ${(bytes / 1024).toFixed(0)} KiB (regulated-azure)`, 'ms', 'x loop', 'budget', '']);
console.log(line(['a bare loop', loop.toFixed(1), '1.00']));
console.log(
  line([
    'planned, with lock, by one rename',
    safely.toFixed(1),
    (safely / loop).toFixed(2),
    ...within(safely / loop, 2),
  ]),
);
console.log(
  line(['worked out from the decision as well', generated.toFixed(1), (generated / loop).toFixed(2)]),
);

const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: resolve(import.meta.dirname, '..'),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
) as readonly { size: number; unpackedSize: number }[];
title(['package', 'MB', '', 'budget', '']);
const packedMb = (packed?.size ?? Number.NaN) / 1e6;
console.log(line(['packed', packedMb.toFixed(2), '', ...within(packedMb, 3)]));
console.log(line(['unpacked', ((packed?.unpackedSize ?? Number.NaN) / 1e6).toFixed(2)]));
