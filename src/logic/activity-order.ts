/** Variables ordered by activity: a binary heap with the most active on top. */

export interface ActivityOrder {
  bump(variable: number, by: number): void;
  insert(variable: number): void;
  /** Removes and returns the most active variable, -1 where none is left. */
  takeTop(): number;
  /** Scales all activities down and returns the factor. */
  rescale(): number;
}

export function createOrder(variables: number): ActivityOrder {
  const activity = new Float64Array(variables);
  const heap = Array.from({ length: variables }, (_, variable) => variable);
  const place = Int32Array.from(heap);

  function swap(a: number, b: number): void {
    const [x, y] = [heap[a] as number, heap[b] as number];
    heap[a] = y;
    heap[b] = x;
    place[y] = a;
    place[x] = b;
  }
  const above = (a: number, b: number) =>
    (activity[heap[a] as number] as number) > (activity[heap[b] as number] as number);

  function rise(from: number): void {
    for (let at = from; at > 0; at = (at - 1) >> 1) {
      const parent = (at - 1) >> 1;
      if (!above(at, parent)) return;
      swap(at, parent);
    }
  }
  function sink(from: number): void {
    let at = from;
    while (true) {
      const child = at * 2 + 1;
      if (child >= heap.length) return;
      const best = child + 1 < heap.length && above(child + 1, child) ? child + 1 : child;
      if (!above(best, at)) return;
      swap(at, best);
      at = best;
    }
  }

  return {
    bump(variable, by) {
      activity[variable] = (activity[variable] as number) + by;
      if (place[variable] !== -1) rise(place[variable] as number);
    },
    insert(variable) {
      if (place[variable] !== -1) return;
      place[variable] = heap.push(variable) - 1;
      rise(place[variable] as number);
    },
    takeTop() {
      const top = heap[0];
      if (top === undefined) return -1;
      swap(0, heap.length - 1);
      heap.pop();
      place[top] = -1;
      if (heap.length > 0) sink(0);
      return top;
    },
    rescale() {
      for (let variable = 0; variable < variables; variable++)
        activity[variable] = (activity[variable] as number) * 1e-100;
      return 1e-100;
    },
  };
}
