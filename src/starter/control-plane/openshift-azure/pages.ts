/** What README, day two and the settings of checkov say of OpenShift on Azure. */

import { markdownCode } from '../../../files/markdown.ts';
import { needsTunnel } from '../../api-exposure/access.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { domainOf } from '../../names.ts';
import { isGivenNetwork } from '../aks/addresses.ts';
import { storageInWords } from '../aks/archives.ts';
import { machine } from '../aks/pool-settings.ts';
import { azurePreflight, machineQuotas } from '../aks/preflight.ts';
import type { ControlPlanePages } from '../control-plane.ts';
import { copiedValues } from '../copied-values.ts';
import { FILL_CLUSTER_VARS, fillStep } from '../fill-cluster-vars.ts';
import { MACHINES_FOLDER } from '../machines-azure/place.ts';
import { NUMBERS_WAIVER } from '../openshift/pages.ts';
import { cloudPages } from '../openshift-cloud/pages.ts';
import { PROCESSORS } from './runbooks.ts';

/** That of the way out, that of workloads, and that of the bastion. */
const ADDRESSES = 2;

export function azurePages(input: ClusterInput): ControlPlanePages {
  const [first] = input.clusters;
  return {
    ...cloudPages(input),
    firstSteps: [
      'Apply `infra/azure-subscription` once per subscription: it makes the state account and the identity that pipelines plan with (docs/runbooks/bootstrap.md).',
      `Make the zone ${markdownCode(domainOf(input))} in Azure DNS in that subscription, and delegate the name to it.`,
      ...(isGivenNetwork(input)
        ? [
            `Ask the owner of the network for two subnets per cluster, one for the control plane and one for other machines, each with a security group, a way out, and service endpoints for Key Vault and ${storageInWords(input)}.`,
          ]
        : []),
      `Copy ${copiedValues(MACHINES_FOLDER, first.name)}, and apply \`${MACHINES_FOLDER}\` with them.`,
      fillStep(first.name, 'Azure'),
      ...cloudPages(input).firstSteps,
    ],
    filledBy: FILL_CLUSTER_VARS,
    preflight: azurePreflight(
      input,
      machineQuotas(new Map([[machine(input), PROCESSORS]])),
      needsTunnel(input) ? ADDRESSES + 1 : ADDRESSES,
    ),
    waivers: NUMBERS_WAIVER,
  };
}
