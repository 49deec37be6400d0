/** How a change moves from one environment to the next: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { folderPerEnvironment } from './folder-per-environment.ts';
import { pipelineGate } from './pipeline-gate.ts';
import { releaseArtifact } from './release-artifact.ts';

export type PromotionOption = 'folder-per-environment' | 'release-artifact' | 'pipeline-gate';

export const PROMOTION = {
  'folder-per-environment': folderPerEnvironment,
  'release-artifact': releaseArtifact,
  'pipeline-gate': pipelineGate,
} satisfies Record<PromotionOption, Choice>;
