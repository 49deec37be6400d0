/**
 * Checks emitted GitHub workflows offline: GitHub's own parser with the inputs of the actions in `action-inputs.ts`,
 * and what it does not look at: permissions, time limits, script injection, pinned actions, long-lived keys.
 *
 *     expect(await checkWorkflows(files)).toEqual([]);
 */
import { validate } from '@actions/languageservice/validate';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import type { FileTree } from '../../src/files/tree.ts';
import { ACTION_INPUTS } from './action-inputs.ts';

export interface WorkflowFinding {
  readonly file: string;
  /** 1-based; 0 where the whole file is meant. */
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly uses?: string;
  readonly permissions?: unknown;
  readonly steps?: readonly Step[];
  readonly 'timeout-minutes'?: unknown;
}
interface Workflow {
  readonly on?: unknown;
  readonly permissions?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
}

/** All findings in `.github/workflows/`, by file; an empty list means that nothing was found. */
export function checkWorkflows(files: FileTree): Promise<readonly WorkflowFinding[]> {
  return checkWorkflowsOf([files]);
}

/** The same of several trees at once; what they share is looked at once. */
export async function checkWorkflowsOf(trees: readonly FileTree[]): Promise<readonly WorkflowFinding[]> {
  const findings: WorkflowFinding[] = [];
  const seen = new Set<string>();
  for (const [file, text] of trees.flatMap(files => [...files])) {
    if (!/^\.github\/workflows\/.+\.ya?ml$/.test(file) || seen.has(text)) continue;
    seen.add(text);
    const found = known.get(text) ?? [...(await parserFindings(text)), ...lint(text)];
    known.set(text, found);
    findings.push(...found.map(finding => ({ file, ...finding })));
  }
  return findings;
}

type Unplaced = Omit<WorkflowFinding, 'file'>;

/** Trees share most of their workflows, so each is read once. */
const known = new Map<string, readonly Unplaced[]>();

let documents = 0;

async function parserFindings(text: string): Promise<readonly Unplaced[]> {
  // The parser caches by URI, so every document has one of its own.
  const uri = `file:///.github/workflows/${documents++}.yaml`;
  const diagnostics = await validate(TextDocument.create(uri, 'yaml', 1, text), {
    actionsMetadataProvider: {
      fetchActionMetadata: ({ owner, name, path }) => {
        const action = ACTION_INPUTS[[owner, name, path].filter(Boolean).join('/')];
        if (action === undefined) return Promise.resolve(undefined);
        const table = (names: string) =>
          Object.fromEntries(names.split(/\s+/).map(input => [input, { description: '', required: false }]));
        return Promise.resolve({
          name,
          description: '',
          inputs: table(action.inputs),
          outputs: table(action.outputs) as Record<string, { description: string }>,
        });
      },
    },
  });
  return diagnostics
    .filter(({ severity }) => severity === undefined || severity <= 2)
    .map(({ range, message }) => ({
      line: range.start.line + 1,
      code: 'github',
      message: typeof message === 'string' ? message : message.value,
    }));
}

const UNTRUSTED = /\$\{\{[^}]*\b(github\.event\.|github\.head_ref|github\.ref_name|inputs\.)/;

function lint(text: string): readonly Unplaced[] {
  const findings: Unplaced[] = [];
  const report = (code: string, message: string, line = 0) => findings.push({ line, code, message });
  const workflow = parse(text) as Workflow;
  if (workflow.permissions === undefined) report('permissions', 'no permissions at the top of the workflow');
  if (writesSomething(workflow.permissions)) report('permissions', 'write permissions belong to a job');
  if (/\bpull_request_target\b/.test(JSON.stringify(workflow.on ?? '')))
    report('pull-request-target', 'pull_request_target runs with secrets on code of strangers');
  for (const [name, job] of Object.entries(workflow.jobs ?? {})) {
    if (job.permissions === 'write-all') report('permissions', `job ${name} may write everything`);
    if (job.uses === undefined && job['timeout-minutes'] === undefined)
      report('timeout', `job ${name} has no timeout-minutes`);
    for (const step of job.steps ?? []) lintStep(name, step, report);
  }
  for (const [index, line] of text.split('\n').entries()) {
    const uses = /^\s*(?:- )?uses: (\S+)(.*)$/.exec(line);
    if (uses !== null && !isPinned(uses[1] ?? '', uses[2] ?? ''))
      report('unpinned', `${uses[1]} is not pinned`, index + 1);
  }
  return findings;
}

function lintStep(job: string, step: Step, report: (code: string, message: string) => void): void {
  const action = step.uses?.split('@')[0] ?? '';
  if (step.run !== undefined && UNTRUSTED.test(step.run))
    report('injection', `job ${job} puts text of strangers into a script; hand it over in env`);
  if (action === 'actions/checkout' && step.with?.['persist-credentials'] !== false)
    report('credentials', `job ${job} leaves the checkout's token on disk; set persist-credentials: false`);
  if (action !== '' && !action.startsWith('./') && !(action in ACTION_INPUTS))
    report('unknown-action', `the inputs of ${action} are not in test/checks/action-inputs.ts`);
  const values = JSON.stringify([step.with ?? {}, (step as { env?: unknown }).env ?? {}]);
  if (
    /credentials_json|aws-access-key-id|aws-secret-access-key|AWS_SECRET_ACCESS_KEY|client-secret/.test(
      values,
    )
  )
    report('long-lived-key', `job ${job} uses a key; use OIDC federation`);
}

function writesSomething(permissions: unknown): boolean {
  return JSON.stringify(permissions ?? '').includes('write');
}

/** A commit with its tag in a comment; or a full version tag with a comment that says who pins it. */
function isPinned(uses: string, comment: string): boolean {
  if (uses.startsWith('./')) return true;
  const reference = uses.split('@')[1] ?? '';
  if (/^[0-9a-f]{40}$/.test(reference)) return /#\s*v?\d+\.\d+/.test(comment);
  return /^v?\d+\.\d+\.\d+$/.test(reference) && /#.*Renovate/.test(comment);
}
