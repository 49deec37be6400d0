/** What has to be there before the first cluster is filled stands in front of that in the README. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';

const README = 'README.md';

interface Need {
  readonly what: string;
  readonly isNeeded: (tree: FileTree) => boolean;
  readonly step: RegExp;
}
const NEEDS: readonly Need[] = [
  {
    what: 'the client that stands for Argo CD',
    isNeeded: tree =>
      tree.get('platform/argo-cd/values.yaml')?.includes('REPLACE_ME_DELIVERY_CLIENT') === true,
    step: /public client for Argo CD/,
  },
  {
    what: 'what AWS Backup may copy',
    isNeeded: tree =>
      [...tree].some(
        ([path, text]) =>
          path.startsWith('infra/') && path.endsWith('/backup.tf') && text.includes('"aws_backup_plan"'),
      ),
    step: /aws backup update-region-settings/,
  },
];

export const beginning: CrossCheck = {
  code: 'beginning',
  says: 'What a cluster needs from elsewhere is asked for before it is filled.',
  check: tree => {
    const steps = (tree.get(README) ?? '').split('\n').filter(line => /^\d+\. /.test(line));
    const filled = steps.findIndex(step => /^\d+\. Run `scripts\/bootstrap\.sh /.test(step));
    if (filled < 0) return [];
    return NEEDS.filter(({ isNeeded }) => isNeeded(tree)).flatMap(({ what, step }): readonly Finding[] => {
      const asked = steps.findIndex(each => step.test(each));
      if (asked >= 0 && asked < filled) return [];
      return [{ code: 'beginning', place: README, message: `has the first cluster filled before ${what}` }];
    });
  },
};
