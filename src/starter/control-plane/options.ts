/** What each way to run a control plane needs to be generated. */
import type { Id } from '../../content/catalogue.ts';
import type { NotGenerated } from '../module.ts';
import type { StarterInput } from '../part.ts';
import { addedByPack } from '../picks.ts';
import { aks } from './aks.ts';
import { aksAutomatic } from './aks-automatic.ts';
import type { ControlPlane, ControlPlaneChoice } from './control-plane.ts';
import { eks } from './eks.ts';
import { gkeAutopilot, gkeStandard } from './gke.ts';
import { machinesOfAzure } from './machines-azure.ts';
import { machinesOfGoogle } from './machines-gcp.ts';
import { onPremises } from './self-managed.ts';
import { onMachinesOfAws } from './self-managed-aws.ts';

export type ControlPlaneOption = 'managed-auto' | 'managed' | 'self-managed';
type Cloud = 'aws' | 'azure' | 'gcp' | 'on-prem';

export const CONTROL_PLANES = {
  managed: {
    aws: eks,
    azure: aks,
    gcp: gkeStandard,
    'on-prem': { notGenerated: 'No provider manages a control plane on your own hardware.' },
  },
  'managed-auto': {
    aws: eks,
    azure: aksAutomatic,
    gcp: gkeAutopilot,
    'on-prem': { notGenerated: 'No provider manages nodes on your own hardware.' },
  },
  'self-managed': {
    aws: onMachinesOfAws,
    azure: machinesOfAzure,
    gcp: machinesOfGoogle,
    'on-prem': onPremises,
  },
} satisfies Record<ControlPlaneOption, Record<Cloud, ControlPlaneChoice>>;

export function controlPlaneOf(input: StarterInput, option: Id, cloud: Id): ControlPlane | NotGenerated {
  const byCloud: Readonly<Record<Id, Readonly<Record<Id, ControlPlaneChoice>>>> = CONTROL_PLANES;
  const choice = byCloud[option]?.[cloud] ?? addedByPack(option);
  return typeof choice === 'function' ? choice(input) : choice;
}
