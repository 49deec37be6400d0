/** docs/runbooks: what to do step by step, the modules' own pages among them. */
import type { FileTree } from '../../files/tree.ts';
import type { ClusterParts } from '../cluster.ts';
import { markdownHeadline } from '../headline.ts';
import { admissionDenied, nodeDrain } from './runbooks/denied.ts';

export function runbookPages({ input, pages: own, contribution }: ClusterParts): FileTree {
  const sample = `apps/base/${contribution.apps[0]?.id ?? ''}`;
  const agents = contribution.namespaces.some(({ name }) => name === 'node-agents') ? 'there' : 'not there';
  const pages = [admissionDenied(sample, agents), nodeDrain(own.patience), ...contribution.runbooks];
  return new Map(
    pages.map(({ id, title, text }) => [
      `docs/runbooks/${id}.md`,
      `# ${title}\n\n${markdownHeadline(input, 'platform-defaults', '../../')}\n\n${text.trim()}\n`,
    ]),
  );
}
