/** Everything that can happen in a run. Keys, numbered prompts, recordings and tests all speak this. */
import type { Answer, Id } from '../content/catalogue.ts';
import type { OpenReport, PlanReport, Progress, SaveReport, WriteReport, WriteRequest } from './effects.ts';
import type { FieldId } from './project-fields.ts';
import type { TextEdit } from './text-draft.ts';

export type Action =
  /** The row under the cursor, or a number by its steps. */
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'move-to'; readonly end: 'first' | 'last' }
  /** A row by its place in the list as shown, from 0: chosen, or marked where several can be. */
  | { readonly type: 'pick'; readonly row: number }
  | { readonly type: 'toggle' }
  | { readonly type: 'accept' }
  | { readonly type: 'unsure' }
  | TextEdit
  | { readonly type: 'next' }
  | { readonly type: 'back' }
  | { readonly type: 'filter' }
  | { readonly type: 'show'; readonly overlay: 'help' | 'stack' | 'topics' }
  /** `last` is the last offset that the shown height allows. */
  | { readonly type: 'scroll'; readonly by: number; readonly last: number }
  | { readonly type: 'review' }
  | { readonly type: 'unanswered' }
  | { readonly type: 'section' }
  /** Between quick mode and every question in order. */
  | { readonly type: 'pace' }
  | { readonly type: 'pin' }
  | { readonly type: 'unpin' }
  | { readonly type: 'write' }
  | { readonly type: 'leave' }
  | { readonly type: 'interrupt' }
  /** Said outright, wherever the cursor is: linear prompts and tests. */
  | { readonly type: 'answer'; readonly question: Id; readonly answer: Answer }
  | { readonly type: 'detail'; readonly field: FieldId; readonly text: string }
  | { readonly type: 'go-to'; readonly question: Id }
  /** Reports of the world. */
  | {
      readonly type: 'offered';
      readonly runs: readonly { readonly savedAt: string; readonly run: unknown }[];
    }
  | { readonly type: 'opened'; readonly report: OpenReport }
  | { readonly type: 'answers-saved'; readonly report: SaveReport }
  | { readonly type: 'planned'; readonly request: WriteRequest; readonly report: PlanReport }
  | { readonly type: 'settled'; readonly decisions: readonly Id[] }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'written'; readonly report: WriteReport }
  /** Something in the world failed that is not the user's doing, for instance saving the run. */
  | { readonly type: 'trouble'; readonly message: string };
