/** The parts of Istio that work on nodes: their namespace, and how they are installed. */

import type { Component, HelmValues, NamespaceSpec } from '../../contribution.ts';
import { alertRules } from '../../metrics/alerts.ts';
import type { ModuleInput } from '../../module.ts';

/** They change the network of pods, so they cannot be restricted; nothing else lives there. */
export const ISTIO_AGENTS = 'istio-agents';

export const AGENTS_NAMESPACE: NamespaceSpec = {
  name: ISTIO_AGENTS,
  decision: 'mesh',
  podSecurity: 'privileged',
  because:
    "Istio's agents change the network of the pods of their node, so that no pod needs that right itself.",
  owner: 'platform',
  quota: null,
};

/** What both parts have of the platform's settings. */
export const AGENT_VALUES = {
  // Some providers refuse their priority outside kube-system without it.
  resourceQuotas: { enabled: true },
} as const;

export function istioCni(input: ModuleInput, own: HelmValues): Component {
  const { networkPlugins } = input.foundation;
  return {
    id: 'istio-cni',
    decision: 'mesh',
    layer: 'platform-mesh',
    says: 'Leads the traffic of pods into the mesh, in the place of privileged containers within them.',
    chart: {
      release: 'istio-cni',
      namespace: ISTIO_AGENTS,
      crds: 'skip',
      values: {
        ...AGENT_VALUES,
        ...(networkPlugins === undefined ? {} : { cniBinDir: networkPlugins }),
        resources: { requests: { cpu: '50m', memory: '100Mi' }, limits: { memory: '256Mi' } },
        ...own,
      },
    },
    objects: {
      alerts: [
        alertRules(input, { name: 'istio-agents', namespace: ISTIO_AGENTS }, [
          {
            alert: 'IstioAgentMissing',
            expr: `max by (daemonset) (kube_daemonset_status_number_unavailable{namespace="${ISTIO_AGENTS}"}) > 0`,
            lasting: '10m',
            severity: 'critical',
            summary: 'A node has no {{ $labels.daemonset }}.',
            description: 'Pods that start there do not come into the mesh, and do not become ready.',
            runbook: 'mesh',
          },
        ]),
      ],
    },
  };
}
