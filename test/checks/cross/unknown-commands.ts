/** Commands in scripts, pipelines and runbooks that their program does not know, however right they look. */
import { oncePerText } from '../once.ts';
import type { CrossCheck } from './cross-check.ts';

/** Known to gcloud as beta alone. */
const BETA_ALONE = [
  'container backup-restore',
  'container binauthz attestations sign-and-create',
  'services identity',
];

const UNKNOWN: readonly (readonly [pattern: RegExp, message: string])[] = [
  ...BETA_ALONE.map(
    command => [new RegExp(`gcloud ${command}`), `gcloud ${command} is no command without beta`] as const,
  ),
  [
    /kubectl [^`|;()\n]*\blogs\b[^`|;()\n]* --field-selector/,
    'kubectl logs selects by labels, and not by fields',
  ],
];

export const unknownCommands: CrossCheck = {
  code: 'unknown-commands',
  says: 'Programs know the commands that are written for them.',
  check: tree =>
    [...tree].flatMap(([file, text]) =>
      unknownIn(text).map(message => ({ code: 'unknown-commands', place: file, message })),
    ),
};

const unknownIn = oncePerText((text): readonly string[] =>
  UNKNOWN.filter(([pattern]) => pattern.test(text)).map(([, message]) => message),
);
