/** What the owners of a platform need beside its files: costs, dates, exceptions, images, controls. */
import { type FileTree, mergeTrees } from '../../files/tree.ts';
import type { ClusterParts } from '../cluster.ts';
import { commented, headline } from '../headline.ts';
import { CAPACITY_PAGE, capacityPage } from './capacity.ts';
import { script } from './common-files.ts';
import { controlsPage } from './controls.ts';
import { costToOwnPage } from './cost-to-own.ts';
import { EXCEPTIONS_PATH, exceptionsRegister } from './exceptions.ts';
import { firstServicePage } from './first-service.ts';
import { imagesList } from './images.ts';
import { CHECK_EXCEPTIONS_PATH, checkExceptions } from './scripts/check-exceptions.ts';
import { MIRROR_IMAGES } from './scripts/mirror-images.ts';
import { NEW_SERVICE_PATH, newServiceScript } from './scripts/new-service.ts';
import { PREFLIGHT_PATH, preflightScript } from './scripts/preflight.ts';
import { upgradeCalendarPage } from './upgrade-calendar.ts';

/** `tree` is what the rest of the repository holds: files are only named where they are. */
export function operationsFiles(parts: ClusterParts, tree: FileTree): FileTree {
  const { input, images } = parts;
  const comment = commented(headline(input, 'platform-defaults'));
  const files = new Map([
    ['docs/cost-to-own.md', costToOwnPage(parts)],
    ['docs/upgrade-calendar.md', upgradeCalendarPage(parts)],
    [EXCEPTIONS_PATH, exceptionsRegister(parts)],
    [CHECK_EXCEPTIONS_PATH, script(comment, checkExceptions(infraFolders(parts)))],
    [CAPACITY_PAGE, capacityPage(parts)],
    [PREFLIGHT_PATH, script(comment, preflightScript(parts))],
    ['images.txt', imagesList(input, images)],
    ['scripts/mirror-images.sh', script(comment, MIRROR_IMAGES)],
  ]);
  const newService = newServiceScript(parts);
  if (newService !== null) {
    files.set('docs/first-service.md', firstServicePage(parts));
    files.set(NEW_SERVICE_PATH, script(comment, newService));
  }
  return mergeTrees(
    files,
    new Map([['docs/controls.md', controlsPage(input, mergeTrees(tree, files, COMMON))]]),
  );
}

/** Written for every repository, after all of this. */
const COMMON: FileTree = new Map(['CODEOWNERS', 'renovate.json5'].map(path => [path, '']));

/** Those of the clusters: a serverless half keeps its reasons beside its resources. */
function infraFolders({ contribution }: ClusterParts): readonly string[] {
  const folders = [...contribution.files.keys()].flatMap(path => /^infra\/[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort();
}
