/** The firewall of the house: the route that leads there, where this repository makes the network. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';

export function centralFirewall({
  foundation: { carriesOut = {} },
}: ModuleInput): Contribution | NotGenerated {
  if (carriesOut.egress?.includes('central-firewall') === true) return {};
  return {
    notGenerated:
      'The way to a central firewall is not generated for this control plane: traffic leaves as it does by default.',
  };
}
