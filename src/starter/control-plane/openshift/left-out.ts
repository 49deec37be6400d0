/** Options that are generated elsewhere and not on OpenShift, and why. */
import type { Id } from '../../../content/catalogue.ts';
import type { ModuleInput } from '../../module.ts';
import { mountsFromVault } from '../../secrets/source.ts';

type Told = Pick<ModuleInput, 'stack'>;

interface LeftOut {
  /** All but these. */
  readonly but?: readonly Id[];
  readonly only?: readonly Id[];
  /** Where answers rather than the option decide. */
  readonly orWhere?: (told: Told) => boolean;
  readonly because: string;
}

const LEFT_OUT: Readonly<Record<Id, LeftOut>> = {
  edge: {
    but: ['ingress-openshift'],
    because:
      'OpenShift runs a router on the ports that a second proxy would need, and hosts of your own hand out no further addresses: its own router is what is generated.',
  },
  mesh: {
    but: ['none'],
    because:
      'A mesh of your own changes the network of every pod, which OpenShift lets in by a security context constraint and network attachments that differ from mesh to mesh: that is not generated yet. Red Hat’s own mesh is an operator of OpenShift.',
  },
  metrics: {
    but: ['openshift-monitoring'],
    because:
      'OpenShift owns the kinds of monitors and rules, and its agents hold the ports that others would need on each host: the agents of another monitoring are not generated here. What OpenShift measures it can hand on by remote write.',
  },
  secrets: {
    only: ['csi-driver'],
    orWhere: mountsFromVault,
    because:
      'The driver mounts secrets as root on every host, which OpenShift lets in by a security context constraint: that is not generated yet. Secrets by External Secrets and by SOPS are.',
  },
  'workload-identity': {
    only: ['spiffe'],
    because:
      'Agents of SPIRE look at the processes of their host, which OpenShift lets in by constraints and settings of SELinux of its own: that is not generated yet. Pods have the tokens of their service accounts.',
  },
  'tenant-isolation': {
    only: ['virtual-cluster', 'sandbox'],
    because:
      'Clusters within a cluster and sandboxes of tenants are operators of their own on OpenShift, and are not generated yet: tenants are apart by namespace, each with a range of numbers for its pods that no other has.',
  },
};

export function leftOut(told: Told, decision: Id, pick: Id): string | null {
  const entry = LEFT_OUT[decision];
  if (entry === undefined) return null;
  const isIn = entry.only === undefined ? entry.but?.includes(pick) === false : entry.only.includes(pick);
  return isIn || entry.orWhere?.(told) === true ? entry.because : null;
}

/** Why no other network is written for it. */
export const OTHER_NETWORK =
  'OpenShift is installed with OVN-Kubernetes here. A network of another vendor comes with that vendor’s own manifests and support, which this repository does not write.';
