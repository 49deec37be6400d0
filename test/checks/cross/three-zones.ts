/** Nodes stand in three zones or more: with two, the loss of one takes half of everything, and no quorum is left. */
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';

const LEAST = 3;

export const threeZones: CrossCheck = {
  code: 'three-zones',
  says: 'The infrastructure puts the nodes of every cluster into three zones or more.',
  check: tree =>
    [...tree].flatMap(([path, text]) =>
      /^infra\/(?:aks|eks|gke)\/[^/]+\.tf$/.test(path) ? problemsIn(path, text) : [],
    ),
};

function problemsIn(path: string, text: string): readonly Finding[] {
  const counts = [
    ...[...text.matchAll(/\bzones\s*=\s*slice\(.+, 0, (?:min\()?(\d+)[,)]/g)].map(([, count]) =>
      Number(count),
    ),
    ...[...text.matchAll(/\bzones\s*=\s*\[((?:"[^"]*"(?:, )?)*)\]/g)].map(
      ([, list = '']) => list.split(',').filter(zone => zone.trim() !== '').length,
    ),
  ];
  return counts
    .filter(count => count < LEAST)
    .map(count => ({
      code: 'three-zones',
      place: path,
      message: `puts nodes into ${count} zones; the loss of one takes a quorum with it`,
    }));
}
