/** All checks, in the order in which they run: quick ones first. */
import type { Check } from './check.ts';
import { kustomizeCheck } from './checks/kustomize.ts';

export const CHECKS: readonly Check[] = [kustomizeCheck];
