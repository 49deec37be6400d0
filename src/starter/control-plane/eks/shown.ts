/** What shows the options that infra/eks carries out. */
import type { ClusterInput } from '../../cluster-input.ts';
import { gatewaysShown } from '../../environments/nat-gateways.ts';
import { lineOf, natShown, networkShown, type Shown } from '../../shown.ts';
import { FOLDER } from './settings.ts';

/** Also of machines of AWS. */
export function shownByVpc(input: ClusterInput, folder: string): readonly Shown[] {
  return [
    ...networkShown(folder, '"aws_vpc" "main"'),
    ...natShown(input, folder, GATEWAYS),
    ...gatewaysShown(input, folder),
  ];
}

const GATEWAYS = {
  resource: '"aws_nat_gateway" "zone"',
  says: 'What leaves goes through NAT gateways; no node has a public address.',
} as const;

export function eksShown(input: ClusterInput): readonly Shown[] {
  return [
    ...shownByVpc(input, FOLDER),
    {
      decision: 'workload-identity',
      option: 'cloud-native',
      says: 'Controllers get their rights as the service account that they are, and none by a key.',
      ...lineOf(`${FOLDER}/identity.tf`, 'pods.eks.amazonaws.com'),
    },
    {
      decision: 'upgrades',
      option: 'planned-minors',
      says: 'The minor is raised here; AWS raises it by itself at the end of its standard support alone.',
      ...lineOf(`${FOLDER}/cluster.tf`, 'support_type = "STANDARD"'),
    },
    {
      decision: 'upgrades',
      option: 'extended-support',
      says: 'The cluster may stay on a minor that is in extended support.',
      ...lineOf(`${FOLDER}/cluster.tf`, 'support_type = "EXTENDED"'),
    },
    {
      decision: 'autoscaling',
      option: 'provider-autoscaling',
      says: 'AWS makes and removes nodes.',
      ...lineOf(`${FOLDER}/cluster.tf`, '^ *compute_config {'),
    },
  ];
}
