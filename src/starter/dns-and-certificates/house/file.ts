/** platform/namespaces/authorities.pem: the one place that says which authorities are believed. */
import { commented, headline } from '../../headline.ts';
import type { ModuleInput } from '../../module.ts';
import { AUTHORITIES_PLACEHOLDER } from './authorities.ts';

/** Whoever reads certificates passes over what stands before and between them. */
export function authoritiesFile(input: ModuleInput): string {
  const says =
    'The authorities that sign for what the house runs. From here pods, hosts, delivery and backups have them; docs/runbooks/house-authorities.md says who reads it when.';
  const comment = commented(headline(input, 'dns-and-certificates', says));
  return `${comment}\n${AUTHORITIES_PLACEHOLDER.token}\n`;
}
