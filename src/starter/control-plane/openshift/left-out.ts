/** Options that are generated elsewhere and not on OpenShift, and why. */
import type { Id } from '../../../content/catalogue.ts';
import type { PlatformFit } from '../../platform-fit.ts';
import { whyNoSandboxes } from './sandboxes.ts';

interface LeftOut {
  /** All but these. */
  readonly but: readonly Id[];
  readonly because: string;
}

const LEFT_OUT: Readonly<Record<Id, LeftOut>> = {
  edge: {
    but: ['ingress-openshift'],
    because:
      'OpenShift runs a router on the ports that a second proxy would need, and hosts of your own hand out no further addresses: its own router is what is generated.',
  },
  mesh: {
    but: ['none', 'istio-ambient', 'istio-sidecar'],
    because:
      'On OpenShift the mesh that is generated is Istio: Linkerd says nothing of OpenShift, and Cilium is another network than the one that OpenShift is installed with.',
  },
  metrics: {
    but: ['openshift-monitoring'],
    because:
      'OpenShift owns the kinds of monitors and rules, and its agents hold the ports that others would need on each host: the agents of another monitoring are not generated here. What OpenShift measures it can hand on by remote write.',
  },
};

export const leftOut: PlatformFit['leavesOut'] = (told, decision, pick) => {
  if (decision === 'tenant-isolation' && pick === 'sandbox') return whyNoSandboxes(told);
  const entry = LEFT_OUT[decision];
  return entry === undefined || entry.but.includes(pick) ? null : entry.because;
};

/** Advised against; for whoever pins OpenShift all the same. */
export const NO_WINDOWS =
  'Nodes with Windows do not run OVN-Kubernetes, which holds network policies on OpenShift, and OpenShift supports neither its monitoring of workloads nor scaling of pods there: none are made. RKE2 with Calico is what takes them.';

/** Why no other network is written for it. */
export const OTHER_NETWORK =
  'OpenShift is installed with OVN-Kubernetes here. A network of another vendor comes with that vendor’s own manifests and support, which this repository does not write.';
