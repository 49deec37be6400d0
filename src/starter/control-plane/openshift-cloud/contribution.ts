/** Files and checks of OpenShift that are the same in every cloud. */
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosed } from '../../egress/no-egress/closed.ts';
import { commented, headline } from '../../headline.ts';
import type { Check } from '../../part.ts';
import { script } from '../../repository/common-files.ts';
import { openshiftChecks } from '../openshift/checks.ts';
import { ETCD_BACKUP, ETCD_BACKUP_SCRIPT } from '../openshift/etcd-backup.ts';
import { INSTALL_CONFIG } from '../openshift/install.ts';
import { imageSet } from '../openshift/mirror.ts';
import { operatorFiles } from '../openshift/operators.ts';
import { MACHINE_SETS, machineSets } from './machine-sets.ts';
import { CLOUD_ROLES, type CloudInstall, cloudRoles, PREPARE_INSTALL, prepareInstall } from './scripts.ts';

export function cloudFiles(input: ClusterInput, cloud: CloudInstall): FileTree {
  const comment = (decision: string) => commented(headline(input, decision));
  return new Map([
    ...(isClosed(input) ? imageSet(input) : []),
    ...operatorFiles(input),
    [PREPARE_INSTALL, script(comment('distribution'), prepareInstall(input, cloud))],
    [CLOUD_ROLES, script(comment('distribution'), cloudRoles(input, cloud))],
    [MACHINE_SETS, script(comment('platform-defaults'), machineSets(input))],
    [ETCD_BACKUP, script(comment('control-plane'), ETCD_BACKUP_SCRIPT)],
  ]);
}

export function cloudChecks(input: ClusterInput): readonly Check[] {
  return [
    {
      decision: 'control-plane',
      says: 'Three machines form the control plane, and the API has no public address.',
      command: `grep -A 2 'name: master' ${INSTALL_CONFIG} | grep -q 'replicas: 3' && grep -q '^publish: Internal$' ${INSTALL_CONFIG}`,
      path: INSTALL_CONFIG,
    },
    {
      decision: 'workload-identity',
      says: 'Operators have no key of the cloud: they take roles by tokens.',
      command: `grep -q '^credentialsMode: Manual$' ${INSTALL_CONFIG}`,
      path: INSTALL_CONFIG,
    },
    ...openshiftChecks(input),
  ];
}
