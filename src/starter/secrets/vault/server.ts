/** Vault or OpenBao, run apart from the clusters: where it answers, and how a cluster signs in. */
import { TOKENS } from '../../placeholder-tokens.ts';

export const VAULT_HOST = `${TOKENS.vault}.example.com`;
export const VAULT_PORT = 8200;
export const VAULT = `https://${VAULT_HOST}:${VAULT_PORT}`;
/** Where Vault keeps what it knows of a cluster's tokens. */
export const VAULT_SIGN_IN = 'jwt-${CLUSTER_NAME}';
/** For whom the tokens are that Vault is shown. */
export const VAULT_AUDIENCE = 'vault';
/** Its engine of secrets of fixed values, in the second version. */
export const VAULT_ENGINE = 'platform';

export const VAULT_PLACEHOLDER = {
  token: TOKENS.vault,
  meaning: 'Host that Vault or OpenBao answers at; replace the whole name.',
  example: 'vault.acme.example',
} as const;
