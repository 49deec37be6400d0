/** Values of the chart of Gatekeeper. */
import type { HelmValues } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { asksRatify } from './place.ts';

export function gatekeeperValues(input: ModuleInput, namespace: string): HelmValues {
  const { systemPool } = input.foundation;
  const exempt = { 'kubernetes.io/metadata.name': ['kube-system', namespace] };
  const pool = { nodeSelector: systemPool.nodeSelector, tolerations: systemPool.tolerations };
  return {
    replicas: 3,
    // A rule that is skipped while its judge is away is no rule.
    validatingWebhookFailurePolicy: 'Fail',
    validatingWebhookTimeoutSeconds: 5,
    validatingWebhookExemptNamespacesLabels: exempt,
    mutatingWebhookExemptNamespacesLabels: exempt,
    // Nothing is changed on its way in, and nobody is asked for data but who verifies signatures.
    disableMutation: true,
    enableExternalData: asksRatify(input),
    enableK8sNativeValidation: true,
    auditInterval: 60,
    pdb: { controllerManager: { minAvailable: 2 } },
    controllerManager: {
      ...pool,
      priorityClassName: 'system-cluster-critical',
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { 'gatekeeper.sh/operation': 'webhook' } },
        },
      ],
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
    },
    audit: {
      ...pool,
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
    },
    // Flux brings the kinds, and platform/namespaces the labels: no job has to.
    upgradeCRDs: { enabled: false },
    postInstall: { labelNamespace: { enabled: false }, probeWebhook: { enabled: false } },
    podLabels: { 'app.kubernetes.io/name': 'gatekeeper' },
  };
}
