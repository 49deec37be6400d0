/** Where images come from: what each option needs to be generated. */
import type { Choice } from '../module.ts';

export type RegistryOption = 'cloud-registry' | 'mirror' | 'harbor';

export const REGISTRY = {
  'cloud-registry': { notGenerated: 'Repositories of the cloud registry are not generated yet.' },
  mirror: {
    notGenerated: 'A mirror is not generated yet: images come from the registries of their publishers.',
  },
  harbor: {
    notGenerated: 'Harbor is not generated yet: images come from the registries of their publishers.',
  },
} satisfies Record<RegistryOption, Choice>;
