/** `chartroom adr`: the ADR folder alone. */
import type { FlagValues } from './arguments.ts';
import { decisionJson } from './decision-json.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { printJson, say } from './output.ts';
import { decideAll, produceAdrs } from './produce.ts';
import { readRun } from './read-run.ts';
import { coversAll, writeTree } from './write-tree.ts';

export async function adr(positionals: readonly string[], flags: FlagValues): Promise<ExitCode> {
  if (typeof flags.out !== 'string') {
    say('chartroom: adr needs --out DIR, the folder for the ADRs\nTry: chartroom adr --help');
    return EXIT.badInput;
  }
  const run = await readRun(positionals[0] ?? '-', flags);
  if (typeof run === 'number') return run;
  const { catalogue, engine, input, file } = run;
  const decision = decideAll(engine, input);
  const { stack } = decision;
  if (flags.json === true) printJson(decisionJson(decision, catalogue));
  const tree = produceAdrs(
    catalogue,
    file.project,
    decision,
    [],
    flags.format === 'nygard' ? 'nygard' : 'madr',
  );
  const existing = flags['into-existing'] === true ? 'join' : 'refuse';
  const target = { directory: flags.out, existing, covers: coversAll } as const;
  const code = await writeTree(tree, stack, target, flags['dry-run'] === true ? 'dry-run' : 'write');
  return code === EXIT.done ? decision.exitCode : code;
}
