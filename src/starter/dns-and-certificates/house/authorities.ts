/** The authorities of the house: one file, which namespaces, hosts and scripts are given, so that what the house runs is believed. */
import type { ModuleInput } from '../../module.ts';
import { repositoryUrl } from '../../names.ts';
import type { Placeholder, StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { HARBOR } from '../../registry/harbor.ts';
import { publishesAuthorities } from './publishes.ts';

/** The one place. It lies where namespaces are made, because they come before everything that reads it. */
export const AUTHORITIES_FILE = 'platform/namespaces/authorities.pem';
/** Its name in a folder of settings of a host. */
export const AUTHORITIES_ON_HOST = 'authorities.pem';
/** Stands in files of hosts where scripts/host-config.sh puts its lines. */
export const AUTHORITIES_MARK = '__AUTHORITIES__';
/** The object with it in a namespace, and its key: a ConfigMap or, where only that can be named, a Secret that scripts/bootstrap.sh makes. */
export const AUTHORITIES = 'house-authorities';
export const AUTHORITIES_KEY = 'ca.crt';
/** Where pods have it. */
const FOLDER = '/etc/house-authorities';
export const AUTHORITIES_VOLUME = { name: AUTHORITIES, configMap: { name: AUTHORITIES } } as const;
export const AUTHORITIES_MOUNT = { name: AUTHORITIES, mountPath: FOLDER, readOnly: true } as const;
/** Programs in Go read this folder beside the file of authorities that their image brings. */
export const TRUSTING = { name: 'SSL_CERT_DIR', value: FOLDER } as const;

/** On hosts of one's own object storage, registry, Vault and mail are the house's; elsewhere where certificates have to come from it. */
export function trustsHouse(input: Pick<ModuleInput, 'stack'>): boolean {
  return answerOf(input.stack, 'cloud') === 'on-prem' || publishesAuthorities(input);
}

/** Who signed the certificate of the identity provider: on hosts of one's own the house, where certificates have to come from it. */
export function signInSignedBy(input: Pick<ModuleInput, 'stack'>): 'public' | 'house' {
  return answerOf(input.stack, 'cloud') === 'on-prem' && publishesAuthorities(input) ? 'house' : 'public';
}

/** Hosts of Git and of the registry that are the house's, as delivery names them. */
export function hostsOfDelivery(input: StarterInput): readonly string[] {
  if (!trustsHouse(input)) return [];
  const git = new URL(repositoryUrl(input)).hostname;
  return [
    ...(pickOf(input.stack, 'registry') === 'harbor' ? [HARBOR] : []),
    ...(PUBLIC_GIT.has(git) ? [] : [git]),
  ];
}

const PUBLIC_GIT: ReadonlySet<string> = new Set([
  'bitbucket.org',
  'codeberg.org',
  'dev.azure.com',
  'github.com',
  'gitlab.com',
]);

export const AUTHORITIES_PLACEHOLDER: Omit<Placeholder, 'file'> = {
  token: TOKENS.rootCertificate,
  meaning:
    'Certificates of the authorities that sign for what the house runs and clusters call (object storage, registry, Vault, Git, sign-in, mail), as PEM, one after the other; where one of them has a certificate of a public authority, the root of that one.',
  example: '-----BEGIN CERTIFICATE-----',
};
