/** What a workflow of the infrastructure is started by: its folder, and those that its files read. */
import type { InfrastructurePipeline } from '../control-plane/control-plane.ts';

/** For `paths` of a workflow, between brackets. */
export const watchedFolders = ({ folder, reads = [] }: InfrastructurePipeline): string =>
  [folder, ...reads].map(each => `"${each}/**"`).join(', ');
