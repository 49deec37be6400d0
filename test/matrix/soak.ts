/** Stacks that `npm run soak` generates and checks: every triple of what a cluster rests on, and stacks at random. */
import { createEngine } from '../../src/engine/compile.ts';
import { catalogue } from '../starter/platform-aws.ts';
import { findingsOf } from './check.ts';
import { cover, type Sets } from './cover.ts';
import { type DrawnStack, drawStack, newDealer } from './draw.ts';
import { type Counted, counted, startersOf, summary } from './starters.ts';

const DECISIONS = ['control-plane', 'cni', 'edge', 'mesh', 'gitops'];
const MOST_PICKS = 1024;
/** So many stacks are held in memory at once. */
const AT_ONCE = 40;

const triples: Sets = picks =>
  picks.flatMap((first, at) =>
    picks
      .slice(at + 1)
      .flatMap((second, next) =>
        picks.slice(at + next + 2).map(third => (first * MOST_PICKS + second) * MOST_PICKS + third),
      ),
  );

export interface Soak {
  readonly draws: number;
  readonly atRandom: number;
  readonly seed: number;
}

/** Says what it looked at; false where anything was found. */
export async function soakStacks(
  { draws, atRandom, seed }: Soak,
  say: (line: string) => void,
): Promise<boolean> {
  const engine = createEngine(catalogue);
  const dealer = newDealer(engine, seed);
  const covered = cover(dealer, triples, draws, pick => DECISIONS.includes(pick.split('=')[0] ?? ''));
  const drawn = randomStacks(atRandom, () => drawStack(dealer));
  const found = new Set<string>();
  const parts: Counted[] = [];
  const all = [...covered.stacks, ...drawn];
  for (let first = 0; first < all.length; first += AT_ONCE) {
    const { starters, faults } = startersOf(engine, all.slice(first, first + AT_ONCE));
    // Said at once: a run takes many minutes, and may be ended early.
    for (const line of [...faults, ...(await findingsOf(starters))].filter(line => !found.has(line))) {
      found.add(line);
      say(line);
    }
    parts.push(counted(starters));
    say(`  ${Math.min(first + AT_ONCE, all.length)} of ${all.length} stacks, ${found.size} errors`);
  }
  const total = parts.reduce((one, other) => ({
    stacks: one.stacks + other.stacks,
    built: one.built + other.built,
    whole: one.whole + other.whole,
    files: one.files + other.files,
    objects: one.objects + other.objects,
  }));
  const triplesLine = `${covered.sets} triples of control plane, CNI, edge, mesh and delivery in ${covered.stacks.length} stacks`;
  say(`soak: seed ${seed}, ${triplesLine}, ${drawn.length} more at random; ${summary(total, [...found])}`);
  return found.size === 0;
}

function randomStacks(count: number, draw: () => DrawnStack | null): readonly DrawnStack[] {
  const stacks: DrawnStack[] = [];
  while (stacks.length < count) {
    const stack = draw();
    if (stack !== null) stacks.push(stack);
  }
  return stacks;
}
