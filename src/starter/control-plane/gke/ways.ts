/** By which way a network of a cluster of Google Cloud is left: parts of its network.tf, whoever runs the control plane. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Way } from '../../egress/way-out/way.ts';
import { NETWORK, WAY_OUT } from '../../google/network.ts';
import { googleWithin, toHouseAlone } from '../../google/way-within.ts';
import { zoneOfNames } from '../../google/zone.ts';
import type { StarterInput } from '../../part.ts';
import { DNS_ZONE_NAME } from './cluster-variables.ts';
import { DNS_ZONE_VARIABLE, PRIVATE_ZONE, TO_HOUSE, TO_PROXY, WITHOUT_ROUTES } from './way-out.ts';

/** The network itself: with the routes that Google makes, or without. */
export const networkOf = (way: Way): HclExpression => (way === 'nat' ? NETWORK : WITHOUT_ROUTES);

/** What leads out of it, and by which addresses Google is reached. */
export const outOf = (way: Way): readonly HclExpression[] => WAYS[way];

const NAT = hcl`
${WAY_OUT}
`;
const WAYS: Readonly<Record<Way, readonly HclExpression[]>> = {
  nat: [NAT],
  firewall: [TO_HOUSE, googleWithin('private')],
  proxy: [TO_PROXY, googleWithin('private')],
  none: [toHouseAlone(), googleWithin('restricted'), PRIVATE_ZONE],
};

/** In a network of somebody else Google is reached as its owner has it; the names of the platform are this project's. */
export const namesOf = (way: Way): readonly HclExpression[] => (way === 'none' ? [PRIVATE_ZONE] : []);

/** The zone of the platform: that of the project, or one that the network of the cluster has for itself. */
export function zoneName(input: StarterInput): HclExpression {
  return zoneOfNames(input) === 'network'
    ? hcl`google_dns_managed_zone.private.name`
    : hcl`var.dns_zone_name`;
}

export function zoneVariable(input: StarterInput): HclExpression {
  const place = zoneOfNames(input);
  if (place === 'house') return hcl``;
  return hcl`${place === 'network' ? DNS_ZONE_VARIABLE : DNS_ZONE_NAME}

`;
}

/** What says its domain, before the outputs. */
export function zoneLookedUp(input: StarterInput): HclExpression {
  return zoneOfNames(input) === 'house'
    ? hcl``
    : hcl`data "google_dns_managed_zone" "platform" {
  name = ${zoneName(input)}
}

`;
}

export function zoneOutput(input: StarterInput): HclExpression {
  return zoneOfNames(input) === 'house'
    ? hcl``
    : hcl`output "dns_zone" {
  description = "Domain that the cluster's names lie in."
  value       = trimsuffix(data.google_dns_managed_zone.platform.dns_name, ".")
}

`;
}
