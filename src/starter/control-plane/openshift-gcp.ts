/** OpenShift on Google Cloud: OpenTofu makes network, keys and accounts, its installer makes machines, and this repository all that runs in it. */
import { mergeTrees } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import type { Contribution } from '../contribution.ts';
import { comparedWithWhatWasBrought } from '../egress/no-egress/bootstrap.ts';
import { isClosed } from '../egress/no-egress/closed.ts';
import { terraformText } from '../terraform.ts';
import type { ControlPlane } from './control-plane.ts';
import { googleAlarms } from './gke/alarms.ts';
import { outputsCompared } from './gke/automation.ts';
import { PROJECT_FOLDER, project } from './gke/project.ts';
import { projectNeeds } from './gke/project-needs.ts';
import { DRIVER } from './machines-gcp/disk-driver/names.ts';
import { diskStorage, ENCRYPTED_VOLUMES } from './machines-gcp/disk-driver.ts';
import { MACHINE_PLACEHOLDERS } from './machines-gcp/placeholders.ts';
import { FOLDER } from './machines-gcp/settings.ts';
import { knownVariables } from './manifest-variables.ts';
import { clusterSettings } from './openshift/settings.ts';
import { cloudBootstrap } from './openshift-cloud/bootstrap.ts';
import { cloudChecks, cloudFiles } from './openshift-cloud/contribution.ts';
import { CLOSED_PLACEHOLDER } from './openshift-cloud/release-registry.ts';
import { withOwnClass } from './openshift-cloud/storage.ts';
import { openshiftGcpFoundation } from './openshift-gcp/foundation.ts';
import { OPENSHIFT_GROUND } from './openshift-gcp/ground.ts';
import { fromAnyRegion } from './openshift-gcp/joined.ts';
import { INSTALLER, openshiftNeeds } from './openshift-gcp/needs.ts';
import { outputs, VARIABLES } from './openshift-gcp/outputs.ts';
import { googlePages, PIPELINE } from './openshift-gcp/pages.ts';
import { rootModule } from './openshift-gcp/root-module.ts';
import { googleRunbooks } from './openshift-gcp/runbooks.ts';
import { AT_GOOGLE } from './openshift-gcp/scripts.ts';
import { ALARM_PLACEHOLDERS } from './provider-alarms.ts';

export const OPENSHIFT_ON_GOOGLE: ControlPlane = {
  fallbackRegion: 'europe-west1',
  build: (input, cni) => ({
    foundation: openshiftGcpFoundation(input, cni),
    contribution: contribution(input),
    bootstrap: `${cloudBootstrap(
      input,
      isClosed(input)
        ? comparedWithWhatWasBrought(FOLDER, 'docs/runbooks/bootstrap.md')
        : outputsCompared(FOLDER),
    )}${fromAnyRegion(input)}`,
    pipeline: PIPELINE,
    pages: googlePages(input),
    variables: used => knownVariables(input, VARIABLES, used, outputs),
  }),
};

function contribution(input: ClusterInput): Contribution {
  return {
    files: mergeTrees(
      rootModule(input),
      cloudFiles(input, AT_GOOGLE),
      project(input, projectNeeds(input, openshiftNeeds(input), 'machines')),
      new Map([
        [
          `${PROJECT_FOLDER}/installer.tf`,
          terraformText(
            input,
            'distribution',
            'The account that the installer of OpenShift works as, and who may take its place.',
            INSTALLER,
          ),
        ],
      ]),
      googleAlarms(input, OPENSHIFT_GROUND),
    ),
    components: [clusterSettings(input), withOwnClass(diskStorage(input), DRIVER)],
    placeholders: [
      ...MACHINE_PLACEHOLDERS,
      ...ALARM_PLACEHOLDERS,
      ...(isClosed(input) ? [CLOSED_PLACEHOLDER] : []),
    ],
    runbooks: googleRunbooks(input),
    checks: [
      ...cloudChecks(input),
      ENCRYPTED_VOLUMES,
      {
        decision: 'control-plane',
        says: 'The tests of the module pass.',
        command: `tofu -chdir=${FOLDER} init -backend=false && tofu -chdir=${FOLDER} test`,
        path: `${FOLDER}/tests/defaults.tftest.hcl`,
      },
    ],
  };
}
