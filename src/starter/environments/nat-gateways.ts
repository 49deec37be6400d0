/** How many gateways a network has to the internet, where each of them stands in one zone and is paid for by the hour. */
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../files/hcl.ts';
import type { Cluster } from '../cluster-input.ts';
import { wayOut } from '../egress/way-out/way.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';
import type { Shown } from '../shown.ts';
import { isSpared, servesUsers } from './spared.ts';
import { withoutValue } from './without-value.ts';

type Answered = Pick<StarterInput, 'stack'>;

/** Gateways of Google have all zones of a region, and so have the balancers that clusters of Azure leave by. */
export function choosesGateways(input: Answered): boolean {
  const { stack } = input;
  if (wayOut(input) !== 'nat' || pickOf(stack, 'network') === 'existing-network') return false;
  if (answerOf(stack, 'cloud') === 'aws') return true;
  const ownMachines = pickOf(stack, 'control-plane') === 'self-managed';
  return answerOf(stack, 'cloud') === 'azure' && ownMachines && pickOf(stack, 'distribution') !== 'openshift';
}

/** Of a network with `local.zones`; `local.nat_zone` is the zone by whose gateway each of them leaves. */
export const NAT_VARIABLE: HclExpression = hcl`variable "nat_gateways" {
  description = "each-zone: no zone loses its way out with another one. one: a third of the gateways by the hour; all zones leave by the first, and with it. A change cuts connections that are open."
  type        = string
  default     = "each-zone"

  validation {
    condition     = contains(["each-zone", "one"], var.nat_gateways)
    error_message = "There are NAT gateways in each zone (each-zone), or there is one."
  }
}

locals {
  nat_zones = var.nat_gateways == "one" ? slice(local.zones, 0, 1) : local.zones
  nat_zone  = { for zone in local.zones : zone => contains(local.nat_zones, zone) ? zone : local.nat_zones[0] }
}

`;

/** Nothing where there is no choice. */
export function natValue(input: Answered, environment: string): HclBody {
  return choosesGateways(input) ? natLines(isSpared(input, environment) ? 'one' : 'each-zone') : [];
}

export function natLines(gateways: 'one' | 'each-zone'): HclBody {
  const says =
    gateways === 'one'
      ? 'Cost counts: all zones leave by one gateway, and with it. "each-zone" gives each zone one of its own, as production has.'
      : 'A gateway for each zone; "one" costs a third, and takes the way out of all zones along with its own.';
  return [gap, comment(says), attribute('nat_gateways', gateways)];
}

/** A quota of AWS, in words: each gateway has an address. */
export const ADDRESSES = 'three Elastic IP addresses (one where `nat_gateways` is `"one"`)';

/** The head of the file of the network. */
export const networkSays = (choice: boolean): string =>
  `Three zones; the loss of one takes nothing that another one needs${choice ? ', but for the way out where nat_gateways is "one"' : ''}.`;

/** What the record of the way out says of gateways holds where users are served. */
export function gatewaysShown(
  input: StarterInput & { readonly clusters: readonly Cluster[] },
  folder: string,
): readonly Shown[] {
  const { stack, clusters } = input;
  const option = pickOf(stack, 'egress');
  if (option === null || !choosesGateways(input)) return [];
  const serving = clusters.filter(({ environment }) => servesUsers(environment));
  const others = clusters.some(({ environment }) => isSpared(input, environment));
  return [
    {
      decision: 'egress',
      option,
      says: `Production has a NAT gateway in each zone${others ? ', and what comes before it one for all, since cost counts' : ''}.`,
      ...withoutValue(serving, folder, 'nat_gateways += "one"'),
    },
  ];
}
