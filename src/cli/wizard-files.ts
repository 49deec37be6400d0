/** What the wizard reads and writes, done with the same functions as `decide` uses. Loaded when it first does either. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { AdrHistory } from '../adr/adr-history.ts';
import { parseAnswers } from '../answers/parse.ts';
import { writeAnswers } from '../answers/write.ts';
import type { Catalogue } from '../content/catalogue.ts';
import { formatDiagnostic } from '../content/diagnostic.ts';
import type { Engine } from '../engine/model.ts';
import type { PlannedChange } from '../files/planned-change.ts';
import { systemProblem } from '../files/problem.ts';
import { writePlan } from '../files/write.ts';
import type {
  FileChange,
  PlanReport,
  RunResult,
  WriteReport,
  WriteRequest,
} from '../questionnaire/effects.ts';
import type { World } from '../tui/world.ts';
import { decideAll } from './decide-all.ts';
import { lockHead } from './lock-head.ts';
import { ANSWERS_PATH, ATTRIBUTES, ATTRIBUTES_PATH, covers } from './output-paths.ts';
import { changeText, problemText } from './plan-text.ts';
import type { Repository } from './produce.ts';
import { readText } from './read-text.ts';
import { storedLock } from './stored-lock.ts';
import { profileOfRun } from './stored-profile.ts';
import { rangesToStore, storedRanges } from './stored-ranges.ts';
import { recoverThenPlan } from './write-tree.ts';

export function openAnswers(catalogue: Catalogue, path: string): Awaited<ReturnType<World['openAnswers']>> {
  const read = readText(path);
  if ('problem' in read) return { status: 'refused', path, problems: [formatDiagnostic(read.problem)] };
  const { file, diagnostics } = parseAnswers(read.text, read.name, catalogue);
  if (file === null) {
    const nameless = `${path}: the project has no name\n  Write it into the file, such as project: {name: shop}.`;
    const problems = diagnostics.length === 0 ? [nameless] : diagnostics.map(formatDiagnostic);
    return { status: 'refused', path, problems };
  }
  const { asOf, project, answers, pins } = file;
  return {
    status: 'opened',
    path,
    file: { asOf, project, answers: Object.fromEntries(answers), pins: Object.fromEntries(pins) },
  };
}

export function saveAnswers(result: RunResult, path: string): Awaited<ReturnType<World['saveAnswers']>> {
  try {
    mkdirSync(dirname(resolve(path)), { recursive: true });
    writeFileSync(path, writeAnswers(result), { flag: 'wx' });
    return { status: 'saved', path };
  } catch (error) {
    const { message, help } = systemProblem(error, path);
    return { status: 'failed', message: `${path}: ${message}`, help };
  }
}

async function prepare(catalogue: Catalogue, engine: Engine, result: RunResult, request: WriteRequest) {
  const decision = decideAll(engine, result);
  const own = [
    [ANSWERS_PATH, writeAnswers(result)],
    [ATTRIBUTES_PATH, ATTRIBUTES],
  ] as const;
  const { produceRepository } = await import('./produce.ts');
  const lock = storedLock(request.directory);
  const { profile } = profileOfRun(undefined, lock);
  const kept = { profile, ranges: storedRanges(lock) };
  const produce = (history: AdrHistory) => {
    const repository = produceRepository(catalogue, result.project, decision, request.what, history, kept);
    return {
      ...repository,
      tree: new Map([...repository.files, ...own]),
      head: {
        ...lockHead(catalogue, result, result.project, repository.memory),
        ...(request.what === 'adr' ? {} : { profile }),
        ...rangesToStore(repository.ranges),
      },
      covers: covers(request.what, history.folder),
    };
  };
  const { plan, output, recovered, warnings } = recoverThenPlan(produce, {
    directory: request.directory,
    place: 'repository',
    form: null,
    existing: request.intoExisting ? 'join' : 'refuse',
    edited: 'merge',
  });
  const changes = plan.status === 'ready' ? plan.changes : [];
  const merged = changes.filter(({ change }) => change === 'merge').map(changeText);
  const notes = [
    ...(recovered === null ? [] : [recovered]),
    ...warnings,
    ...(output?.notes ?? []),
    ...merged,
  ];
  return { decision, output, plan, notes };
}

export async function planReport(
  catalogue: Catalogue,
  engine: Engine,
  result: RunResult,
  request: WriteRequest,
): Promise<PlanReport> {
  const { plan, notes } = await prepare(catalogue, engine, result, request);
  switch (plan.status) {
    case 'occupied':
      return { status: 'occupied', directory: request.directory, message: plan.problem.message };
    case 'refused':
      return { status: 'refused', message: plan.problems.map(problemText).join('\n'), help: '' };
    case 'ready': {
      const files = plan.changes.map(({ path, change }) => ({ path, change: fileChange(change) }));
      return { status: 'ready', directory: request.directory, files, notes };
    }
  }
}

export async function writeRun(
  catalogue: Catalogue,
  engine: Engine,
  result: RunResult,
  request: WriteRequest,
  onProgress: Parameters<World['write']>[2],
): Promise<WriteReport> {
  const { decision, output, plan, notes } = await prepare(catalogue, engine, result, request);
  if (plan.status !== 'ready' || output === null) {
    const problems =
      plan.status === 'occupied' ? [plan.problem] : plan.status === 'refused' ? plan.problems : [];
    return { status: 'failed', message: problems.map(problemText).join('\n'), help: '' };
  }
  const written = await writePlan(plan, { onProgress });
  if (written.status === 'failed')
    return { status: 'failed', message: problemText(written.problem), help: '' };
  if (written.status === 'interrupted') {
    return {
      status: 'failed',
      message: 'Interrupted; the directory is as it was.',
      help: 'Write again, or leave.',
    };
  }
  const changed = plan.changes.filter(change => 'text' in change);
  return {
    status: 'written',
    directory: request.directory,
    files: changed.map(({ path }) => path),
    answersFile: join(request.directory, ANSWERS_PATH),
    nextCommands: nextCommands(request.directory, output),
    notes,
    exitCode: decision.exitCode,
  };
}

function fileChange(change: PlannedChange['change']): FileChange {
  return change === 'merge' ? 'update' : change;
}

/** To look, to check, to understand: what is there in every repository that we write. */
function nextCommands(directory: string, { files, folder }: Repository): readonly string[] {
  const at = relative('.', resolve(directory)) || '.';
  const place = at.startsWith('-') ? `./${at}` : at;
  return [
    `cd ${place}`,
    files.has('README.md') ? 'less README.md' : `less ${folder}/index.md`,
    ...(files.has('scripts/validate.sh')
      ? ['scripts/validate.sh']
      : ['chartroom explain .chartroom/answers.yaml']),
  ];
}
