/** Verdicts, kinds of hard rules and targets in the words that users read. */
import type { RuleOutKind } from '../content/catalogue.ts';
import type { Outcome, Verdict } from '../engine/outcome.ts';

const VERDICTS: Readonly<Record<Verdict, { readonly short: string; readonly sentence: string }>> = {
  'only-option': { short: 'only option', sentence: 'Nothing else is possible with these answers.' },
  clear: { short: 'clear', sentence: 'It stands whichever single reason is dropped.' },
  narrow: { short: 'narrow', sentence: 'It hinges on single reasons, or lies near a threshold.' },
  'depends-on-weighting': {
    short: 'depends on weighting',
    sentence: 'It depends on how much a strong reason is worth.',
  },
  'won-by-default': {
    short: 'by default',
    sentence: 'Nothing speaks for it; less speaks against it than against the others.',
  },
  'toss-up': { short: 'toss-up', sentence: 'Another option is as good by the reasons.' },
  'not-settled': { short: 'not settled', sentence: 'An open question can still change it.' },
};
export function verdictSentence(verdict: Verdict): string {
  return VERDICTS[verdict].sentence;
}

/** One or two words for a row of a list. */
export function statusWords(outcome: Outcome): string {
  switch (outcome.status) {
    case 'not-needed':
      return 'not needed';
    case 'impossible':
      return 'impossible';
    case 'decided':
      return outcome.pinned === null ? VERDICTS[outcome.verdict].short : 'pinned';
  }
}

export const RULED_OUT: Readonly<Record<RuleOutKind, string>> = {
  impossible: 'impossible',
  unsupported: 'runs, but the vendor will not help',
  forbidden: 'forbidden by house rule or law',
};
