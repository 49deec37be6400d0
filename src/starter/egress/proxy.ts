/** A proxy for what leaves: hosts, components and workloads are told of it, where the place has a setting for it. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { answerOf, pickOf } from '../picks.ts';
import { PROXY_PLACEHOLDERS } from './proxy/settings.ts';

/** Why not, and the way out that each place has without a proxy. */
const WITHOUT: Readonly<Record<string, string>> = {
  aws: 'Nodes of EKS Auto Mode are of pools that AWS brings, with a class of nodes that knows no proxy, so their images would not come; a class and pools of your own in their place, which have to be there before anything runs, are not generated. Traffic leaves through the NAT gateways of the network. With node groups a proxy is generated.',
  azure:
    'The settings of a proxy are not generated for AKS Automatic, and AKS has none for clusters that have nodes with Windows: traffic leaves through the load balancer that AKS makes for it. Where all of it has to pass a border, the way to a firewall is generated.',
  gcp: 'Nodes of GKE take no settings of a proxy, so their images would not come through one: traffic leaves through Cloud NAT. Where all of it has to pass a border, the way to a firewall is generated.',
};
const ON_GOOGLE_WITH_WINDOWS =
  'Machines of Google Cloud that run Windows ask a server of Google for their activation, by a route past any proxy that is not made here: traffic leaves through Cloud NAT. With Linux alone a proxy is generated. Where all of it has to pass a border, the way to a firewall is generated.';

const ON_MACHINES_OF_AZURE =
  'Pods on machines of Azure sign in to Entra ID and call Azure Resource Manager outside. AKS tells every pod of a proxy; here each program has to be told by itself, which is generated for OpenShift. Traffic leaves through NAT. Where all of it has to pass a border, the way to a firewall is generated.';

export function proxy({ stack, foundation: { carriesOut = {} } }: ModuleInput): Contribution | NotGenerated {
  if (carriesOut.egress?.includes('proxy') === true)
    return {
      placeholders: PROXY_PLACEHOLDERS,
      checks: [
        {
          decision: 'egress',
          says: 'Nothing reaches an address outside but that of the proxy.',
          command:
            "! grep -rhA3 -e '- to:' platform platform-config apps | grep -qE 'cidr: \"?0[.]0[.]0[.]0/0'",
          path: 'platform',
        },
      ],
    };
  const cloud = String(answerOf(stack, 'cloud'));
  if (pickOf(stack, 'control-plane') !== 'self-managed')
    return { notGenerated: WITHOUT[cloud] ?? ON_GOOGLE_WITH_WINDOWS };
  return { notGenerated: cloud === 'azure' ? ON_MACHINES_OF_AZURE : ON_GOOGLE_WITH_WINDOWS };
}
