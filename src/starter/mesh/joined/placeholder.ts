/** What the balancers of gateways let in, where only the networks of the other clusters know it. */
import type { Placeholder } from '../../part.ts';
import { TOKENS } from '../../placeholder-tokens.ts';

export const PEERS_PLACEHOLDER: Omit<Placeholder, 'file'> = {
  token: TOKENS.meshPeers,
  meaning:
    'The public addresses by which the other clusters of the environment leave their networks, one entry each, as ranges of one address: known when the infrastructure of all of them is applied, before the first bootstrap.',
  example: '198.51.100.7/32',
};
