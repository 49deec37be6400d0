/** What shows the options that a network of Google Cloud carries out. */
import { lineOf, noLineOf, type Shown } from '../shown.ts';

export const googleShown = (folder: string): readonly Shown[] => [
  {
    decision: 'network',
    option: 'create-network',
    says: 'The network is made here, and belongs to this cluster alone.',
    ...lineOf(`${folder}/network.tf`, '^resource "google_compute_network" "main"'),
  },
  {
    decision: 'network',
    option: 'existing-network',
    says: 'No network is made here: ranges and subnets are those that were given.',
    ...noLineOf(`${folder}/network.tf`, '^resource "google_compute_network" "main"'),
  },
];

/** In a network of one's own. */
export const natOfGoogle = (folder: string): Shown => ({
  decision: 'egress',
  option: 'open-nat',
  says: 'What leaves goes through Cloud NAT; no node has a public address.',
  ...lineOf(`${folder}/network.tf`, '^resource "google_compute_router_nat" "main"'),
});
