/** `chartroom` alone: the wizard where a terminal can show it, linear prompts where asked for, help where neither can be. */
import { createEngine, type Engine } from '../engine/compile.ts';
import { wantsPlain, whyNoWizard } from '../tui/terminal-check.ts';
import type { FlagValues } from './arguments.ts';
import { EXIT } from './exit-codes.ts';
import { say } from './output.ts';
import { flagDay, readCatalogueOrSay } from './read-run.ts';
import { today } from './today.ts';
import { createWorld } from './world.ts';

export async function startWizard(flags: FlagValues): Promise<number> {
  process.stdout.on('error', leaveQuietlyOnClosedPipe);
  const asOf = flagDay(flags);
  if (asOf === null) return EXIT.badInput;
  const plain = flags.plain === true || wantsPlain(process.env);
  const obstacle = plain ? null : whyNoWizard(process.env, process.stdin, process.stdout);
  if (obstacle !== null) {
    say(`chartroom: no wizard here: ${obstacle}.`);
    say(
      'Without prompts:  chartroom answers --out answers.yaml, then chartroom decide answers.yaml --out DIR',
    );
    say('Linear prompts:   chartroom --plain');
    return EXIT.badInput;
  }
  const catalogue = await readCatalogueOrSay(flags);
  if (catalogue === null) return EXIT.badInput;
  let made: Engine | null = null;
  const engine = () => {
    made ??= createEngine(catalogue);
    return made;
  };
  const world = createWorld(catalogue, engine, asOf ?? today());
  const setup = { engine, catalogue, pace: flags.quick === true ? 'quick' : 'whole' } as const;
  if (plain) {
    const { runPlain } = await import('../tui/plain.ts');
    return runPlain(world, setup);
  }
  const { runWizard } = await import('../tui/run-wizard.tsx');
  return runWizard(world, setup);
}

/** A terminal that was closed, or `chartroom --plain | head`: that is not an error. */
function leaveQuietlyOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
}
