/** Names and certificates: what each option needs to be generated. */
import { byInfrastructure } from '../by-infrastructure.ts';
import type { Choice } from '../module.ts';
import { corporatePki } from './corporate-pki.ts';
import { externalDns } from './external-dns.ts';

export type DnsAndCertificatesOption = 'external-dns-cert-manager' | 'cloud-managed' | 'corporate-pki';

export const DNS_AND_CERTIFICATES = {
  'external-dns-cert-manager': externalDns,
  'cloud-managed': byInfrastructure(
    'dns-and-certificates',
    'cloud-managed',
    'Certificates of the cloud are not generated yet: cert-manager gets them from a public authority, and names are made by hand.',
  ),
  'corporate-pki': corporatePki,
} satisfies Record<DnsAndCertificatesOption, Choice>;
