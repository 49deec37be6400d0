/** What each way to run a control plane needs to be generated. */
import type { Id } from '../../content/catalogue.ts';
import type { NotGenerated } from '../module.ts';
import { addedByPack } from '../picks.ts';
import { aks } from './aks.ts';
import { aksAutomatic } from './aks-automatic.ts';
import type { ControlPlane } from './control-plane.ts';
import { eks } from './eks.ts';
import { gkeAutopilot, gkeStandard } from './gke.ts';

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
    aws: { notGenerated: 'A control plane of your own is not generated yet.' },
    azure: { notGenerated: 'A control plane of your own is not generated yet.' },
    gcp: { notGenerated: 'A control plane of your own is not generated yet.' },
    'on-prem': { notGenerated: 'A control plane of your own is not generated yet.' },
  },
} satisfies Record<ControlPlaneOption, Record<Cloud, ControlPlane | NotGenerated>>;

export function controlPlaneOf(option: Id, cloud: Id): ControlPlane | NotGenerated {
  const byCloud: Readonly<Record<Id, Readonly<Record<Id, ControlPlane | NotGenerated>>>> = CONTROL_PLANES;
  return byCloud[option]?.[cloud] ?? addedByPack(option);
}
