/** The order in which decisions can be taken: each after those it reads, ties by id; circles are errors. */
import type { Condition, Id } from './catalogue.ts';
import { compare, type Draft, isPresent, problem, type Use } from './draft.ts';
import type { Place } from './yaml.ts';

type Edges = ReadonlyMap<string, ReadonlyMap<string, Place>>;

/** Decision ids in order; a circle is reported with its path and then broken. */
export function orderDecisions(
  decisions: readonly Id[],
  questions: readonly Id[],
  draft: Draft,
): readonly Id[] {
  const edges = edgesOf(draft.uses);
  reportCircles(
    [...decisions.map(id => `decision:${id}`), ...questions.map(id => `question:${id}`)],
    edges,
    draft,
  );
  const waitsFor = new Map(decisions.map(id => [id, decisionsBehind(`decision:${id}`, edges)]));
  const order: Id[] = [];
  const left = new Set([...decisions].sort(compare));
  while (left.size > 0) {
    const ready = [...left].find(id =>
      [...(waitsFor.get(id) ?? [])].every(other => !left.has(other) || other === id),
    );
    const next = ready ?? [...left][0];
    if (next === undefined) break;
    order.push(next);
    left.delete(next);
  }
  return order;
}

function edgesOf(uses: readonly Use[]): Edges {
  const edges = new Map<string, Map<string, Place>>();
  for (const { reader, condition, place } of uses) {
    if (reader === null) continue;
    const targets = edges.get(reader) ?? new Map<string, Place>();
    for (const target of readBy(condition)) if (!targets.has(target)) targets.set(target, place);
    edges.set(reader, targets);
  }
  return edges;
}

function readBy(condition: Condition): readonly string[] {
  if (condition.op === 'all' || condition.op === 'any') return condition.of.flatMap(readBy);
  if (condition.op === 'not' || condition.op === 'term') return readBy(condition.of);
  if (condition.op === 'decision') return [`decision:${condition.decision}`];
  return [`question:${condition.question}`];
}

/** Decisions that have to be taken before `start`, directly or through the questions it reads. */
function decisionsBehind(start: string, edges: Edges): ReadonlySet<Id> {
  const found = new Set<Id>();
  const seen = new Set<string>();
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const target of edges.get(node)?.keys() ?? []) {
      if (target.startsWith('decision:')) found.add(target.slice('decision:'.length));
      else if (!seen.has(target)) open.push(target);
      seen.add(target);
    }
  }
  return found;
}

function reportCircles(nodes: readonly string[], edges: Edges, draft: Draft): void {
  const circles = [...nodes]
    .sort(compare)
    .map(node => shortestCircle(node, edges))
    .filter(isPresent)
    .sort((a, b) => a.length - b.length);
  const inCircle = new Set<string>();
  for (const circle of circles) {
    if (inCircle.has(circle[0] ?? '')) continue;
    for (const member of circle) inCircle.add(member);
    const path = circle.map(member => member.slice(member.indexOf(':') + 1)).join(' -> ');
    const place = latest(circle, edges, draft);
    if (place)
      problem(
        draft,
        'cycle',
        place,
        `each waits for the next: ${path}`,
        'Take one of these conditions away.',
      );
  }
}

/** Where the circle's edge in the pack that was loaded last stands. */
function latest(circle: readonly string[], edges: Edges, draft: Draft): Place | null {
  const rank = (place: Place): number => draft.packOf.get(place.file) ?? 0;
  let found: Place | null = null;
  for (const [index, node] of circle.entries()) {
    const place = edges.get(node)?.get(circle[index + 1] ?? '');
    if (place && (!found || rank(place) > rank(found))) found = place;
  }
  return found;
}

/** `[node, …, node]`, each reading the next. */
function shortestCircle(node: string, edges: Edges): readonly string[] | null {
  const from = new Map<string, string>();
  const open = [node];
  for (const current of open) {
    for (const target of [...(edges.get(current)?.keys() ?? [])].sort(compare)) {
      if (target === node) return [...trace(node, current, from), node];
      if (from.has(target)) continue;
      from.set(target, current);
      open.push(target);
    }
  }
  return null;
}

function trace(start: string, end: string, from: ReadonlyMap<string, string>): readonly string[] {
  const path = [end];
  for (let at = end; at !== start; ) {
    at = from.get(at) ?? start;
    path.unshift(at);
  }
  return path;
}
