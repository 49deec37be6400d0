/** Two halves in one repository: the serverless one makes room where both would write the same file, and a page says what goes where. */
import { mergeTrees } from '../../files/tree.ts';
import type { StarterInput } from '../part.ts';
import type { DraftPart } from './placeholders.ts';
import { PLACEMENT_PAGE, placementPage } from './placement.ts';

/** What both halves check the whole repository with: the cluster's looks at everything under infra/ as well. */
const SHARED = ['.github/workflows/security.yaml', '.github/workflows/validate.yaml'];
const MARK = 'serverless';

export function sideBySide(input: StarterInput, serverless: DraftPart, cluster: DraftPart): DraftPart {
  const moved = new Map(
    [...serverless.files.keys()]
      .filter(path => cluster.files.has(path) && !SHARED.includes(path))
      .map(path => [path, besides(path)]),
  );
  const files = [...serverless.files]
    .filter(([path]) => !SHARED.includes(path))
    .map(([path, text]) => [moved.get(path) ?? path, rewritten(path, text, moved)] as const);
  const follow = (text: string) => mentioning(text, moved);
  return {
    files: mergeTrees(
      new Map(files),
      cluster.files,
      new Map([[PLACEMENT_PAGE, placementPage(input, moved)]]),
    ),
    placeholders: [...serverless.placeholders, ...cluster.placeholders],
    checks: [
      ...serverless.checks.map(check => ({
        ...check,
        command: follow(check.command),
        path: moved.get(check.path) ?? check.path,
      })),
      ...cluster.checks,
    ],
    nextSteps: [
      `Read ${PLACEMENT_PAGE}: it says which workload goes to which half.`,
      ...(cluster.nextSteps.some(step => step.startsWith('Delegate ')) ? [ZONE_FIRST] : []),
      ...new Set([...serverless.nextSteps.map(follow), ...cluster.nextSteps]),
    ],
  };
}

/** A record that was created before is in the zone above, and gone once the zone is delegated. */
const ZONE_FIRST =
  'Have the zone of the cluster made and delegated before you create any record, which is a step further below: records of both halves lie in it.';

/** `scripts/bootstrap.sh` to `scripts/bootstrap-serverless.sh`. */
function besides(path: string): string {
  return path.replace(/(\.[^./]+)?$/, ending => `-${MARK}${ending}`);
}

function rewritten(path: string, text: string, moved: ReadonlyMap<string, string>): string {
  const followed = mentioning(text, moved);
  if (path.endsWith('.md')) return titled(calling(linking(path, followed, moved), moved), moved.has(path));
  return moved.has(path) && path.startsWith('.github/') ? named(followed) : followed;
}

/** Paths from the root, as scripts, alerts and pages write them. */
function mentioning(text: string, moved: ReadonlyMap<string, string>): string {
  let followed = text;
  for (const [from, to] of moved)
    followed = followed.replace(new RegExp(`(?<![\\w./-])${escaped(from)}(?![\\w-])`, 'g'), () => to);
  return followed;
}

/** Links to a page in the same folder. */
function linking(path: string, text: string, moved: ReadonlyMap<string, string>): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return text.replace(/\]\(([a-z0-9-]+\.md)\)/g, (whole, page: string) => {
    const to = moved.get(`${folder}${page}`);
    return to === undefined ? whole : `](${to.slice(folder.length)})`;
  });
}

/** Pages call a workflow by its name. */
function calling(text: string, moved: ReadonlyMap<string, string>): string {
  return text.replace(/`([a-z-]+)`/g, (whole, name: string) =>
    moved.has(`.github/workflows/${name}.yaml`) ? `\`${name}-${MARK}\`` : whole,
  );
}

function titled(text: string, isMoved: boolean): string {
  return isMoved
    ? text.replace(/^# (.+)$/m, (_, title: string) => `# ${title} of the serverless half`)
    : text;
}

/** A workflow is shown by its name. */
function named(text: string): string {
  return text
    .replace(/^name: (.+)$/m, (_, name: string) => `name: ${name}-${MARK}`)
    .replace(/^( {2}group: )(.+)$/m, (_, key: string, group: string) => `${key}${group}-${MARK}`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
