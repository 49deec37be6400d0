/** The monitoring that OpenShift brings: told how long it keeps what, whom it tells, and to watch workloads as well. */
import type { IConfigMap } from 'kubernetes-models/v1';
import { writeYaml } from '../../files/yaml.ts';
import type { Contribution, Runbook } from '../contribution.ts';
import { headline } from '../headline.ts';
import type { ModuleInput } from '../module.ts';
import { platformNamespace } from '../network/namespace.ts';
import { alertRouting } from './alert-routing.ts';
import { MONITORING } from './namespaces.ts';
import { PLATFORM_ALERTS_RUNBOOK, platformAlerts } from './platform-alerts.ts';

const DECISION = 'metrics';
export const SETTINGS = 'cluster-monitoring';
/** Alertmanager is told by a Secret, which scripts/bootstrap.sh makes of this file. */
export const ALERT_ROUTING = 'infra/openshift/alertmanager.yaml';

export function openshiftMonitoring(input: ModuleInput): Contribution {
  const routing = alertRouting(input);
  return {
    files: new Map([
      [
        ALERT_ROUTING,
        writeYaml([routing.config], {
          comment: headline(
            input,
            DECISION,
            'Who hears of alerts, and the dead-man switch. After a change: scripts/bootstrap.sh.',
          ),
        }),
      ],
    ]),
    namespaces: [platformNamespace(MONITORING, DECISION)],
    components: [
      {
        id: SETTINGS,
        decision: DECISION,
        layer: 'platform-obs',
        says: 'What the monitoring of OpenShift is told: two config maps that its operator reads.',
        objects: { platform: [platformSettings(input)] },
      },
      platformAlerts(input),
    ],
    runbooks: [PLATFORM_ALERTS_RUNBOOK, RUNBOOK, DEAD_MAN],
    placeholders: routing.placeholders,
    checks: [
      {
        decision: DECISION,
        says: 'Nothing installs a second Prometheus, and workloads are watched by that of OpenShift.',
        command: `! grep -rqE '^kind: (Prometheus|Alertmanager)$' platform platform-config && grep -q 'enableUserWorkload: true' platform/${SETTINGS}/platform.yaml`,
        path: `platform/${SETTINGS}/platform.yaml`,
      },
      {
        decision: DECISION,
        says: 'The monitoring is content, and what watches workloads runs.',
        command:
          'kubectl wait --for=condition=Available clusteroperator/monitoring --timeout=5m && kubectl -n openshift-user-workload-monitoring rollout status statefulset/prometheus-user-workload --timeout=5m',
        path: `platform/${SETTINGS}/platform.yaml`,
      },
    ],
  };
}

/** All that the settings are written from. */
type Ground = Pick<ModuleInput, 'foundation'>;

const claim = ({ foundation }: Ground, storage: string) => ({
  volumeClaimTemplate: {
    spec: { storageClassName: foundation.storageClass, resources: { requests: { storage } } },
  },
});

const placed = ({ foundation: { systemPool } }: Ground) => ({
  nodeSelector: systemPool.nodeSelector,
  tolerations: systemPool.tolerations,
});

const LABELS = { externalLabels: { cluster: '${CLUSTER_NAME}' } } as const;

function configMap(name: string, namespace: string, config: object): IConfigMap {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace },
    data: { 'config.yaml': writeYaml([config]).replace(/^---\n/, '') },
  };
}

function platformSettings(input: ModuleInput): IConfigMap {
  const here = placed(input);
  return configMap('cluster-monitoring-config', 'openshift-monitoring', {
    enableUserWorkload: true,
    prometheusK8s: {
      ...here,
      ...LABELS,
      retention: '15d',
      retentionSize: '90GiB',
      ...claim(input, '100Gi'),
    },
    alertmanagerMain: { ...here, ...claim(input, '2Gi') },
    prometheusOperator: here,
    kubeStateMetrics: here,
    openshiftStateMetrics: here,
    metricsServer: here,
    monitoringPlugin: here,
    telemeterClient: here,
    thanosQuerier: here,
  });
}

/** `acrossNamespaces`: where rules are that speak of other namespaces than their own. */
export function workloadSettings(input: Ground, acrossNamespaces: readonly string[]): IConfigMap {
  const here = placed(input);
  return configMap('user-workload-monitoring-config', 'openshift-user-workload-monitoring', {
    namespacesWithoutLabelEnforcement: acrossNamespaces,
    prometheus: {
      ...here,
      ...LABELS,
      retention: '15d',
      retentionSize: '45GiB',
      ...claim(input, '50Gi'),
    },
    prometheusOperator: here,
    thanosRuler: { ...here, ...claim(input, '10Gi') },
  });
}

const RUNBOOK: Runbook = {
  id: 'metrics-missing',
  title: 'Metrics or alerts are missing',
  text: `OpenShift has two Prometheus: one of its own (\`openshift-monitoring\`), which watches the platform and brings its alerts, and one for everything in this
repository (\`openshift-user-workload-monitoring\`), which reads the monitors of each namespace and nothing across namespaces. Rules are judged
by the Thanos Ruler beside it, which asks both. Series and dashboards are in the console, under Observe.

1. \`oc get clusteroperator monitoring\` says what its operator cannot do: mostly a claim that waits for storage, or a config map that it does not understand
   (\`platform/${SETTINGS}\`).
2. One thing is not measured: \`kubectl -n NAMESPACE get servicemonitors,podmonitors\`, then Observe, Targets in the console. A timeout is a policy that is missing,
   see [network-denied](network-denied.md).
3. An alert should have fired: ask its expression in the console. Rules see their own namespace alone, unless that stands in \`namespacesWithoutLabelEnforcement\`
   (\`platform/${SETTINGS}/workloads.yaml\`).
4. An alert fires and nobody hears of it: [dead-man-switch](dead-man-switch.md).

Somebody else keeps what is measured: \`remoteWrite\` under \`prometheusK8s\` and \`prometheus\` of those two config maps, with a \`writeRelabelConfigs\` that chooses, and the key in a Secret
of the same namespace. Agents of another monitoring would measure a second time.

Alerts that OpenShift brings cannot be changed, and each has a page at \`github.com/openshift/runbooks\`. What is not wanted gets a route to \`nobody\` in
\`${ALERT_ROUTING}\`, with its reason beside it.
`,
};

const DEAD_MAN: Runbook = {
  id: 'dead-man-switch',
  title: 'The dead-man switch went off',
  text: `OpenShift sends the alert Watchdog all the time, and Alertmanager passes it to a service outside the cluster. That service has heard nothing for a while:
alerts no longer reach anybody.

1. Look whether the cluster answers at all: \`kubectl get --raw /readyz\`.
2. Look at the pods: \`kubectl -n openshift-monitoring get pods\`.
3. Look whether Alertmanager can send: \`kubectl -n openshift-monitoring logs statefulset/alertmanager-main -c alertmanager --tail=50\`. A configuration that it does not
   take is named there as well; it stands in \`${ALERT_ROUTING}\`, and \`scripts/bootstrap.sh\` hands it over.
`,
};
