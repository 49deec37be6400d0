/** `chartroom explain`: why a decision came out as it did, why not otherwise, and what would change it. */
import type { Id } from '../content/catalogue.ts';
import { nearest } from '../content/nearest.ts';
import { flips } from '../engine/flips.ts';
import type { Flip } from '../engine/outcome.ts';
import { whyNot } from '../engine/why-not.ts';
import type { FlagValues } from './arguments.ts';
import { decideAll } from './decide-all.ts';
import { decisionJson } from './decision-json.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { explainText } from './explain-text.ts';
import { flipText } from './flip-text.ts';
import { print, printJson, say } from './output.ts';
import { type Run, readRun } from './read-run.ts';
import { textWidth, wrap } from './text.ts';

export async function explain(positionals: readonly string[], flags: FlagValues): Promise<ExitCode> {
  const run = await readRun(positionals[0] ?? '-', flags);
  if (typeof run === 'number') return run;
  const { catalogue } = run;
  const wanted = positionals[1];
  if (
    wanted !== undefined &&
    !known(
      wanted,
      catalogue.decisions.map(({ id }) => id),
      'decision',
    )
  )
    return EXIT.badInput;
  const option = flags['why-not'];
  if (typeof option === 'string') return explainWhyNot(run, wanted, option, flags);
  const decision = decideAll(run.engine, run.input, run.file.project.network);
  const all =
    flags.flips === true || wanted !== undefined ? withPairs(run, decision.flips, wanted) : decision.flips;
  if (flags.json === true) {
    const json = decisionJson(decision, catalogue, all);
    const only = (json.decisions as readonly { id: Id }[]).filter(
      ({ id }) => wanted === undefined || id === wanted,
    );
    printJson({ ...json, decisions: only });
    return decision.exitCode;
  }
  const width = textWidth();
  const { figures } = decision;
  const outcomes = decision.stack.outcomes.filter(one => wanted === undefined || one.decision === wanted);
  const texts =
    flags.flips === true
      ? outcomes.map(outcome => flipText(outcome.decision, all, catalogue, width))
      : outcomes.map(outcome =>
          explainText(outcome, { stack: decision.stack, catalogue, flips: all, width, figures }),
        );
  print(texts.join('\n\n'));
  return decision.exitCode;
}

/** Single changes, and pairs for decisions that no single change moves. */
function withPairs({ engine, input }: Run, single: readonly Flip[], wanted: Id | undefined): readonly Flip[] {
  return [...single, ...flips(engine, input, 2, wanted).filter(flip => flip.changes.length === 2)];
}

function explainWhyNot(run: Run, wanted: Id | undefined, option: Id, flags: FlagValues): ExitCode {
  const { catalogue, engine, input } = run;
  if (wanted === undefined) {
    say('chartroom: --why-not needs the decision as well, such as: explain ANSWERS mesh --why-not linkerd');
    return EXIT.badInput;
  }
  const decision = catalogue.decisions.find(({ id }) => id === wanted);
  if (
    decision === undefined ||
    !known(
      option,
      decision.options.map(({ id }) => id),
      `option of ${wanted}`,
    )
  )
    return EXIT.badInput;
  const answer = whyNot(engine, input, wanted, option);
  if (flags.json === true) printJson({ chartroom: 1, decision: wanted, ...answer });
  else print(wrap(answer.says, textWidth()));
  return EXIT.done;
}

function known(word: string, ids: readonly Id[], kind: string): boolean {
  if (ids.includes(word)) return true;
  const near = nearest(word, ids);
  say(`chartroom: there is no ${kind} "${word}"${near === null ? '' : `; did you mean "${near}"?`}`);
  say(`  It is one of: ${ids.join(', ')}.`);
  return false;
}
