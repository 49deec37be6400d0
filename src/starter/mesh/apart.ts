/** Clusters that services have to call one another between, and whose meshes stay apart. */
import type { MissingPart, ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';
import { isAskedToJoin, reach, wayBetween } from './joined/way.ts';

export function apart(input: ModuleInput): readonly MissingPart[] {
  const pick = pickOf(input.stack, 'mesh') ?? '';
  if (!MESHES.includes(pick) || !isAskedToJoin(input) || wayBetween(input) !== null) return [];
  const way = reach(input);
  const because = pick === AMBIENT || typeof way === 'string' ? OF_AMBIENT : way.because;
  return [{ decision: 'mesh', pick, because: `Each cluster is a mesh of its own. ${because} ${MEANWHILE}` }];
}

const AMBIENT = 'istio-ambient';
const MESHES: readonly string[] = ['linkerd', AMBIENT, 'istio-sidecar'];
const MEANWHILE = 'Services call those of another cluster through its way in.';
const OF_AMBIENT =
  'Ambient mode across networks is beta in Istio since 1.29 and switched off by default: clusters that Istio joins are generated with sidecars.';
