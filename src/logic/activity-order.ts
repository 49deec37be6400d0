/** Variables ordered by activity: a binary heap with the most active on top. Activities stay when the heap is refilled. */
import { withRoom } from './growing.ts';

export interface ActivityOrder {
  /** Starts over with these variables; activities stay. */
  fill(variables: readonly number[], highest: number): void;
  bump(variable: number): void;
  /** What is bumped later weighs more. */
  decay(): void;
  insert(variable: number): void;
  /** Removes and returns the most active variable, -1 where none is left. */
  takeTop(): number;
}

const DECAY = 1 / 0.95;
const LARGEST = 1e100;

export function createOrder(): ActivityOrder {
  let activity = new Float64Array(1024);
  /** Place in the heap, -1 for what is not in it. */
  let place = new Int32Array(1024).fill(-1);
  let heap = new Int32Array(1024);
  let size = 0;
  let increment = 1;

  function rise(from: number): void {
    const variable = heap[from]!;
    const weight = activity[variable]!;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = heap[above]!;
      if (weight <= activity[other]!) break;
      heap[at] = other;
      place[other] = at;
      at = above;
    }
    heap[at] = variable;
    place[variable] = at;
  }

  function sink(from: number): void {
    const variable = heap[from]!;
    const weight = activity[variable]!;
    let at = from;
    for (let child = at * 2 + 1; child < size; child = at * 2 + 1) {
      if (child + 1 < size && activity[heap[child + 1]!]! > activity[heap[child]!]!) child++;
      const other = heap[child]!;
      if (activity[other]! <= weight) break;
      heap[at] = other;
      place[other] = at;
      at = child;
    }
    heap[at] = variable;
    place[variable] = at;
  }

  return {
    fill(variables, highest) {
      while (size > 0) place[heap[--size]!] = -1;
      activity = withRoom(activity, highest + 1);
      place = withRoom(place, highest + 1, -1);
      heap = withRoom(heap, variables.length);
      for (const variable of variables) {
        heap[size] = variable;
        place[variable] = size++;
      }
      for (let at = (size >> 1) - 1; at >= 0; at--) sink(at);
    },
    bump(variable) {
      activity[variable] = activity[variable]! + increment;
      if (activity[variable]! > LARGEST) {
        for (let index = 0; index < activity.length; index++) activity[index] = activity[index]! / LARGEST;
        increment /= LARGEST;
      }
      if (place[variable] !== -1) rise(place[variable]!);
    },
    decay() {
      increment *= DECAY;
    },
    insert(variable) {
      if (place[variable] !== -1) return;
      heap[size] = variable;
      place[variable] = size++;
      rise(size - 1);
    },
    takeTop() {
      if (size === 0) return -1;
      const top = heap[0]!;
      place[top] = -1;
      const last = heap[--size]!;
      if (size > 0) {
        heap[0] = last;
        place[last] = 0;
        sink(0);
      }
      return top;
    },
  };
}
