/** OpenShift on Azure: OpenTofu makes network, accounts and identities, its installer makes machines, and this repository all that runs in it. */
import { mergeTrees } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import type { Contribution } from '../contribution.ts';
import type { ObjectStore } from '../foundation.ts';
import { aksAlarms } from './aks/alarms.ts';
import { azurePipeline, sameAsInfrastructure } from './aks/automation.ts';
import { clusterVariables } from './aks/names.ts';
import { AKS_PLACEHOLDERS } from './aks/placeholders.ts';
import { subscription } from './aks/subscription.ts';
import type { ControlPlane } from './control-plane.ts';
import { fillScript } from './fill-cluster-vars.ts';
import { STORAGE } from './machines-azure/disks.ts';
import { MACHINES_FOLDER } from './machines-azure/place.ts';
import { clusterSettings } from './openshift/settings.ts';
import { openshiftAzureFoundation } from './openshift-azure/foundation.ts';
import { azurePages } from './openshift-azure/pages.ts';
import { rootModule } from './openshift-azure/root-module.ts';
import { azureRunbooks } from './openshift-azure/runbooks.ts';
import { AT_AZURE } from './openshift-azure/scripts.ts';
import { cloudBootstrap } from './openshift-cloud/bootstrap.ts';
import { cloudChecks, cloudFiles } from './openshift-cloud/contribution.ts';
import { withOwnClass } from './openshift-cloud/storage.ts';
import { ALARM_PLACEHOLDERS } from './provider-alarms.ts';

const DRIVER = 'disk.csi.azure.com';

export const OPENSHIFT_ON_AZURE: ControlPlane = {
  fallbackRegion: 'westeurope',
  build: (input, cni) => {
    const stores: ObjectStore[] = [];
    return {
      foundation: openshiftAzureFoundation(input, cni, store => stores.push(store)),
      contribution: contribution(input),
      bootstrap: cloudBootstrap(input, `${sameAsInfrastructure(MACHINES_FOLDER)}\n`),
      pipeline: { ...azurePipeline(MACHINES_FOLDER), reads: ['infra/openshift'] },
      pages: azurePages(input),
      variables: used => clusterVariables(input, { stores, said: SAID }, used),
    };
  },
};

/** What an inventory says elsewhere is a value here. */
const SAID = { POD_CIDR: 'var.pod_cidr' } as const;

function contribution(input: ClusterInput): Contribution {
  const tests = `${MACHINES_FOLDER}/tests/defaults.tftest.hcl`;
  return {
    files: mergeTrees(
      rootModule(input),
      cloudFiles(input, AT_AZURE),
      subscription(input),
      aksAlarms(input),
      fillScript(input, MACHINES_FOLDER),
    ),
    components: [clusterSettings(input), withOwnClass(STORAGE, DRIVER)],
    placeholders: [...AKS_PLACEHOLDERS, ...ALARM_PLACEHOLDERS],
    runbooks: azureRunbooks(input),
    checks: [
      ...cloudChecks(input),
      {
        decision: 'control-plane',
        says: 'The tests of the module pass.',
        command: `tofu -chdir=${MACHINES_FOLDER} init -backend=false && tofu -chdir=${MACHINES_FOLDER} test`,
        path: tests,
      },
    ],
  };
}
