/** A second region or site that stands ready: its clusters, what reaches it, and the page by which it takes over. */
import type { Contribution, Runbook } from '../contribution.ts';
import { commented, headline } from '../headline.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { pickOf } from '../picks.ts';
import { script } from '../repository/common-files.ts';
import { isAsleep, pairsOf } from './places.ts';
import { standbyFiles } from './standby.ts';
import { takeOver } from './take-over.ts';
import { wakeScript } from './wake-script.ts';

const DECISION = 'recovery';

export function secondPlace(input: ModuleInput): Contribution | NotGenerated {
  const pairs = pairsOf(input.clusters);
  const [pair] = pairs;
  if (pair === undefined)
    return { notGenerated: 'No cluster of production was found that another one could stand ready for.' };
  const { first, second } = pair;
  const comment = commented(headline(input, DECISION));
  return {
    files: new Map([...standbyFiles(input), ['scripts/wake.sh', script(comment, wakeScript(input))]]),
    runbooks: [page(input)],
    checks: [
      {
        decision: DECISION,
        says: 'What stands ready is delivered from the same commit, and takes no name as long as it waits.',
        command: pairs
          .map(each => `grep -q 'recovery/without-names' apps/${each.second.name}/kustomization.yaml`)
          .join(' && '),
        path: `apps/${second.name}/kustomization.yaml`,
      },
      ...(isAsleep(second)
        ? [
            {
              decision: DECISION,
              says: 'No pod of a workload runs in the second region.',
              command: 'kubectl -n demo get pods -o name | wc -l | grep -qx 0',
              path: 'recovery/asleep/kustomization.yaml',
            },
          ]
        : []),
    ],
    firstSteps: needs(input, first.name, second.name),
    nextSteps: [
      `Do the drill of docs/runbooks/take-over.md with ${second.name} before the first user depends on it, and write the measured times into that page.`,
    ],
  };
}

function needs({ stack, foundation }: ModuleInput, first: string, second: string): readonly string[] {
  const clause = foundation.services?.databaseReplica?.needs;
  return clause === undefined || pickOf(stack, 'data-services') !== 'managed-database'
    ? []
    : [`Before the first plan of ${second} see that its database can follow that of ${first}: ${clause}.`];
}

function page(input: ModuleInput): Runbook {
  return { id: 'take-over', title: 'The second region takes over', text: takeOver(input) };
}
