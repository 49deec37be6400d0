/** A web application firewall that the answers ask for, where nothing in front of the gateway is one. */
import type { Id } from '../../content/catalogue.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, isNamed, pickOf } from '../picks.ts';

/** What has to stand there, as a line of a list; null where one is made, or none is asked for. */
export function missingFirewall({ stack }: StarterInput): string | null {
  const pick = pickOf(stack, 'edge');
  const own = pickOf(stack, 'control-plane') === 'self-managed';
  const cloud = own ? 'on-prem' : String(answerOf(stack, 'cloud'));
  if (pick === null || !isNamed(stack, 'edge-needs', 'waf')) return null;
  if (pick === 'gateway-cloud' && ATTACHED.includes(cloud)) return null;
  return `the web application firewall that is asked for: ${INSTEAD[cloud] ?? ''}`;
}

/** Where that of the provider comes with its gateway. */
const ATTACHED: readonly Id[] = ['aws', 'gcp'];
const INSTEAD: Readonly<Record<Id, string>> = {
  aws: "that of AWS attaches to the load balancer of the provider's gateway and not to that of this one; CloudFront can bring it before both",
  gcp: "Cloud Armor comes with the provider's gateway and not with this one; put a load balancer that has it before the address, and let nothing else in",
  azure:
    'the gateway takes none; put Front Door or an Application Gateway that has one before its address, and let nothing else in',
  'on-prem': 'requests have to pass one of the house before they reach the gateway',
};
