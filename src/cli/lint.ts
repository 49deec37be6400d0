/** `chartroom lint`: proves the knowledge, ours and that of packs, for all answers. The prover is a bundle of its own. */
import type { FlagValues } from './arguments.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { print, printJson, say, sayDiagnostics } from './output.ts';
import { flagDay, flagList } from './read-run.ts';
import { today } from './today.ts';

export async function lint(_: readonly string[], flags: FlagValues): Promise<ExitCode> {
  const asOf = flagDay(flags);
  if (asOf === null) return EXIT.badInput;
  const { proveContent } = await import('./prove-content.ts');
  const start = performance.now();
  const onPhase = (phase: string): void => {
    if (process.stderr.isTTY && process.env.CI === undefined) say(`${phase} …`);
  };
  const result = proveContent(flagList(flags.pack), asOf ?? today(), onPhase);
  if ('diagnostics' in result) {
    sayDiagnostics(result.diagnostics);
    return EXIT.badInput;
  }
  const { findings, counts } = result;
  const fails = flags.strict === true ? ['error', 'warning'] : ['error'];
  const failing = findings.filter(({ severity }) => fails.includes(severity)).length;
  if (flags.json === true) {
    printJson({ chartroom: 1, 'as-of': asOf ?? today(), counts, findings });
  } else {
    for (const finding of findings) {
      print(`${finding.place}: ${finding.severity}: ${finding.code}: ${finding.message}\n  ${finding.help}`);
      for (const [index, text] of finding.reproduction.entries()) {
        print(
          `  To reproduce${finding.reproduction.length > 1 ? ` (${index + 1})` : ''}, as an answers file:`,
        );
        print(text.replace(/^/gm, '    ').trimEnd());
      }
    }
  }
  const summary = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  say(`Proven for all answers: ${summary.join(', ')}; ${failing} of ${findings.length} findings fail.`);
  say(`It took ${((performance.now() - start) / 1000).toFixed(1)} s.`);
  return failing > 0 ? EXIT.badInput : EXIT.done;
}
