/** SECURITY.md: whom to tell, and what the repository promises. */
import { markdownHeadline } from '../headline.ts';
import type { StarterInput } from '../part.ts';
import { TOKENS } from '../placeholder-tokens.ts';

export const SECURITY_PLACEHOLDERS = [
  {
    token: TOKENS.securityContact,
    meaning: 'Where somebody reports a hole: an address that is read on every working day.',
    example: 'security@acme.example',
  },
  {
    token: TOKENS.team,
    meaning: 'The team that reviews changes of the platform, as GitHub names it.',
    example: 'platform',
  },
] as const;

export function security(input: StarterInput): string {
  return `# Security

${markdownHeadline(input, 'platform-defaults')}

Report a hole to ${TOKENS.securityContact}, not in an issue. You get an answer within two working days.

No secret lies in this repository: passwords and tokens are made where they are used, and pipelines prove who they are
by short-lived tokens. A secret that got in all the same is taken as known to everybody: revoke it first, then take it
out of the history.

Every check of \`.github/workflows/security.yaml\` that is switched off carries its reason and the day on which it is
looked at again.
`;
}
