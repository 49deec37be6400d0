/** Clusters that services have to call one another between, and whose meshes stay apart. */
import type { MissingPart, ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';
import { isAskedToJoin, reach, wayBetween } from './joined/way.ts';

export function apart(input: ModuleInput): readonly MissingPart[] {
  const pick = pickOf(input.stack, 'mesh') ?? '';
  const reason = REASONS[pick];
  if (reason === undefined || !isAskedToJoin(input) || wayBetween(input) !== null) return [];
  const way = reach(input);
  const because = pick === 'linkerd' && typeof way !== 'string' ? `${APART} ${way.because}` : reason;
  return [{ decision: 'mesh', pick, because: `${because} ${MEANWHILE}` }];
}

const APART = 'Each cluster is a mesh of its own.';
const MEANWHILE = 'Services call those of another cluster through its way in.';
const OF_ISTIO =
  'Each cluster is a mesh of its own, with its own authority: joining them takes an authority that all share and gateways from one to the other, which are not generated.';

const REASONS: Readonly<Record<string, string>> = {
  linkerd: APART,
  'istio-ambient': OF_ISTIO,
  'istio-sidecar': OF_ISTIO,
};
