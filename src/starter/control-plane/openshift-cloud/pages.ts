/** What README and day two say of OpenShift in every cloud. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { ControlPlanePages } from '../control-plane.ts';
import { IMAGE_SET } from '../openshift/mirror.ts';
import { installerOf, PREPARE_INSTALL } from './scripts.ts';

export function cloudPages(input: ClusterInput): Omit<ControlPlanePages, 'waivers'> {
  const [{ name }] = input.clusters;
  return {
    firstSteps: [
      `Run \`${PREPARE_INSTALL} ${name}\`, which writes what the installer reads and makes the roles of its operators, and then \`${installerOf(input)} create cluster\` in the folder that it prints (docs/runbooks/bootstrap.md).`,
    ],
    nodeImages: '[machines](runbooks/host-upgrade.md), with each upgrade of OpenShift',
    patience: 'Nothing gives up by itself: the machine waits until somebody decides.',
    access: `Daily work needs no access to a cluster and none to a machine. Reading and repairing goes through groups of the identity provider (\`oc login --web\`); the
kubeconfig of the installer is for the day on which that provider is down, and lies in a safe. Whoever used it says so where the team can read it.`,
  };
}

/** Without a way out, before anything is installed. */
export const RELEASES_STEP = `Fill a registry of the house with releases of OpenShift: \`oc-mirror\` with \`${IMAGE_SET}\` (docs/runbooks/no-way-out.md).`;
