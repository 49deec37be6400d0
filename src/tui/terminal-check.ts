/** Decides before Ink is loaded whether a wizard can run here at all, and whether linear prompts serve better. */

type Env = Readonly<Record<string, string | undefined>>;
interface Stream {
  readonly isTTY?: boolean;
}

/** Why the drawn wizard cannot run, as one sentence; null where it can. Nothing may wait for a key that cannot come. */
export function whyNoWizard(env: Env, stdin: Stream, stdout: Stream): string | null {
  if (stdin.isTTY !== true) return 'standard input is not a terminal, so no key can arrive';
  if (stdout.isTTY !== true) return 'standard output is not a terminal, so nothing can be drawn';
  if (env.TERM === 'dumb') return 'TERM is "dumb": this terminal cannot redraw a screen';
  return null;
}

/** Ink's own switch for screen readers: the wizard then asks in linear prompts, without drawing. */
export function wantsPlain(env: Env): boolean {
  return env.INK_SCREEN_READER === 'true' || env.INK_SCREEN_READER === '1';
}
