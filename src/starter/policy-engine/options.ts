/** What checks objects before they are stored: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { gatekeeper } from './gatekeeper.ts';
import { kyverno } from './kyverno.ts';
import { validatingAdmissionPolicy } from './validating-admission-policy.ts';

export type PolicyEngineOption = 'validating-admission-policy' | 'kyverno' | 'gatekeeper';

export const POLICY_ENGINE = {
  'validating-admission-policy': validatingAdmissionPolicy,
  kyverno,
  gatekeeper,
} satisfies Record<PolicyEngineOption, Choice>;
