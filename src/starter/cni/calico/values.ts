/** Values of the chart of Calico's operator: what is the same everywhere, and what the place adds. */
import type { HelmValues } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import type { StarterInput } from '../../part.ts';
import { answerOf } from '../../picks.ts';
import { CALICO_PORTS, type CalicoPlace } from './place.ts';

const sized = (name: string, cpu: string, memory: string, limit: string) => ({
  containers: [{ name, resources: { requests: { cpu, memory }, limits: { memory: limit } } }],
});

export function calicoValues(input: ModuleInput, place: CalicoPlace): HelmValues {
  const { role } = place;
  const { systemPool } = input.foundation;
  return {
    manageCRDs: false,
    installation: {
      enabled: true,
      ...installationOf(input, place),
      nodeMetricsPort: CALICO_PORTS.agents,
      // It would lie in a folder that some hosts do not let anybody write to, and nothing here asks for it.
      flexVolumePath: 'None',
      controlPlaneReplicas: 2,
      controlPlaneNodeSelector: systemPool.nodeSelector,
      controlPlaneTolerations: systemPool.tolerations,
      calicoNodeDaemonSet: pod(sized('calico-node', '150m', '256Mi', '512Mi')),
      calicoKubeControllersDeployment: pod(sized('calico-kube-controllers', '20m', '64Mi', '256Mi')),
      typhaDeployment: pod({
        ...sized('calico-typha', '50m', '64Mi', '256Mi'),
        // Agents wait for it, and no node becomes ready before they run.
        ...(role === 'network' ? { tolerations: [{ operator: 'Exists' }] } : {}),
      }),
    },
    ...(isEncrypted(input, role)
      ? { defaultFelixConfiguration: { enabled: true, wireguardEnabled: true } }
      : {}),
    // Policies are those of Kubernetes, so nobody needs the API of Calico or its view of flows.
    apiServer: { enabled: false },
    goldmane: { enabled: false },
    whisker: { enabled: false },
    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
    priorityClassName: 'system-cluster-critical',
  };
}

export function installationOf(input: ModuleInput, { installation }: CalicoPlace): HelmValues {
  return typeof installation === 'function' ? installation(input) : installation;
}

function pod(spec: object) {
  return { spec: { template: { spec } } };
}

/** Between nodes, by WireGuard: only where Calico is the network. */
export function isEncrypted({ stack }: StarterInput, role: CalicoPlace['role']): boolean {
  return role === 'network' && answerOf(stack, 'node-encryption') === 'yes';
}
