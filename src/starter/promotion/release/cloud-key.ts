/** Keys of a cloud that sign releases: the release workflow reaches them by its own identity and never holds them. */
import type { HclExpression } from '../../../files/hcl.ts';
import type { ModuleInput } from '../../module.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { AWS_KEY } from './key/aws.ts';
import { AZURE_KEY } from './key/azure.ts';
import { GOOGLE_KEY } from './key/google.ts';
import { signsWithKey } from './release.ts';

export interface CloudKey {
  /** The service that keeps it. */
  readonly keeper: string;
  /** The file of infrastructure that makes it. */
  readonly file: string;
  readonly code: HclExpression;
  /** As cosign names it; may hold variables of `environment`. */
  readonly reference: string;
  /** A step of the workflow. */
  readonly signIn: (input: ModuleInput) => string;
  readonly environment: Readonly<Record<string, string>>;
  /** What people do once: a sentence. */
  readonly step: string;
}

const KEYS: Readonly<Record<string, CloudKey>> = { aws: AWS_KEY, azure: AZURE_KEY, gcp: GOOGLE_KEY };

/** Null where nothing signs with a key, where Vault does, and outside the clouds. */
export function cloudKey(input: ModuleInput): CloudKey | null {
  if (!signsWithKey(input) || pickOf(input.stack, 'secrets') === 'vault') return null;
  return KEYS[String(answerOf(input.stack, 'cloud'))] ?? null;
}

/** Who keeps the key, as pages call it. */
export function keeperOf(input: ModuleInput): string {
  return cloudKey(input)?.keeper ?? 'Vault';
}
