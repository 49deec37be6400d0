/** What README, day two and the settings of checkov say of OpenShift on Google Cloud. */
import { markdownCode } from '../../../files/markdown.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { domainOf } from '../../names.ts';
import type { ControlPlanePages, InfrastructurePipeline } from '../control-plane.ts';
import { copiedValues } from '../copied-values.ts';
import { googlePipeline } from '../gke/automation.ts';
import { gkeChoices } from '../gke/choices.ts';
import { googlePreflight, quotasOf } from '../gke/preflight.ts';
import { PROJECT_FOLDER } from '../gke/project.ts';
import { FOLDER } from '../machines-gcp/settings.ts';
import { NUMBERS_WAIVER } from '../openshift/pages.ts';
import { cloudPages, RELEASES_STEP } from '../openshift-cloud/pages.ts';
import { DISK_GIB } from './install.ts';

/** Nine machines, one of the first hour, and one more while one is replaced. */
export const MOST_MACHINES = 11;

export const PIPELINE: InfrastructurePipeline = {
  ...googlePipeline(FOLDER),
  reads: ['infra/openshift'],
};

export function googlePages(input: ClusterInput): ControlPlanePages {
  const [{ name }] = input.clusters;
  const closed = gkeChoices(input).way === 'none';
  const common = cloudPages(input);
  return {
    ...common,
    firstSteps: [
      `Apply \`${PROJECT_FOLDER}\` once per project: it makes the state bucket, ${closed ? 'the registry' : 'the DNS zone'}, the account of the installer, and the identities that pipelines plan and apply with (docs/runbooks/bootstrap.md).`,
      closed
        ? RELEASES_STEP
        : `Delegate ${markdownCode(domainOf(input))} to the name servers that it puts out.`,
      ...(gkeChoices(input).network === 'given'
        ? [
            'Have the subnet for machines made in the network that is there, and the identities of this project let in (docs/runbooks/bootstrap.md).',
          ]
        : []),
      `Copy ${copiedValues(FOLDER, name)}, and apply \`${FOLDER}\` with them.`,
      ...common.firstSteps.map(step =>
        step.replace(
          ', and then',
          `. It has written the public keys of the cluster into \`${FOLDER}/keys\`: commit that file and apply \`${FOLDER}\` again. Then`,
        ),
      ),
    ],
    preflight: googlePreflight(input, quotasOf(input, MOST_MACHINES, MOST_MACHINES * DISK_GIB)),
    waivers: WAIVERS,
  };
}

const WAIVERS = `  # The flows of a subnet are logged; a copy of every packet is a decision of its own.
  - CKV2_GCP_12
${NUMBERS_WAIVER}`;
