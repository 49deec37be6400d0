/** `chartroom adr`: the ADR folder alone. */
import type { FlagValues } from './arguments.ts';
import { targetOf } from './decide.ts';
import { decisionJson } from './decision-json.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { lockHead } from './lock-head.ts';
import { print, printJson, say } from './output.ts';
import { ATTRIBUTES, ATTRIBUTES_PATH, coversAll } from './output-paths.ts';
import { planJson } from './plan-json.ts';
import { decideAll, produceAdrs } from './produce.ts';
import { readRun } from './read-run.ts';
import { writeTree } from './write-tree.ts';

export async function adr(positionals: readonly string[], flags: FlagValues): Promise<ExitCode> {
  if (typeof flags.out !== 'string') {
    say('chartroom: adr needs --out DIR, the folder for the ADRs\nTry: chartroom adr --help');
    return EXIT.badInput;
  }
  const run = await readRun(positionals[0] ?? '-', flags);
  if (typeof run === 'number') return run;
  const { catalogue, engine, input, file } = run;
  const decision = decideAll(engine, input);
  const asJson = flags.json === true;
  const form = flags.format === 'nygard' ? 'nygard' : 'madr';
  const output = {
    tree: new Map([
      ...produceAdrs(catalogue, file.project, decision, [], form),
      [ATTRIBUTES_PATH, ATTRIBUTES],
    ]),
    head: lockHead(catalogue, input, file.project),
    covers: coversAll,
  };
  const mode = flags['dry-run'] === true ? 'dry-run' : 'write';
  const { plan, written, code } = await writeTree(
    output,
    targetOf(flags.out, flags),
    mode,
    asJson ? say : print,
  );
  if (asJson) printJson({ ...decisionJson(decision, catalogue), plan: planJson(plan, written, []) });
  if (code !== EXIT.done && code !== EXIT.differs) return code;
  return decision.exitCode === EXIT.done ? code : decision.exitCode;
}
