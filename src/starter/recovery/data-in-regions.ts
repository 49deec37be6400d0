/** What each kind of workload and data does while several regions serve, and what of it is gone with one of them. */
import { markdownCell, markdownRow } from '../../files/markdown.ts';
import type { ModuleInput } from '../module.ts';
import { isNamed, pickOf } from '../picks.ts';
import { lostWithArchive } from './what-is-kept.ts';

type Row = readonly [what: string, how: string, gone: string];

export function dataInRegions(input: ModuleInput): string {
  const rows = [
    ...KINDS.filter(([kind]) => isNamed(input.stack, 'workload-kinds', kind)).map(([, row]) => row),
  ];
  const served: Row = [
    'Requests',
    'answered in every region; the next one of the same user may go to another, so a session lies in the database or in a signed cookie, and not in a pod',
    'those under way, once',
  ];
  return [
    markdownRow(['What', 'While all regions serve', 'Gone with a region']),
    markdownRow(Array(3).fill('---')),
    ...[served, ...rows, ...databases(input)].map(row => markdownRow(row.map(markdownCell))),
  ].join('\n');
}

const KINDS: readonly (readonly [kind: string, row: Row])[] = [
  [
    'worker',
    [
      'Workers and queues',
      'each region has a queue of its own, and its workers take from that one alone',
      'what waited in its queue, until it is back; what may not wait is sent again by whoever sent it, and workers have to bear that',
    ],
  ],
  [
    'batch',
    [
      'Jobs by the clock, and migrations',
      'run in the first region alone: recovery/without-jobs keeps them from running twice',
      'the runs of the first region, until another one is given them (below)',
    ],
  ],
  [
    'stateful',
    [
      'Volumes of workloads',
      'each region has its own, and nothing copies them: only for what can be made anew, or copies itself between regions',
      'all that lies on them, until the region is back',
    ],
  ],
  [
    'agent',
    ['Agents', 'run in every region; what they remember has to lie in the database', 'what they were at'],
  ],
];

function databases(input: ModuleInput): readonly Row[] {
  const what = 'Databases';
  switch (pickOf(input.stack, 'data-services')) {
    case 'managed-database':
      return input.foundation.services?.databaseReplica === undefined
        ? [OF_ITS_OWN]
        : [[what, ONE_WRITER, 'seconds: what the copy had not received; the lag is a metric of it']];
    case 'operator-in-cluster':
      return [[what, ONE_WRITER, `${lostWithArchive(input)}: the copy follows the archive`]];
    case 'existing':
      return [[what, 'run by others: ask them which region writes, and write it here', 'ask them']];
    default:
      return [];
  }
}

const ONE_WRITER =
  'written in the first region, by the workloads of all; a copy in the next one can be read there at once. Writing in two regions at the same time is not made here: it needs a rule for every conflict, which is a matter of each workload';

/** Honest where no copy is generated. */
const OF_ITS_OWN: Row = [
  'Databases',
  'each region has one of its own, and nothing copies between them. Give every record one home: all regions write to the database of the first, and the others are for what belongs to their region alone',
  'all since the last backup, until the region is back: for a target of less, a database that spans regions has to take their place',
];
