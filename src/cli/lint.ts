/** `chartroom lint`: proves the knowledge, ours and that of packs, for all answers. The prover is a bundle of its own. */
import { PHASES, type Phase } from '../proof/property.ts';
import type { FlagValues } from './arguments.ts';
import { readSourceCatalogue } from './catalogue-source.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { lintJson, mistakesJson } from './lint-json.ts';
import { findingText, summaryText } from './lint-text.ts';
import { print, printJson, say, sayDiagnostics } from './output.ts';
import { flagDay, flagList } from './read-run.ts';
import { textWidth } from './text.ts';
import { today } from './today.ts';

/** For so long nothing is said about how far it is. */
const SILENT_MS = 1000;

export async function lint(_: readonly string[], flags: FlagValues): Promise<ExitCode> {
  const dayGiven = flagDay(flags);
  if (dayGiven === null) return EXIT.badInput;
  const day = dayGiven ?? today();
  const start = performance.now();
  const packs = flagList(flags.pack);
  const resolved = await readSourceCatalogue(packs);
  if (resolved.catalogue === null) {
    if (flags.json === true) printJson(mistakesJson(resolved.diagnostics, day));
    else sayDiagnostics(resolved.diagnostics);
    return EXIT.badInput;
  }
  const onPhase = (phase: Phase): void => {
    if (performance.now() - start < SILENT_MS) return;
    say(`Proving ${phase} (${PHASES.indexOf(phase) + 1} of ${PHASES.length}) …`);
  };
  const { proveContent } = await import('./prove-content.ts');
  const proven = proveContent({ ...resolved, catalogue: resolved.catalogue, packs }, day, onPhase);
  const seconds = (performance.now() - start) / 1000;
  if (flags.json === true) printJson(lintJson(proven, seconds));
  else {
    for (const finding of proven.proof.findings) print(`${findingText(finding, proven, textWidth())}\n`);
    print(summaryText(proven, seconds, textWidth()));
  }
  const fails = flags.strict === true ? ['error', 'warning'] : ['error'];
  return proven.proof.findings.some(({ severity }) => fails.includes(severity)) ? EXIT.badInput : EXIT.done;
}
