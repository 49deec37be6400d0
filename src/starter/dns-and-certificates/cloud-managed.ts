/** Certificates of the cloud serve where its own gateway ends TLS; elsewhere there is a reason against each. */
import type { Contribution } from '../contribution.ts';
import { isClosedInCloud } from '../egress/no-egress/closed.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { answerOf, pickOf } from '../picks.ts';

const DECISION = 'dns-and-certificates';

export function cloudManaged({ foundation, stack }: ModuleInput): Contribution | NotGenerated {
  if (foundation.carriesOut?.[DECISION]?.includes('cloud-managed') === true) return {};
  const instead = isClosedInCloud({ stack })
    ? 'cert-manager issues them by an intermediate of your own authority instead, and names are made by hand.'
    : 'cert-manager gets certificates from a public authority instead, and names are made by hand.';
  if (pickOf(stack, 'edge') !== 'gateway-cloud')
    return {
      notGenerated: `TLS ends in proxies of the cluster, and certificates of the cloud serve at its own load balancers, which keep their keys: ${instead}`,
    };
  return {
    notGenerated:
      answerOf(stack, 'cloud') === 'azure'
        ? `Application routing reads certificates from a vault, and the vault gets them from DigiCert or GlobalSign by a contract of yours or signs them itself, which no browser trusts: ${instead}`
        : `The gateway of this cluster takes no certificates of the cloud: ${instead}`,
  };
}
