/** `chartroom adr`: the ADR folder alone. */
import type { AdrHistory } from '../adr/adr-history.ts';
import type { FlagValues } from './arguments.ts';
import { decideAll } from './decide-all.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { lockHead } from './lock-head.ts';
import { say } from './output.ts';
import { ATTRIBUTES, ATTRIBUTES_PATH, covers } from './output-paths.ts';
import { readRun } from './read-run.ts';

export async function adr(positionals: readonly string[], flags: FlagValues): Promise<ExitCode> {
  if (typeof flags.out !== 'string') {
    say('chartroom: adr needs --out DIR, the folder for the ADRs\nTry: chartroom adr --help');
    return EXIT.badInput;
  }
  const run = await readRun(positionals[0] ?? '-', flags);
  if (typeof run === 'number') return run;
  const { catalogue, engine, input, file } = run;
  const decision = decideAll(engine, input, file.project.network);
  const { produceAdrs } = await import('./produce.ts');
  const { writeDecided } = await import('./write-decided.ts');
  const produce = (history: AdrHistory) => {
    const records = produceAdrs(catalogue, file.project, decision, history);
    return {
      ...records,
      tree: new Map([...records.files, [ATTRIBUTES_PATH, ATTRIBUTES]]),
      head: lockHead(catalogue, input, file.project, records.memory),
      covers: covers('everything', ''),
    };
  };
  const { output, code } = await writeDecided(produce, flags.out, 'adr-folder', flags, {
    decision,
    catalogue,
  });
  if (code !== EXIT.done && code !== EXIT.differs) return code;
  for (const note of output?.notes ?? []) say(`Note: ${note}`);
  return decision.exitCode === EXIT.done ? code : decision.exitCode;
}
