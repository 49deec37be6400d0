/** Credentials that the webhook of OpenShift mounts belong to root and to a group of the pod: pods that name their user need a group as well. */
import type { Id } from '../../../content/catalogue.ts';
import type { HelmValues } from '../../contribution.ts';
import type { PlatformFit } from '../../platform-fit.ts';
import { told } from '../openshift/host-agents.ts';

/** Any number does, since the kubelet gives the files to it. */
const GROUP = { fsGroup: 65534 } as const;

/** Where each chart has the settings of its pods, by its release: of those that fix a user and no group. */
const GROUPS: Readonly<Record<Id, HelmValues>> = {
  'external-secrets': { podSecurityContext: GROUP },
  kyverno: {
    admissionController: { podSecurityContext: GROUP },
    reportsController: { podSecurityContext: GROUP },
    backgroundController: { podSecurityContext: GROUP },
  },
  alloy: { global: { podSecurityContext: GROUP } },
};

export function readable(fit: PlatformFit): PlatformFit {
  return {
    ...fit,
    asRun: whole => {
      const run = fit.asRun(whole);
      return { ...run, components: run.components.map(component => told(component, GROUPS)) };
    },
  };
}
