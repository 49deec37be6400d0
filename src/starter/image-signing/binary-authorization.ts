/** Binary Authorization: the cloud itself refuses images that nobody attested. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';

const DECISION = 'image-signing';

export function binaryAuthorization({ foundation }: ModuleInput): Contribution | NotGenerated {
  const service = foundation.services?.binaryAuthorization;
  return service === undefined
    ? {
        notGenerated:
          'The policy of Binary Authorization is not generated for these clusters: images run unverified.',
      }
    : service(DECISION);
}
