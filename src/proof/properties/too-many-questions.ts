/** Somebody who starts from a preset is not asked more than people put up with. */
import type { Property } from '../property.ts';

/** Asked of somebody who starts from a preset, on any path: what it leaves open and comes up. */
export const MOST_QUESTIONS = 25;

export const tooManyQuestions: Property = {
  code: 'too-many-questions',
  phase: 'presets',
  check: ({ bench, effects }) =>
    bench.engine.catalogue.presets.flatMap(preset => {
      const path = effects.ofPreset(preset);
      if (path === null || path.open <= MOST_QUESTIONS) return [];
      return [
        {
          code: 'too-many-questions',
          severity: 'error' as const,
          subject: `preset:${preset.id}`,
          message: `it leaves up to ${path.open} questions open; at most ${MOST_QUESTIONS} are asked after a preset`,
          help: 'Let the preset answer more of them, or ask some of them only when they matter.',
          reproduction: [path.answers],
        },
      ];
    }),
};
