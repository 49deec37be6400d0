/** What leaves the clusters, and through what: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { centralFirewall } from './central-firewall.ts';
import { dnsPolicy } from './dns-policy.ts';
import { noEgress } from './no-egress.ts';
import { proxy } from './proxy.ts';

export type EgressOption = 'open-nat' | 'dns-policy' | 'central-firewall' | 'proxy' | 'no-egress';

export const EGRESS = {
  'open-nat': { noFiles: true },
  'dns-policy': dnsPolicy,
  'central-firewall': centralFirewall,
  proxy,
  'no-egress': noEgress,
} satisfies Record<EgressOption, Choice>;
