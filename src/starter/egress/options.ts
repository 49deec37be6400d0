/** What leaves the clusters, and through what: what each option needs to be generated. */
import { byInfrastructure } from '../by-infrastructure.ts';
import type { Choice } from '../module.ts';
import { dnsPolicy } from './dns-policy.ts';
import { noEgress } from './no-egress.ts';
import { proxy } from './proxy.ts';

export type EgressOption = 'open-nat' | 'dns-policy' | 'central-firewall' | 'proxy' | 'no-egress';

export const EGRESS = {
  'open-nat': { noFiles: true },
  'dns-policy': dnsPolicy,
  'central-firewall': byInfrastructure(
    'egress',
    'central-firewall',
    'The way to a central firewall is not generated yet: traffic leaves as it does by default.',
  ),
  proxy,
  'no-egress': noEgress,
} satisfies Record<EgressOption, Choice>;
