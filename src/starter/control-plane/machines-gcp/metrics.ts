/** Managed Service for Prometheus, collected by an agent of this repository: what it keeps, and who judges the rules. */
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { MetricsService } from '../../services.ts';
import { terraformText } from '../../terraform.ts';
import { type Judge, metricAlerts } from '../gke/metric-alerts.ts';
import { telemetryInterface } from '../gke/telemetry-interface.ts';
import { MACHINE_GROUND } from './ground.ts';
import { FOLDER } from './settings.ts';

export function machineMetrics(input: ClusterInput): MetricsService {
  const path = `${FOLDER}/metric-rules.tf`;
  const handed = telemetryInterface(input, MACHINE_GROUND, {
    signal: 'metrics',
    url: 'METRICS_URL',
    says: 'The agent of the metrics hands them to Managed Service for Prometheus.',
    // Google keeps them as parts of what is measured, and takes no sample that has them as labels.
    belonging: ['cluster', 'namespace'],
    resource: ['set(attributes[\\"location\\"], \\"" + sys.env("REGION") + "\\")'],
  });
  return {
    title: 'Managed Service for Prometheus',
    ...handed,
    environment: { ...handed.environment, REGION: '${REGION}' },
    takes: 'telemetry',
    store: 'of-several-clusters',
    beside: decision => ({
      checks: [
        {
          decision,
          says: 'Every rule in Git is a policy outside the cluster and asks for the series of this one alone, and silence is one.',
          command: `grep -q 'absent(up{' ${path} && ! grep -rhE '^ +record: ' platform platform-config`,
          path,
        },
      ],
    }),
    rules: (decision, rules) => ({
      files: new Map([
        [
          path,
          terraformText(
            input,
            decision,
            'The rules that stand in Git as objects, judged where the metrics are, and who hears of them. Google keeps metrics for two years.',
            metricAlerts(rules, GOOGLE),
          ),
        ],
      ]),
    }),
  };
}

/** Each policy asks what its rule asks; Git has the name of the cluster as a variable. */
const GOOGLE: Judge = {
  says: 'Rules of one group that raise the same alert are one policy.',
  key: hcl`"\${rule.of}/\${rule.alert}/\${rule.severity}/\${rule.seconds}"`,
  fields: hcl`
of   = group.name
expr = replace(rule.expr, "$\${CLUSTER_NAME}", var.cluster_name)
# For how long it has to be so.
seconds = try(tonumber(regex("^[0-9]+", rule.for)) * { s = 1, m = 60, h = 3600 }[regex("[smh]$", rule.for)], 0)`,
  query: hcl`join(" or ", [for rule in each.value : rule.expr])`,
  duration: hcl`"\${each.value[0].seconds}s"`,
  silence: {
    goesOff: 'when nothing arrives any more',
    series: 'up{job=\\"kube-state-metrics\\", ',
    because: 'Nothing that this cluster measures arrives, so none of its alerts can fire.',
  },
};
