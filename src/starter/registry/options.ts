/** Where images come from: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { cloudRegistry } from './cloud-registry.ts';
import { harbor } from './harbor.ts';
import { mirror } from './mirror.ts';

export type RegistryOption = 'cloud-registry' | 'mirror' | 'harbor';

export const REGISTRY = {
  'cloud-registry': cloudRegistry,
  mirror,
  harbor,
} satisfies Record<RegistryOption, Choice>;
