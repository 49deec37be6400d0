/** docs/runbooks/lost-region.md: who serves what, what happens by itself, and what people do when a region goes, comes, or is taken out. */
import { markdownCell, markdownCode, markdownRow } from '../../files/markdown.ts';
import type { Cluster } from '../cluster-input.ts';
import { asInTeamFolders } from '../gitops/tree/teams.ts';
import type { ModuleInput } from '../module.ts';
import { isNamed } from '../picks.ts';
import type { SharedNames } from '../services.ts';
import { dataInRegions } from './data-in-regions.ts';
import { databaseTakesOver } from './databases.ts';
import { setsOf } from './places.ts';
import { nameOfRegion } from './region-name.ts';
import { shareAtRest } from './room.ts';
import { SHARE_NAMES, type SharedByScript } from './shared-names/own-hosts.ts';
import { TRAFFIC_FOLDER, TRAFFIC_VALUES } from './shared-names/root-module.ts';

export function lostRegion(
  input: ModuleInput,
  names: SharedNames | null,
  script: SharedByScript | null,
): string {
  const sets = setsOf(input.clusters);
  const [set] = sets;
  const [first, second] = set ?? [];
  if (first === undefined || second === undefined) return '';
  const { regions, share } = shareAtRest(input);
  return `Every region serves all names, all the time. ${sharing(names, script)}

${markdownRow(['Cluster', 'In', 'Its own name', 'Names that it shares'])}
${markdownRow(Array(4).fill('---'))}
${sets
  .flat()
  .map(each =>
    markdownRow([
      markdownCode(each.name),
      markdownCell(each.region),
      markdownCode(nameOfRegion(each)),
      markdownCode(`*.${each.domain}`),
    ]),
  )
  .join('\n')}

The own name is a route of \`recovery/region-name\`, answered by the sample web workload: point it at the one workload whose failure makes a
region worthless, and let its readiness say so. What it says decides about the whole region. Each region serves with a certificate that
holds the same names.

## What can be in all regions, and what cannot

${dataInRegions(input)}

Secrets, images and messages of one region are not those of the other: write a secret into both stores, and see that each registry has what runs.

## A region is lost

${steps(lost(input, first, second, names, script))}

## It comes back

1. Keep it out before it answers: ${out(first, names, script)}
2. Its data first. A database that was written there is made anew as a copy of the one that is written now: two that were written cannot be put together.
3. Delivery has caught up: \`${input.delivery.state}\`. Then ask the region itself: \`curl -fsS https://${nameOfRegion(first)}/readyz\`.
4. ${back(names)} Then watch its error budgets for an hour before it gets its whole share.
5. Jobs and the database stay where they are now; going back is a drill of its own, on a quiet day.

## The drill: a region is taken out on purpose

Every three months, on a working day, each time another region. Nobody outside may notice.

1. The room is there: no alert *RegionCouldNotCarryAll* is up, and [capacity](../capacity.md) says what all of it asks of the nodes of one region.
2. Take it out: ${out(second, names, script)}
3. Half a minute later \`for _ in $(seq 20); do dig +short demo.${second.domain} | tail -n 1; sleep 1; done | sort | uniq -c\` shows the other addresses alone. Requests of clients that
   keep connections go on for as long as these last.
4. Once a year go further: stop the gateway of the region (scale its proxies to nothing, with delivery paused), and see the check leave it out by itself.
5. Bring it back as above, from step 3.

${markdownRow(['Measured', 'Target', 'Last drill', 'The one before'])}
${markdownRow(Array(4).fill('---'))}
${markdownRow(['From the loss until the last request to it', leftOut(names, script), 'not yet', 'not yet'])}
${markdownRow(['Requests that failed meanwhile', 'within the error budget of a day', 'not yet', 'not yet'])}
${markdownRow(['Pods that found no room', 'none', 'not yet', 'not yet'])}
${markdownRow(['Age of the newest record that was missing', 'as in the table above', 'not yet', 'not yet'])}

## One region must carry all

${inWords(regions)} regions serve. While all of them do, a workload may use ${Math.round(share * 100)} % of its most in each: the rest is for the requests of a region that is gone. The alert
*RegionCouldNotCarryAll* fires when one uses more for an hour. Raise \`maxReplicas\` of its autoscaler, the quota of its namespace, and with them the
most nodes of the pool, in all regions; [capacity](../capacity.md) counts what that asks of the nodes. Machines that are not running may not be had on the
day on which everybody wants them: reserve what may not fail.
${ends(names)}`;
}

function ends(names: SharedNames | null): string {
  return names === null
    ? ''
    : `\n## Taken down for good\n\nDestroy \`${TRAFFIC_FOLDER}\` before any cluster: its records point at names that go with the clusters.\n`;
}

/** Numbers up to nine as a word at the beginning of a sentence. */
function inWords(count: number): string {
  return ['Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'][count - 2] ?? `All ${count}`;
}

function steps(lines: readonly string[]): string {
  return lines.map((line, index) => `${index + 1}. ${line}`).join('\n');
}

function sharing(names: SharedNames | null, script: SharedByScript | null): string {
  if (names !== null)
    return `${names.title} answers for these with one that is well: ${names.asks}; ${names.leftOut}. It is made in
\`${TRAFFIC_FOLDER}\`, which belongs to no region, and its alarms do not pass through any cluster.`;
  if (script !== null)
    return `Nothing in a zone of your own name servers asks whether a site is well, so \`${SHARE_NAMES}\` does it, once a minute, from a host that stands in none of the sites:
it writes the addresses of those that answer. Resolvers take one of them at random and keep it for half a minute. Where the house has balancers
that do this (GSLB), or announces one address from several sites (BGP anycast), let these do it instead, by the same names. When that host stands still, nothing is left out
any more: watch it like a name server.`;
  return `Names are records of the house, which nothing in this repository changes, so **nothing here leaves a region out by itself**. Have the house point each own name below at the gateway of its cluster, and
the shared names at whatever it has that asks regions and shares requests out (GSLB, or an address that several sites announce), over HTTPS for \`/readyz\` at the own names, every ten
seconds, three failures. Until then, two addresses in one record share requests and hide no loss: half of all new connections fail until somebody takes one out.`;
}

function leftOut(names: SharedNames | null, script: SharedByScript | null): string {
  return names !== null ? 'two minutes and a half' : script !== null ? 'two minutes' : 'as the house has it';
}

function lost(
  input: ModuleInput,
  first: Cluster,
  second: Cluster,
  names: SharedNames | null,
  script: SharedByScript | null,
): readonly string[] {
  const jobs = isNamed(input.stack, 'workload-kinds', 'batch')
    ? [
        `Jobs: take \`../../recovery/without-jobs\` out of \`apps/${second.name}/kustomization.yaml\`${asInTeamFolders(input, second)}, name it in \`apps/${first.name}/kustomization.yaml\`${asInTeamFolders(input, first)}, and merge.`,
      ]
    : [];
  const database = databaseTakesOver(input, { second }).map(step => step.replace(/^\*Minute \d+\.\* /, ''));
  return [
    `See that it is left out: \`for _ in $(seq 20); do dig +short demo.${first.domain} | tail -n 1; sleep 1; done | sort | uniq -c\` names the other addresses alone, and \`curl -fsS https://${nameOfRegion(second)}/readyz\` answers.`,
    `It is half well, and the check still takes it for well: ${out(first, names, script)}${names === null ? '' : ` Where OpenTofu cannot run, its state being in that region too: \`${names.byHand(first, second)}\`.`}`,
    'Room in the others: `kubectl get pods --all-namespaces --field-selector=status.phase=Pending`, and autoscalers that stand at their most: `kubectl get hpa --all-namespaces`. Raise these first, nodes follow.',
    ...(database.length === 0
      ? []
      : [
          `Where ${markdownCode(first.name)} is the one that is lost, and will not be back within what may be lost: whoever leads the incident decides that the copy of the database is written from now on, since this cannot be undone. ${database.join(' ')}`,
        ]),
    ...jobs,
    `Stop what would change the lost one behind your back: \`${input.delivery.pauseApps}\` where it still answers.`,
    'Tell users. Requests that were under way are gone; everything else goes on.',
  ];
}

function out({ name }: Cluster, names: SharedNames | null, script: SharedByScript | null): string {
  if (names !== null)
    return `set \`share = 0\` for ${markdownCode(name)} in \`${TRAFFIC_VALUES}\` and apply \`${TRAFFIC_FOLDER}\`.`;
  return script !== null
    ? `name ${markdownCode(name)} in \`TAKEN_OUT\` of the timer that runs \`${SHARE_NAMES}\`.`
    : `have the house take the address of ${markdownCode(name)} out of the shared names.`;
}

function back(names: SharedNames | null): string {
  return names === null
    ? 'Undo step 1.'
    : 'Give it `share = 10`, apply, and after a quarter of an hour as much as the others.';
}
