/** Names and certificates: what each option needs to be generated. */
import type { Choice } from '../module.ts';
import { cloudManaged } from './cloud-managed.ts';
import { corporatePki } from './corporate-pki.ts';
import { externalDns } from './external-dns.ts';

export type DnsAndCertificatesOption = 'external-dns-cert-manager' | 'cloud-managed' | 'corporate-pki';

export const DNS_AND_CERTIFICATES = {
  'external-dns-cert-manager': externalDns,
  'cloud-managed': cloudManaged,
  'corporate-pki': corporatePki,
} satisfies Record<DnsAndCertificatesOption, Choice>;
