/** The objective of a sample workload that answers requests: rules, their unit tests, and what to do when it burns. */
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { FileTree } from '../../files/tree.ts';
import { writeYaml } from '../../files/yaml.ts';
import type { Runbook } from '../contribution.ts';
import { burnRateRules, type Objective } from '../metrics/burn-rate.ts';
import { burnRateTests } from '../metrics/burn-rate-tests.ts';
import { labelsOfCluster } from '../metrics/one-store.ts';
import type { ModuleInput } from '../module.ts';
import { repositoryUrl } from '../names.ts';
import type { WayIn } from '../way-in.ts';
import { testHeadline, testPath } from './alerts.ts';
import { NAMESPACE } from './sample.ts';

const REACHED: Readonly<Record<WayIn['routeKind'], string>> = {
  HTTPRoute: '`kubectl -n demo get httproute` must say Accepted; ',
  Ingress: '`kubectl -n demo get ingress` must show an address; ',
};

interface ObjectivePart {
  readonly rules: IPrometheusRule;
  readonly tests: FileTree;
}

export function serverObjective(input: ModuleInput, name: string, title: string): ObjectivePart {
  const objective: Objective = {
    slo: `${name}-availability`,
    title,
    namespace: NAMESPACE,
    team: NAMESPACE,
    percent: 99.9,
    counter: {
      metric: 'http_requests_total',
      labels: { ...labelsOfCluster(input), namespace: NAMESPACE, job: name },
    },
    failed: 'status=~"5.."',
    runbookUrl: runbook => `${repositoryUrl(input)}/blob/main/docs/runbooks/${runbook}.md`,
  };
  const tests = burnRateTests(objective, `${name}.rules.yaml`);
  return {
    rules: burnRateRules(objective),
    tests: new Map([[testPath(name), writeYaml([tests], { comment: testHeadline(input, name) })]]),
  };
}

/** `routeKind`: how the web sample is reached; null where there is none. */
export const sloBurn = ({ delivery }: ModuleInput, routeKind: WayIn['routeKind'] | null): Runbook => ({
  id: 'slo-burn',
  title: 'An error budget burns',
  text: `**ErrorBudgetBurn, critical**: at this rate the budget of a month is gone within days. Act now.
**ErrorBudgetBurn, warning**: it will not last the month. Look today.
**ObjectiveWithoutData**: nothing is measured any more, so nothing else can fire. Treat it as critical.

1. What changed: \`${delivery.state}\` and the last merges. A change within the hour is the first suspect:
   revert it in Git, do not repair it in the cluster.
2. Who fails: \`kubectl -n demo get pods -o wide\`; one node or one zone points at the ground, all pods at the release.
3. Does it get requests at all: ${routeKind === null ? '' : REACHED[routeKind]}\`kubectl -n demo get endpointslices\`
   must list ready addresses.
4. Is it too small: \`kubectl -n demo get hpa\`; at its maximum, raise \`maxReplicas\` in Git.
5. Is it cut off: a policy that is missing looks like a timeout, see [network-denied](network-denied.md).

After it is over: write down what was seen, how long it lasted and how much of the budget it took. Where the alert came
late or for nothing, change the objective rather than mute the alert.
`,
});
