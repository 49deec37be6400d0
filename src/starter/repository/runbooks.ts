/** docs/runbooks: what to do step by step, the modules' own pages among them. */
import type { FileTree } from '../../files/tree.ts';
import { markdownHeadline } from '../headline.ts';
import type { ModuleInput, Runbook } from '../module.ts';
import { ADMISSION_DENIED, NODE_DRAIN } from './runbooks/denied.ts';

export function runbookPages(input: ModuleInput, contributed: readonly Runbook[]): FileTree {
  const pages = [ADMISSION_DENIED, NODE_DRAIN, ...contributed];
  return new Map(
    pages.map(({ id, title, text }) => [
      `docs/runbooks/${id}.md`,
      `# ${title}\n\n${markdownHeadline(input, 'platform-defaults', '../../')}\n\n${text.trim()}\n`,
    ]),
  );
}
