/** Certificates of the cloud serve where its own gateway ends TLS; elsewhere there is a reason against each. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { answerOf, pickOf } from '../picks.ts';

const DECISION = 'dns-and-certificates';
const INSTEAD = 'cert-manager gets certificates from a public authority instead, and names are made by hand.';

export function cloudManaged({ foundation, stack }: ModuleInput): Contribution | NotGenerated {
  if (foundation.carriesOut?.[DECISION]?.includes('cloud-managed') === true) return {};
  if (pickOf(stack, 'edge') !== 'gateway-cloud')
    return {
      notGenerated: `TLS ends in proxies of the cluster, and certificates of the cloud serve at its own load balancers, which keep their keys: ${INSTEAD}`,
    };
  return {
    notGenerated:
      answerOf(stack, 'cloud') === 'azure'
        ? `Application routing reads certificates from a vault, and the vault gets them from DigiCert or GlobalSign by a contract of yours or signs them itself, which no browser trusts: ${INSTEAD}`
        : `The gateway of this cluster takes no certificates of the cloud: ${INSTEAD}`,
  };
}
