/** Picks leave one another without an option in so few ways that all of them can be looked at. */
import type { Property } from '../property.ts';

export const tooEntangled: Property = {
  code: 'too-entangled',
  phase: 'decisions',
  check: ({ bench: { entangled } }) =>
    entangled.slice(0, 1).map(({ decision }) => ({
      code: 'too-entangled',
      severity: 'error',
      subject: `decision:${decision.id}`,
      message: `the picks of ${entangled.map(one => one.decision.id).join(', ')} can leave one another without an option in too many ways; such answers are left out of the proofs`,
      help: 'Rule out by answers instead of by earlier picks where that says the same.',
      reproduction: [],
    })),
};
