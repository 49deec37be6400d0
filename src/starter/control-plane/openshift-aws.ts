/** OpenShift on AWS: OpenTofu makes network, keys and roles, its installer makes machines, and this repository all that runs in it. */
import { mergeTrees } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import type { Contribution } from '../contribution.ts';
import { comparedWithWhatWasBrought } from '../egress/no-egress/bootstrap.ts';
import { isClosed } from '../egress/no-egress/closed.ts';
import type { ControlPlane } from './control-plane.ts';
import { account } from './eks/account.ts';
import { eksAlarms } from './eks/alarms.ts';
import { EKS_PLACEHOLDERS } from './eks/placeholders.ts';
import { storage } from './eks/storage.ts';
import { MACHINES } from './eks/trust.ts';
import { compared } from './machines-aws/pages.ts';
import { certManagerTokens } from './machines-aws/pod-identity.ts';
import { knownVariables } from './manifest-variables.ts';
import { clusterSettings } from './openshift/settings.ts';
import { openshiftAwsFoundation } from './openshift-aws/foundation.ts';
import { outputs, VARIABLES } from './openshift-aws/outputs.ts';
import { awsPages, PIPELINE } from './openshift-aws/pages.ts';
import { rootModule } from './openshift-aws/root-module.ts';
import { awsRunbooks } from './openshift-aws/runbooks.ts';
import { atAws } from './openshift-aws/scripts.ts';
import { cloudBootstrap } from './openshift-cloud/bootstrap.ts';
import { cloudChecks, cloudFiles } from './openshift-cloud/contribution.ts';
import { CLOSED_PLACEHOLDER } from './openshift-cloud/release-registry.ts';
import { withOwnClass } from './openshift-cloud/storage.ts';
import { ALARM_PLACEHOLDERS } from './provider-alarms.ts';

const DRIVER = 'ebs.csi.aws.com';

export const OPENSHIFT_ON_AWS: ControlPlane = {
  fallbackRegion: 'eu-central-1',
  build: (input, cni) => ({
    foundation: openshiftAwsFoundation(input, cni),
    contribution: contribution(input),
    bootstrap: cloudBootstrap(
      input,
      isClosed(input)
        ? comparedWithWhatWasBrought(MACHINES, 'docs/runbooks/bootstrap.md')
        : compared('The infrastructure says'),
    ),
    pipeline: PIPELINE,
    pages: awsPages(input),
    variables: used => knownVariables(input, VARIABLES, used, outputs),
  }),
};

function contribution(input: ClusterInput): Contribution {
  return {
    files: mergeTrees(rootModule(input), cloudFiles(input, atAws(input)), account(input), eksAlarms(input)),
    components: [clusterSettings(input), withOwnClass(storage(DRIVER), DRIVER)],
    config: certManagerTokens(input),
    placeholders: [
      ...EKS_PLACEHOLDERS,
      ...ALARM_PLACEHOLDERS,
      ...(isClosed(input) ? [CLOSED_PLACEHOLDER] : []),
    ],
    runbooks: awsRunbooks(input),
    checks: [
      ...cloudChecks(input),
      {
        decision: 'control-plane',
        says: 'The tests of the module pass.',
        command: `tofu -chdir=${MACHINES} init -backend=false && tofu -chdir=${MACHINES} test`,
        path: `${MACHINES}/tests/defaults.tftest.hcl`,
      },
    ],
  };
}
