/** What has to be there before the first cluster is filled stands in front of that in the README. */
import { posix } from 'node:path';
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
    what: 'the certificate that the infrastructure looks for',
    isNeeded: tree => /types +=.*"IMPORTED"/.test(tree.get('infra/eks/edge.tf') ?? ''),
    step: /Import the certificate of the gateway into ACM/,
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
    const needed = NEEDS.filter(({ isNeeded }) => isNeeded(tree)).flatMap(
      ({ what, step }): readonly Finding[] => {
        const asked = steps.findIndex(each => step.test(each));
        if (asked >= 0 && asked < filled) return [];
        return [{ code: 'beginning', place: README, message: `has the first cluster filled before ${what}` }];
      },
    );
    return [...needed, ...ZONES.flatMap(zone => idle(tree, steps, zone))];
  },
};

interface Zone {
  readonly folders: RegExp;
  readonly asked: RegExp;
  /** Writes into it, or hands it to the installer of OpenShift, which does. */
  readonly used: RegExp;
}
const ZONES: readonly Zone[] = [
  {
    folders: /^infra\/(?:eks|machines)\//,
    asked: /Delegate the zone/,
    used: /\bdata\.aws_route53_zone\.main\.|^ +dns_zone += var\.dns_zone$/m,
  },
  {
    folders: /^infra\/(?:aks|machines)\//,
    asked: /Make the zone/,
    used: /^ +(?:scope += local|dns_zone += var)\.dns_zone$/m,
  },
  {
    folders: /^infra\/(?:gke|machines)\//,
    asked: /name servers that it puts out/,
    used: /^ +managed_zone += (?:var\.dns_zone_name|data\.google_dns_managed_zone\.platform\.name)$|^ +dns_zone += local\.dns_zone$/m,
  },
];

/** Nobody delegates a name to a zone that nothing is written into. */
function idle(tree: FileTree, steps: readonly string[], { folders, asked, used }: Zone): readonly Finding[] {
  if (!steps.some(step => asked.test(step))) return [];
  const files = [...tree].filter(([path]) => folders.test(path));
  const [[first = ''] = []] = files;
  if (first === '' || files.some(([, text]) => used.test(text))) return [];
  const message = `asks for a zone that ${posix.dirname(first)} writes nothing into`;
  return [{ code: 'beginning', place: README, message }];
}
