/** A proxy for what leaves: its settings are not generated, and what happens instead differs by the place. */
import type { ModuleInput, NotGenerated } from '../module.ts';
import { answerOf } from '../picks.ts';

/** The way out that each place has without a proxy. */
const WITHOUT: Readonly<Record<string, string>> = {
  aws: 'traffic leaves through the NAT gateways of the network',
  azure: 'traffic leaves through the load balancer that AKS makes for it',
  gcp: 'traffic leaves through Cloud NAT',
  'on-prem':
    'hosts and pods leave by the route that their network gives them, and where that lets nothing pass but the proxy, images and charts do not come',
};

export function proxy({ stack }: ModuleInput): NotGenerated {
  const way = WITHOUT[String(answerOf(stack, 'cloud'))] ?? 'traffic leaves as the network lets it';
  return { notGenerated: `The settings of a proxy are not generated yet: ${way}.` };
}
