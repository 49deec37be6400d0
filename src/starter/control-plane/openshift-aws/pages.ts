/** What README, day two and the settings of checkov say of OpenShift on AWS. */
import { markdownCode } from '../../../files/markdown.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { domainOf } from '../../names.ts';
import type { ControlPlanePages, InfrastructurePipeline } from '../control-plane.ts';
import { copiedValues } from '../copied-values.ts';
import { accountStep } from '../eks/account-steps.ts';
import { EKS_PIPELINE } from '../eks/automation.ts';
import { EKS_WAIVERS } from '../eks/pages.ts';
import { awsPreflight } from '../eks/preflight.ts';
import { MACHINES } from '../eks/trust.ts';
import { ISSUER_WAIVERS } from '../machines-aws/pages.ts';
import { NUMBERS_WAIVER } from '../openshift/pages.ts';
import { hasSandboxes } from '../openshift/sandboxes.ts';
import { METAL_VCPUS } from '../openshift-cloud/machine-sets.ts';
import { cloudPages, RELEASES_STEP } from '../openshift-cloud/pages.ts';

/** Nine machines, one of the first hour, and one more while one is replaced; of metal three, and one more likewise. */
export function neededVcpus(input: ClusterInput): number {
  return 44 + (hasSandboxes(input) ? 4 * METAL_VCPUS : 0);
}

export const PIPELINE: InfrastructurePipeline = {
  ...EKS_PIPELINE,
  folder: MACHINES,
  reads: ['infra/openshift'],
};

export function awsPages(input: ClusterInput): ControlPlanePages {
  const [first] = input.clusters;
  const closed = wayOut(input) === 'none';
  return {
    ...cloudPages(input),
    firstSteps: [
      accountStep(input),
      closed
        ? RELEASES_STEP
        : `Delegate the zone ${markdownCode(domainOf(input))} to Route 53 in that account.`,
      `Copy ${copiedValues(MACHINES, first.name)}, and apply \`${MACHINES}\` with them.`,
      ...cloudPages(input).firstSteps,
    ],
    preflight: awsPreflight(input, neededVcpus(input)),
    waivers: `${EKS_WAIVERS}${ISSUER_WAIVERS}${OPENSHIFT_WAIVERS}`,
  };
}

const OPENSHIFT_WAIVERS = `${NUMBERS_WAIVER}  # The installer puts the group of machines onto them, which no file here shows.
  - CKV2_AWS_5
`;
