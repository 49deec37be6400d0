/** What shows the options that a network of AWS and the rights of service accounts carry out. */
import { lineOf, noLineOf, type Shown } from '../shown.ts';

export const awsShown = (folder: string): readonly Shown[] => [
  {
    decision: 'network',
    option: 'create-network',
    says: 'The network is made here, and belongs to this cluster alone.',
    ...lineOf(`${folder}/network.tf`, '^resource "aws_vpc" "main"'),
  },
  {
    decision: 'network',
    option: 'existing-network',
    says: 'No network is made here: ranges and subnets are those that were given.',
    ...noLineOf(`${folder}/network.tf`, '^resource "aws_vpc" "main"'),
  },
];

/** In a network of one's own. */
export const natOfAws = (folder: string): Shown => ({
  decision: 'egress',
  option: 'open-nat',
  says: 'What leaves goes through a NAT gateway in its own zone; no node has a public address.',
  ...lineOf(`${folder}/network.tf`, '^resource "aws_nat_gateway" "zone"'),
});
