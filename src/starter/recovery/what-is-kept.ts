/** What reaches the second region while nothing has happened, how, and how much of it would be missing. */
import { markdownCell, markdownRow } from '../../files/markdown.ts';
import type { ModuleInput } from '../module.ts';
import { answerOf, isNamed, pickOf } from '../picks.ts';
import { readsVault } from '../secrets/source.ts';

interface Kept {
  readonly what: string;
  readonly how: string;
  readonly missing: string;
}

export function whatIsKept(input: ModuleInput): string {
  const rows = [
    {
      what: 'Platform and workloads',
      how: 'delivered from the same commit as in the first region',
      missing: 'nothing',
    },
    images(input),
    secrets(input),
    ...database(input),
    ...volumes(input),
    {
      what: 'Certificates',
      how: 'there in both regions, for the same names',
      missing: 'nothing',
    },
    {
      what: 'Metrics, logs, traces',
      how: 'not copied; each region has its own',
      missing: 'all of the first region, as long as it is away',
    },
  ];
  return [
    markdownRow(['What', 'How it gets there', 'What would be missing']),
    markdownRow(Array(3).fill('---')),
    ...rows.map(({ what, how, missing }) => markdownRow([what, how, missing].map(markdownCell))),
  ].join('\n');
}

function images({ stack }: ModuleInput): Kept {
  const cloud = answerOf(stack, 'cloud');
  const what = 'Images';
  switch (pickOf(stack, 'registry')) {
    case 'harbor':
      return {
        what,
        how: 'pulled from the one Harbor; give the second site a Harbor of its own, and let the first replicate to it',
        missing: 'all, where Harbor is lost with the first site and was not replicated',
      };
    case 'cloud-registry':
    case 'mirror':
      return { what, ...(IN_REGISTRIES[typeof cloud === 'string' ? cloud : ''] ?? IN_ONE_REGISTRY) };
    default:
      return { what, how: 'pulled from their publishers by both', missing: 'nothing' };
  }
}

type How = Pick<Kept, 'how' | 'missing'>;
const IN_ONE_REGISTRY: How = {
  how: 'one registry for both regions',
  missing: 'what no node has pulled yet, as long as the registry is away',
};
const IN_REGISTRIES: Readonly<Record<string, How>> = {
  azure: { how: 'the registry has a copy of itself in the second region', missing: 'nothing' },
  aws: {
    how: 'both regions have repositories; pipelines push to one of them, so copy each release to the other (crane copy)',
    missing: 'what was not copied: compare the tags of both in the drill of every month',
  },
};

function secrets({ stack }: ModuleInput): Kept {
  const what = 'Secrets';
  if (pickOf(stack, 'secrets') === 'sops')
    return {
      what,
      how: 'encrypted files in Git: close each for the key of the second cluster too, and lay it into its folder',
      missing: 'what was not written for the second cluster',
    };
  return {
    what,
    how: readsVault({ stack })
      ? 'both clusters read Vault, each below its own name'
      : 'each cluster reads a store of its own region: whoever writes a secret writes it into both',
    missing: 'what was written once: compare the names in both every month, as part of the drill',
  };
}

function database(input: ModuleInput): readonly Kept[] {
  const { stack, foundation } = input;
  const what = 'Databases';
  switch (pickOf(stack, 'data-services')) {
    case 'managed-database':
      if (foundation.services?.databaseReplica === undefined)
        return [
          {
            what,
            how: 'not copied by anything here',
            missing: 'all since the last backup that lies elsewhere',
          },
        ];
      return [
        {
          what,
          how: 'a replica in the second region, which follows and cannot be written',
          missing: 'seconds, and more under load: the lag is a metric of the replica',
        },
      ];
    case 'operator-in-cluster':
      return [
        {
          what,
          how: 'a cluster of instances in the second place that follows the archive of the first and cannot be written',
          missing: lostWithArchive(input),
        },
      ];
    case 'existing':
      return [{ what, how: 'by those who run them', missing: 'ask them, and write it here' }];
    default:
      return [];
  }
}

/** Of databases that follow an archive. */
export function lostWithArchive({ foundation }: ModuleInput): string {
  const slower = foundation.objectStorage.copied?.slower;
  return `up to five minutes, or 16 MB of changes${slower === undefined ? '' : `, and ${slower}`}`;
}

function volumes({ stack }: ModuleInput): readonly Kept[] {
  if (!isNamed(stack, 'workload-kinds', 'stateful')) return [];
  return [
    {
      what: 'Volumes of workloads',
      how: 'not copied: a volume and its snapshots lie in their region. What has to be in both keeps its data in a database, or copies it itself',
      missing: 'all of it',
    },
  ];
}
