/** How a change moves from one environment to the next: what each option needs to be generated. */
import type { Choice } from '../module.ts';

export type PromotionOption = 'folder-per-environment' | 'release-artifact' | 'pipeline-gate';

export const PROMOTION = {
  'folder-per-environment': { noFiles: true },
  'release-artifact': {
    notGenerated: 'Signed release artifacts are not generated yet: each environment has a folder instead.',
  },
  'pipeline-gate': {
    notGenerated: 'Gates of the pipeline are not generated yet: each environment has a folder instead.',
  },
} satisfies Record<PromotionOption, Choice>;
