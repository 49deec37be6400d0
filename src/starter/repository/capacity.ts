/** docs/capacity.md: what all pods request, and whether it still fits when a zone is gone. */
import { markdownCell, markdownCode, markdownRow } from '../../files/markdown.ts';
import { type Fit, fitOf, nodesAtMost } from '../capacity/fit.ts';
import type { Load } from '../capacity/loads.ts';
import type { ClusterParts } from '../cluster.ts';
import { markdownHeadline } from '../headline.ts';
import { pickOf } from '../picks.ts';
import { sharesNames } from '../recovery/places.ts';
import { shareAtRest } from '../recovery/room.ts';

export const CAPACITY_PAGE = 'docs/capacity.md';

/** By pool; empty where the provider sizes nodes by what pods request. */
export function fitsOf({ input, loads }: Pick<ClusterParts, 'input' | 'loads'>): readonly Fit[] {
  return (input.foundation.nodePools ?? []).map(pool => fitOf(pool, loads));
}

export function capacityPage(parts: ClusterParts): string {
  const fits = fitsOf(parts);
  return `# Capacity

${markdownHeadline(parts.input, 'platform-defaults', '../')}

What pods request decides what fits, not what they use. The sums below are those of this repository as it was generated, with
every number of pods at its least, and a tenth more for containers that charts add by themselves.
\`scripts/preflight.sh\` compares them with the nodes of a cluster.

## When a zone is gone

${fits.length === 0 ? withoutSizes(parts) : poolTable(fits)}

A pod whose volume lies in the lost zone waits for that zone, and so does the third of three that have to be in three zones: two of three
go on.
${parts.input.clusters.some(sharesNames) ? whenARegionIsGone(parts) : ''}
## What requests it

A workload is named as its object is, or by the place in the values of its chart that has its requests.

${markdownRow(['Part', 'Workload', 'Pool', 'Pods', 'Processor of each', 'Memory of each'])}
${markdownRow(Array(6).fill('---'))}
${parts.loads.map(loadRow).join('\n')}
`;
}

/** What is left has to carry all: every workload at its most, in each region, with a zone of it gone. */
function whenARegionIsGone({ input, loads }: ClusterParts): string {
  const { share } = shareAtRest(input);
  const rows = loads.flatMap(({ by, pods, most }) =>
    most === undefined
      ? []
      : [markdownRow([markdownCode(by), String(pods), String(most), String(Math.floor(most * share))])],
  );
  const nodes = (input.foundation.nodePools ?? []).map(
    pool => `${nodesAtMost(pool, loads)} of ${markdownCode(pool.machine)} in the ${pool.pool} pool`,
  );
  return `
## When a region is gone

Each region has to carry all requests alone. ${rows.length === 0 ? NOTHING_GROWS : mostOfEach(rows)}

${
  nodes.length === 0
    ? 'Everything at its most has to find nodes in each region; what the provider has to give is asked of it ahead, as reserved capacity.'
    : `Everything at its most, with a zone gone as well, takes ${nodes.join(' and ')}. What makes nodes has to be allowed that many in every region, and the quotas of the provider
there have to be as high.`
}
`;
}

const NOTHING_GROWS =
  'No workload here grows with its requests, so each region holds as many pods as all of them need, all the time.';

function mostOfEach(rows: readonly string[]): string {
  return `So many pods a workload may use while all regions serve, out of its most:

${markdownRow(['Workload', 'At least', 'At most', 'While all serve'])}
${markdownRow(Array(4).fill('---'))}
${rows.join('\n')}`;
}

/** Sums alone, where nothing here says what a node holds. */
function withoutSizes({ input, loads }: ClusterParts): string {
  if (pickOf(input.stack, 'control-plane') === 'managed-auto')
    return 'The provider makes nodes for what pods request, in the zones that are left: nothing has to be held ready.';
  const rows = (['system', 'workload'] as const).map(pool => {
    const own = loads.filter(load => load.pods !== null && load.pool === pool);
    const sum = (of: (load: Load) => number) =>
      Math.ceil(own.reduce((total, load) => total + (load.pods ?? 0) * of(load), 0) * 1.1);
    return markdownRow([pool, `${sum(load => load.millicores)}m`, `${sum(load => load.mebibytes)} MiB`]);
  });
  return `What a node of this cluster can hold is not counted here. The nodes of two zones together have to have this much to give, beside what
runs on every node:

${markdownRow(['Pool', 'Processor', 'Memory'])}
${markdownRow(Array(3).fill('---'))}
${rows.join('\n')}`;
}

function poolTable(fits: readonly Fit[]): string {
  return [
    markdownRow(['Pool', 'Nodes', 'Left', 'Requested of them', 'They have', 'Fits']),
    markdownRow(Array(6).fill('---')),
    ...fits.map(({ pool, nodesLeft, millicores, mebibytes, pods, fits: yes }) => {
      const { allocatable } = pool;
      return markdownRow([
        pool.pool,
        markdownCell(`${pool.nodes} of ${pool.machine}`),
        String(nodesLeft),
        amount(millicores, mebibytes, pods),
        amount(
          allocatable.millicores * nodesLeft,
          allocatable.mebibytes * nodesLeft,
          allocatable.pods * nodesLeft,
        ),
        yes ? 'yes' : 'no: raise the least number of nodes',
      ]);
    }),
  ].join('\n');
}

function amount(millicores: number, mebibytes: number, pods: number): string {
  return `${millicores}m, ${mebibytes} MiB, ${pods} pods`;
}

function loadRow({ by, workload, pool, pods, millicores, mebibytes }: Load): string {
  return markdownRow([
    markdownCode(by),
    markdownCode(workload),
    pods === null ? 'every node' : pool,
    pods === null ? 'one a node' : String(pods),
    `${Math.round(millicores)}m`,
    `${Math.round(mebibytes)} MiB`,
  ]);
}
