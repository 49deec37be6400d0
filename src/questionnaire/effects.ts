/** What a run asks of the world and what the world reports back: plain data on both sides. */
import type { Answer, Answers, Day, Id } from '../content/catalogue.ts';
import type { Project } from '../content/project.ts';
import type { Pin, Pins } from '../engine/outcome.ts';

/** What a run comes to: all that an answers file holds. */
export interface RunResult {
  readonly asOf: Day;
  readonly project: Project;
  /**
   * All that were given, in the catalogue's order. Also those that no longer apply: such an answer can be the very
   * reason why its question fell away.
   */
  readonly answers: Answers;
  readonly pins: Pins;
}

export type What = 'everything' | 'adr' | 'starter';
export interface WriteRequest {
  /** As the user typed it: relative to the working directory, or absolute. */
  readonly directory: string;
  readonly what: What;
  /** The user agreed to write beside what is there already. */
  readonly intoExisting: boolean;
}

/** `kept`: a file that the user changed since we wrote it and that stays as it is. */
export type FileChange = 'create' | 'update' | 'remove' | 'unchanged' | 'kept';
export interface PlannedFile {
  /** Relative to the directory. */
  readonly path: string;
  readonly change: FileChange;
}
export type PlanReport =
  | {
      readonly status: 'ready';
      readonly directory: string;
      readonly files: readonly PlannedFile[];
      /** Sentences that the user should read before agreeing, for instance what is not generated for this stack. */
      readonly notes: readonly string[];
    }
  /** The directory holds something that is not ours; planning again with `intoExisting` would go ahead. */
  | { readonly status: 'occupied'; readonly directory: string; readonly message: string }
  | { readonly status: 'refused'; readonly message: string; readonly help: string };

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** The file just written; empty at the start. */
  readonly path: string;
}
export type WriteReport =
  | {
      readonly status: 'written';
      readonly directory: string;
      /** Paths written, relative to the directory. */
      readonly files: readonly string[];
      /** The answers file that `chartroom decide` reproduces the same bytes from. */
      readonly answersFile: string;
      /** At most three commands to go on with, in order. */
      readonly nextCommands: readonly string[];
      readonly notes: readonly string[];
      /** 3 where a decision or a pin is impossible, as `decide` would exit. */
      readonly exitCode: 0 | 3;
    }
  | { readonly status: 'failed'; readonly message: string; readonly help: string };

/** What an opened answers file held; checked against the catalogue by whoever read it. */
export interface OpenedFile {
  readonly asOf: Day | null;
  readonly project: Project;
  readonly answers: Readonly<Record<Id, Answer>>;
  readonly pins: Readonly<Record<Id, Pin>>;
}
export type OpenReport =
  | { readonly status: 'opened'; readonly path: string; readonly file: OpenedFile }
  /** `problems` are formatted diagnostics, one per entry. */
  | { readonly status: 'refused'; readonly path: string; readonly problems: readonly string[] };

export type SaveReport =
  | { readonly status: 'saved'; readonly path: string }
  | { readonly status: 'failed'; readonly message: string; readonly help: string };
