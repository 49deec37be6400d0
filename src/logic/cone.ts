/** The part of a circuit that some literals depend on, with the gates that each of its nodes feeds. */
import { type Circuit, type Literal, nodeOf } from './circuit.ts';
import { withRoom } from './growing.ts';

export interface Cone {
  readonly nodes: readonly number[];
  /** The nodes of the cone are those with its mark. */
  readonly marks: Int32Array;
  readonly mark: number;
  /** The gates of the cone that a node of the cone feeds: `fed[k]` for `from[node] <= k < from[node] + count[node]`. */
  readonly from: Int32Array;
  readonly count: Int32Array;
  readonly fed: Int32Array;
}

/** Room that is used again for every cone; each call ends the life of the cone before. */
export function createCones(circuit: Circuit): (literals: readonly Literal[]) => Cone {
  let stamps = new Int32Array(1024);
  let from = new Int32Array(1024);
  let count = new Int32Array(1024);
  let fed = new Int32Array(1024);
  let stamp = 0;

  return literals => {
    const { left, right } = circuit;
    stamps = withRoom(stamps, left.length);
    from = withRoom(from, left.length);
    count = withRoom(count, left.length);
    stamp++;
    const nodes: number[] = [];
    const reach = (node: number): void => {
      if (stamps[node] === stamp) return;
      stamps[node] = stamp;
      count[node] = 0;
      nodes.push(node);
    };
    for (const literal of literals) reach(nodeOf(literal));
    for (let next = 0; next < nodes.length; next++) {
      const node = nodes[next]!;
      if (left[node] === -1) continue;
      const a = nodeOf(left[node]!);
      const b = nodeOf(right[node]!);
      reach(a);
      reach(b);
      count[a] = count[a]! + 1;
      count[b] = count[b]! + 1;
    }
    let end = 0;
    for (const node of nodes) {
      from[node] = end;
      end += count[node]!;
      count[node] = 0;
    }
    fed = withRoom(fed, end);
    const feed = (node: number, gate: number): void => {
      fed[from[node]! + count[node]!] = gate;
      count[node] = count[node]! + 1;
    };
    for (const node of nodes) {
      if (left[node] === -1) continue;
      feed(nodeOf(left[node]!), node);
      feed(nodeOf(right[node]!), node);
    }
    return { nodes, marks: stamps, mark: stamp, from, count, fed };
  };
}
