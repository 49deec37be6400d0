/** Whether what pods request still fits the nodes of a pool when all nodes of one zone are gone. */
import type { NodePool } from '../node-pool.ts';
import type { Load } from './loads.ts';

export interface Fit {
  readonly pool: NodePool;
  /** Of all pods on the nodes that are left. */
  readonly millicores: number;
  readonly mebibytes: number;
  readonly pods: number;
  readonly nodesLeft: number;
  readonly fits: boolean;
}

/** Charts add containers beside what their values name, so something is kept free for them: a tenth. */
const SPARE = 1.1;

/** How many nodes of a pool hold everything at its most, with as many more as a zone takes along. */
export function nodesAtMost(pool: NodePool, loads: readonly Load[]): number {
  const atMost = loads.map(load => ({ ...load, pods: load.most ?? load.pods }));
  const enough = (left: number) => {
    const { millicores, mebibytes, pods } = fitOf(
      { ...pool, nodes: left + Math.ceil(left / (pool.zones - 1)) },
      atMost,
    );
    return (
      millicores <= pool.allocatable.millicores * left &&
      mebibytes <= pool.allocatable.mebibytes * left &&
      pods <= pool.allocatable.pods * left
    );
  };
  let left = pool.zones - 1;
  while (!enough(left) && left < 1000) left += 1;
  return left + Math.ceil(left / (pool.zones - 1));
}

export function fitOf(pool: NodePool, loads: readonly Load[]): Fit {
  const nodesLeft = pool.nodes - Math.ceil(pool.nodes / pool.zones);
  const counted = loads
    .filter(load => load.pods === null || load.pool === pool.pool)
    .map(load => ({ ...load, pods: load.pods ?? nodesLeft }));
  const sum = (of: (load: (typeof counted)[number]) => number) =>
    counted.reduce((total, load) => total + of(load), 0);
  const millicores = Math.ceil(sum(load => load.pods * load.millicores) * SPARE);
  const mebibytes = Math.ceil(sum(load => load.pods * load.mebibytes) * SPARE);
  const pods = sum(load => load.pods);
  return {
    pool,
    millicores,
    mebibytes,
    pods,
    nodesLeft,
    fits:
      millicores <= pool.allocatable.millicores * nodesLeft &&
      mebibytes <= pool.allocatable.mebibytes * nodesLeft &&
      pods <= pool.allocatable.pods * nodesLeft,
  };
}
