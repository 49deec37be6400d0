/** Regions that all serve by plain TCP or UDP: nothing of HTTP comes in, so no gateway and no name of one is shared here. */
import { markdownCell, markdownCode, markdownRow } from '../../files/markdown.ts';
import type { Cluster } from '../cluster-input.ts';
import type { Contribution } from '../contribution.ts';
import { asInTeamFolders } from '../gitops/tree/teams.ts';
import type { ModuleInput } from '../module.ts';
import { answerOf, isNamed } from '../picks.ts';
import { dataInRegions } from './data-in-regions.ts';
import { databaseTakesOver } from './databases.ts';
import { setsOf } from './places.ts';
import { roomForAll, shareAtRest } from './room.ts';
import { standbyFiles } from './standby.ts';

const DECISION = 'recovery';

/** Who shares out what is no HTTP, and by what it knows that a region is well. */
const SHARED_BY: Readonly<Record<string, string>> = {
  aws: 'AWS Global Accelerator has two addresses for all regions and leads TCP and UDP to their network load balancers, as long as targets of these are well. The share of a region is its traffic dial: nought takes it out.',
  azure:
    'The global tier of Azure Load Balancer has one address for all regions and leads TCP and UDP to their public load balancers, as long as the probes of these are answered. A region is taken out by taking its load balancer out of the pool.',
  gcp: 'A global proxy network load balancer of Google has one address for all regions and leads TCP to endpoint groups of Services in each. UDP it does not take: there a routing policy of Cloud DNS, with a health check, answers with the address of a region that is well.',
  'on-prem':
    'One address that every site announces by BGP, as long as it is well, or whatever of the house balances between sites (GSLB).',
};

export function serveWithoutGateway(input: ModuleInput): Contribution {
  const [first, ...others] = setsOf(input.clusters)[0] ?? [];
  const [second = first] = others;
  if (first === undefined || second === undefined) return {};
  return {
    files: standbyFiles(input),
    config: [roomForAll(input)],
    runbooks: [
      {
        id: 'lost-region',
        title: 'A region is lost, comes back, or is taken out',
        text: page(input, first, second),
      },
    ],
    checks: [
      {
        decision: DECISION,
        says: 'The clusters of all regions are delivered from the same commit, and work that is done once runs in the first alone.',
        command: others
          .map(({ name }) => `grep -q 'recovery/without-jobs' apps/${name}/kustomization.yaml`)
          .join(' && '),
        path: `apps/${second.name}/kustomization.yaml`,
      },
    ],
    nextSteps: [
      'Once the first Service of type LoadBalancer stands in every region, make what shares its requests out (docs/runbooks/lost-region.md): this repository makes none, since its ports are not known before.',
      'Do the drill of docs/runbooks/lost-region.md before the first user depends on it, and write the measured times into that page.',
    ],
  };
}

function page(input: ModuleInput, first: Cluster, second: Cluster): string {
  const sets = setsOf(input.clusters);
  const { share } = shareAtRest(input);
  const cloud = String(answerOf(input.stack, 'cloud'));
  return `Every region serves, all the time. What comes in is TCP or UDP, at a Service of type LoadBalancer for each workload that takes it, and
**nothing in this repository leads a client to one region or another**: that is made once these Services and their ports are known.

${markdownRow(['Cluster', 'In'])}
${markdownRow(Array(2).fill('---'))}
${sets
  .flat()
  .map(each => markdownRow([markdownCode(each.name), markdownCell(each.region)]))
  .join('\n')}

## Who shares requests out

${SHARED_BY[cloud] ?? SHARED_BY['on-prem']}

Its check asks a port at which a region answers for itself: one that opens when the pod is ready, and closes when its database cannot be reached. A check
of a port that is always open keeps clients in a region that is gone.

## What can be in all regions, and what cannot

${dataInRegions(input)}

Secrets, images and messages of one region are not those of the other: write a secret into both stores, and see that each registry has what runs.

## A region is lost

${numbered(lost(input, first, second))}

## It comes back

1. Keep it out before it answers, as above.
2. Its data first. A database that was written there is made anew as a copy of the one that is written now: two that were written cannot be put together.
3. Delivery has caught up: \`${input.delivery.state}\`.
4. Let it in with a small share, and watch its error budgets for an hour before it gets its whole share.
5. Jobs and the database stay where they are now; going back is a drill of its own, on a quiet day.

## The drill: a region is taken out on purpose

Every three months, on a working day, each time another region. Nobody outside may notice.

1. The room is there: no alert *RegionCouldNotCarryAll* is up, and [capacity](../capacity.md) says what all of it asks of the nodes of one region.
2. Take it out, and count from one client outside how long it is still led there. Connections that are open go on or break, as the protocol has it.
3. Once a year go further: stop the pods behind its Services, with delivery paused, and see the check leave it out by itself.
4. Bring it back as above, from step 3.

${markdownRow(['Measured', 'Target', 'Last drill', 'The one before'])}
${markdownRow(Array(4).fill('---'))}
${markdownRow(['From the loss until the last request to it', 'as the check promises', 'not yet', 'not yet'])}
${markdownRow(['Connections that broke meanwhile', 'within the error budget of a day', 'not yet', 'not yet'])}
${markdownRow(['Pods that found no room', 'none', 'not yet', 'not yet'])}
${markdownRow(['Age of the newest record that was missing', 'as in the table above', 'not yet', 'not yet'])}

## One region must carry all

While all regions serve, a workload may use ${Math.round(share * 100)} % of its most in each: the rest is for the requests of a region that is gone. The alert
*RegionCouldNotCarryAll* fires when one uses more for an hour. Raise \`maxReplicas\` of its autoscaler, the quota of its namespace, and with them the
most nodes of the pool, in all regions. Machines that are not running may not be had on the day on which everybody wants them: reserve what may not fail.
`;
}

function lost(input: ModuleInput, first: Cluster, second: Cluster): readonly string[] {
  const database = databaseTakesOver(input, { second }).map(step => step.replace(/^\*Minute \d+\.\* /, ''));
  return [
    'See that clients are led to the others alone, from outside. It is half well, and the check still takes it for well: take it out by hand.',
    'Room in the others: `kubectl get pods --all-namespaces --field-selector=status.phase=Pending`, and autoscalers that stand at their most: `kubectl get hpa --all-namespaces`. Raise these first, nodes follow.',
    ...(database.length === 0
      ? []
      : [
          `Where ${markdownCode(first.name)} is the one that is lost, and will not be back within what may be lost: whoever leads the incident decides that the copy of the database is written from now on, since this cannot be undone. ${database.join(' ')}`,
        ]),
    ...(isNamed(input.stack, 'workload-kinds', 'batch')
      ? [
          `Jobs: take \`../../recovery/without-jobs\` out of \`apps/${second.name}/kustomization.yaml\`${asInTeamFolders(input, second)}, name it in \`apps/${first.name}/kustomization.yaml\`${asInTeamFolders(input, first)}, and merge.`,
        ]
      : []),
    `Stop what would change the lost one behind your back: \`${input.delivery.pauseApps}\` where it still answers.`,
    'Tell users. Connections that were open are gone; everything else goes on.',
  ];
}

function numbered(lines: readonly string[]): string {
  return lines.map((line, index) => `${index + 1}. ${line}`).join('\n');
}
