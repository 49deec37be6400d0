/** The one table of commands and flags: parsing, help, completion and the docs are all made from it. */

export interface Flag {
  readonly type: 'boolean' | 'string';
  /** Name of the value in help, for instance `DIR`; absent for booleans. */
  readonly value?: string;
  readonly multiple?: true;
  /** The only values it takes. */
  readonly of?: readonly string[];
  readonly help: string;
}
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Positional arguments as help shows them; upper case in brackets may be left out. */
  readonly arguments: readonly string[];
  /** For completion: what the first argument is. */
  readonly takes: 'file' | readonly string[] | 'nothing';
  readonly flags: Readonly<Record<string, Flag>>;
  readonly examples: readonly string[];
}

const json: Flag = { type: 'boolean', help: 'print the result as JSON' };
const asOf: Flag = {
  type: 'string',
  value: 'DATE',
  help: 'the day that all dated output refers to (YYYY-MM-DD; default: the file, then today)',
};
const pack: Flag = {
  type: 'string',
  value: 'DIR',
  multiple: true,
  help: 'add the questions and recommendations of a folder (repeatable)',
};
const set: Flag = {
  type: 'string',
  value: 'ID=VALUE',
  multiple: true,
  help: 'use this answer instead of the one in the file (repeatable)',
};
const shared = { set, 'as-of': asOf, pack };
const out = (help: string): Flag => ({ type: 'string', value: 'DIR', help });
const dryRun: Flag = {
  type: 'boolean',
  help: 'show what would be written and which lines change, write nothing',
};
const edited: Flag = {
  type: 'string',
  value: 'HOW',
  of: ['merge', 'beside'],
  help: 'files that you edited since: merge ours into them, with markers where both changed the same lines (default), or leave them and put ours beside as FILE.new',
};
const intoExisting: Flag = { type: 'boolean', help: 'write into a directory that is not empty and not ours' };

/** What `chartroom` alone takes. */
export const WIZARD_FLAGS: Readonly<Record<string, Flag>> = {
  plain: {
    type: 'boolean',
    help: 'linear prompts: no screen drawing, for screen readers and simple terminals',
  },
  quick: {
    type: 'boolean',
    help: 'ask the most decisive questions first, and no more once no other can change a decision',
  },
  'as-of': asOf,
  pack,
};

export const COMMANDS: readonly Command[] = [
  {
    name: 'decide',
    summary: 'Decide from an answers file; with --out write the ADRs and the starter repository',
    arguments: ['ANSWERS'],
    takes: 'file',
    flags: {
      out: out('write the repository into this directory'),
      only: {
        type: 'string',
        value: 'PART',
        of: ['adr', 'starter'],
        help: 'write only the ADRs or only the starter',
      },
      profile: {
        type: 'string',
        value: 'HOW-MUCH',
        of: ['full', 'minimal'],
        help: 'minimal: leave out of a cluster what a small platform can add later (traces, node autoscaling, all sample workloads but one, KEDA); the records and the README say so (default: as the directory was written, and full where it is new)',
      },
      json,
      'dry-run': dryRun,
      edited,
      'into-existing': intoExisting,
      ...shared,
    },
    examples: [
      'chartroom decide examples/platform-aws.yaml --out ./platform',
      'chartroom decide examples/platform-aws.yaml --out ./platform --profile minimal',
      'chartroom decide answers.yaml --json | jq .decisions',
      'chartroom decide answers.yaml --set services=60 --set windows=yes',
      'chartroom answers --preset startup | chartroom decide - --set cloud=gcp',
    ],
  },
  {
    name: 'adr',
    summary: 'Export the Architecture Decision Records alone',
    arguments: ['ANSWERS'],
    takes: 'file',
    flags: {
      out: out('the ADR folder itself (required)'),
      format: {
        type: 'string',
        value: 'FORMAT',
        of: ['madr', 'nygard'],
        help: 'madr (default) or nygard, for adr-tools',
      },
      json,
      'dry-run': dryRun,
      edited,
      'into-existing': intoExisting,
      ...shared,
    },
    examples: [
      'chartroom adr answers.yaml --out docs/adr',
      'chartroom adr answers.yaml --out doc/adr --format nygard',
    ],
  },
  {
    name: 'explain',
    summary: 'Say why: one decision or all of them',
    arguments: ['ANSWERS', '[DECISION]'],
    takes: 'file',
    flags: {
      'why-not': { type: 'string', value: 'OPTION', help: 'why this option of the decision was not picked' },
      flips: { type: 'boolean', help: 'every change of one answer, else of two, that would move a pick' },
      json,
      ...shared,
    },
    examples: [
      'chartroom explain answers.yaml mesh',
      'chartroom explain answers.yaml mesh --why-not linkerd',
      'chartroom explain answers.yaml --flips',
    ],
  },
  {
    name: 'answers',
    summary: 'Print an annotated answers file to start from',
    arguments: [],
    takes: 'nothing',
    flags: {
      preset: { type: 'string', value: 'NAME', help: 'start from the answers of a preset' },
      out: { type: 'string', value: 'FILE', help: 'write it to a new file instead of standard output' },
      json: { type: 'boolean', help: 'list questions, values and presets as JSON' },
      'as-of': asOf,
      pack,
    },
    examples: ['chartroom answers --preset regulated --out answers.yaml', 'chartroom answers --json'],
  },
  {
    name: 'check',
    summary: 'Check an answers file and write nothing',
    arguments: ['ANSWERS'],
    takes: 'file',
    flags: { json, ...shared },
    examples: ['chartroom check answers.yaml'],
  },
  {
    name: 'diff',
    summary: 'Say what differs between two answers files, and why; exit 4 when they differ',
    arguments: ['ANSWERS', 'ANSWERS'],
    takes: 'file',
    flags: { json, ...shared },
    examples: ['chartroom diff before.yaml after.yaml', 'chartroom diff answers.yaml - < proposed.yaml'],
  },
  {
    name: 'review',
    summary:
      'Say what changed since a repository was written: knowledge, versions, due records, drifted files; exit 4 then',
    arguments: ['DIR'],
    takes: 'file',
    flags: {
      json,
      'as-of': {
        type: 'string',
        value: 'DATE',
        help: 'the day of the review (YYYY-MM-DD; default: today)',
      },
      pack,
    },
    examples: ['chartroom review .', 'chartroom review ./platform --json | jq .due'],
  },
  {
    name: 'status',
    summary: 'Say where an ADR stands: accepted, rejected or superseded',
    arguments: ['NUMBER', 'accepted|rejected|superseded'],
    takes: 'nothing',
    flags: {
      dir: {
        type: 'string',
        value: 'DIR',
        help: 'the repository or its ADR folder (default: the current directory)',
      },
      by: {
        type: 'string',
        value: 'NAME',
        multiple: true,
        help: 'who decided (repeatable); without it nobody is recorded',
      },
      successor: {
        type: 'string',
        value: 'NUMBER',
        help: 'with superseded: the accepted ADR that takes its place',
      },
      'as-of': {
        type: 'string',
        value: 'DATE',
        help: 'the day of the decision (YYYY-MM-DD; default: today)',
      },
    },
    examples: [
      "chartroom status 3 accepted --by 'Ada Lovelace' --by 'Head of platform'",
      'chartroom status 3 superseded --successor 12 --dir ./platform',
    ],
  },
  {
    name: 'lint',
    summary: 'Prove the knowledge, ours and that of packs, for all answers',
    arguments: [],
    takes: 'nothing',
    flags: {
      strict: {
        type: 'boolean',
        help: 'fail on warnings too: facts past their review, components past end of life',
      },
      json,
      'as-of': {
        type: 'string',
        value: 'DATE',
        help: 'the day on which the knowledge has to be fresh (default: today)',
      },
      pack,
    },
    examples: ['chartroom lint', 'chartroom lint --pack ./our-rules --strict'],
  },
  {
    name: 'schema',
    summary: 'Print a JSON Schema',
    arguments: ['answers|pack|decisions'],
    takes: ['answers', 'pack', 'decisions'],
    flags: { pack },
    examples: ['chartroom schema answers > chartroom.schema.json'],
  },
  {
    name: 'completion',
    summary: 'Print a completion script',
    arguments: ['bash|zsh|fish'],
    takes: ['bash', 'zsh', 'fish'],
    flags: {},
    examples: ['source <(chartroom completion bash)'],
  },
];
