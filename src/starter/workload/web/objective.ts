/** The objective of the sample workload: rules, their unit tests, and what to do when it burns. */

import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import { headline } from '../../headline.ts';
import { burnRateRules, type Objective } from '../../metrics/burn-rate.ts';
import { burnRateTests } from '../../metrics/burn-rate-tests.ts';
import type { ConfigFolder, ModuleInput, Runbook } from '../../module.ts';
import { repositoryUrl } from '../../names.ts';
import type { Check } from '../../part.ts';
import { NAME, NAMESPACE } from './names.ts';

interface ObjectivePart {
  readonly config: ConfigFolder;
  readonly tests: FileTree;
  readonly runbook: Runbook;
  readonly checks: readonly Check[];
}

export function webObjective(input: ModuleInput): ObjectivePart {
  const objective: Objective = {
    slo: `${NAME}-availability`,
    title: 'The sample web workload',
    namespace: NAMESPACE,
    team: 'demo',
    percent: 99.9,
    counter: { metric: 'http_requests_total', labels: { namespace: NAMESPACE, job: NAME } },
    failed: 'status=~"5.."',
    runbookUrl: runbook => `${repositoryUrl(input)}/blob/main/docs/runbooks/${runbook}.md`,
  };
  const rules = burnRateRules(objective);
  const folder = 'platform-config/base/slo';
  return {
    config: {
      id: 'slo',
      decision: 'platform-defaults',
      says: 'Objectives as plain rules: alerts when the error budget burns, not when something twitches.',
      objects: { [NAME]: [rules] },
    },
    tests: new Map([
      [
        `tests/slo/${NAME}.yaml`,
        writeYaml([burnRateTests(objective, `${NAME}.rules.yaml`)], {
          comment: headline(
            input,
            'platform-defaults',
            `Unit tests of ${folder}/${NAME}.yaml; scripts/validate.sh takes the rules out of it for promtool.`,
          ),
        }),
      ],
    ]),
    runbook: SLO_BURN,
    checks: [
      {
        decision: 'platform-defaults',
        says: 'Alerts fire when the error budget burns and are silent when it does not.',
        command: 'scripts/validate.sh rules',
        path: `tests/slo/${NAME}.yaml`,
      },
    ],
  };
}

const SLO_BURN: Runbook = {
  id: 'slo-burn',
  title: 'An error budget burns',
  text: `**ErrorBudgetBurn, critical**: at this rate the budget of a month is gone within days. Act now.
**ErrorBudgetBurn, warning**: it will not last the month. Look today.
**ObjectiveWithoutData**: nothing is measured any more, so nothing else can fire. Treat it as critical.

1. What changed: \`flux get kustomizations\` and the last merges. A change within the hour is the first suspect:
   revert it in Git, do not repair it in the cluster.
2. Who fails: \`kubectl -n demo get pods -o wide\`; one node or one zone points at the ground, all pods at the release.
3. Does it get requests at all: \`kubectl -n demo get httproute\` must say Accepted; \`kubectl -n demo get endpointslices\`
   must list ready addresses.
4. Is it too small: \`kubectl -n demo get hpa\`; at its maximum, raise \`maxReplicas\` in Git.
5. Is it cut off: a policy that is missing looks like a timeout, see [network-denied](network-denied.md).

After it is over: write down what was seen, how long it lasted and how much of the budget it took. Where the alert came
late or for nothing, change the objective rather than mute the alert.
`,
};
