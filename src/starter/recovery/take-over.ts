/** docs/runbooks/take-over.md: what stands ready, who decides, the commands in order with the time they may take, and the drill. */
import { markdownCell, markdownCode, markdownRow } from '../../files/markdown.ts';
import { asInTeamFolders } from '../gitops/tree/teams.ts';
import type { ModuleInput } from '../module.ts';
import { answerOf, pickOf } from '../picks.ts';
import { databaseTakesOver } from './databases.ts';
import { namesMove } from './names-move.ts';
import { pairsOf, type StandbyForm } from './places.ts';
import { whatIsKept } from './what-is-kept.ts';

export function takeOver(input: ModuleInput): string {
  const pairs = pairsOf(input.clusters);
  const [pair] = pairs;
  if (pair === undefined) return '';
  const { first, second } = pair;
  const form = second.recovery?.form === 'warm-standby' ? 'warm-standby' : 'pilot-light';
  const steps = [
    ...before(input),
    ...databaseTakesOver(input, pair),
    ...after(input, form, second.name),
    ...namesMove(input, pair),
    LAST,
  ];
  return `${whatStands(input, form)}${around(input)}

${markdownRow(['Serves', 'In', 'Stands ready', 'In', 'Names'])}
${markdownRow(Array(5).fill('---'))}
${pairs
  .map(each =>
    markdownRow([
      markdownCode(each.first.name),
      markdownCell(each.first.region),
      markdownCode(each.second.name),
      markdownCell(each.second.region),
      markdownCode(`*.${each.first.domain}`),
    ]),
  )
  .join('\n')}

## What is there already, and how old it is

${whatIsKept(input)}

## Who decides

${deciders(input)} Not the pager: taking over gives up what had not been copied, and going back takes a day. It is decided when the first
region has not answered for a quarter of an hour and its provider or the house names no end that fits the target, **${target(answerOf(input.stack, 'rto'))}**. Write the time of
the decision down; the clock below starts with it.

## Taking over

Shown for ${markdownCode(second.name)}, which takes over from ${markdownCode(first.name)}. From a machine that reaches the second region, with the rights of
[break-glass](break-glass.md) where nothing else works.

${steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}

## Going back

Not at once: the second region serves, and the first one is now what stands ready. Empty it of names and workloads before it comes back (step 1),
build its data anew as a copy of the second, and then change places in a quiet hour by the same page, read the other way round.

## The drill

Twice a year, on a day that was announced, with real requests; between these, every month, the steps in the second region alone, with
${markdownCode(`curl --resolve demo.${second.domain}:443:ADDRESS https://demo.${second.domain}`)} against the address of its gateway, then ${markdownCode('git revert')}.

${markdownRow(['Measured', 'Target', 'Last drill', 'The one before'])}
${markdownRow(Array(4).fill('---'))}
${markdownRow(['From the decision to the first answer', target(answerOf(input.stack, 'rto')), 'not yet', 'not yet'])}
${markdownRow(['Age of the newest record that came along', lost(answerOf(input.stack, 'rpo')), 'not yet', 'not yet'])}
${markdownRow(['From the loss to the decision', 'a quarter of an hour', 'not yet', 'not yet'])}
${markdownRow(['Pods that found no room', 'none', 'not yet', 'not yet'])}

Commit the numbers here. Where one is over its target twice, the record of the decision says what to look at again.
`;
}

function whatStands({ stack }: ModuleInput, form: StandbyForm): string {
  if (form === 'warm-standby')
    return `The second region runs everything, at the least number of pods, and serves nobody: names belong to the first region. Taking over gives it
the names, and load makes it grow.`;
  const nodes =
    pickOf(stack, 'control-plane') === 'self-managed'
      ? 'hosts\nfor them have to stand there'
      : 'the\nnodes for them come with it';
  return `The second region holds data, a cluster with the whole platform in it, and every workload without a pod. Switching them on is a commit; ${nodes}.`;
}

/** Where regions that serve hold what stands ready for others. */
function around({ clusters }: ModuleInput): string {
  const pairs = pairsOf(clusters);
  const serving = new Set(pairs.map(({ first }) => first.region));
  if (!pairs.some(({ second }) => serving.has(second.region))) return '';
  return `

Each region serves names of its own, and *the second region* of each is the next one in the list: there stands a cluster for it, beside the one
that serves. A lost region takes two things with it: what it serves, which the steps below bring back, and what stood ready there for another
region, which has nothing to fall back on until that is built anew.`;
}

function deciders({ project }: ModuleInput): string {
  const names = project.deciders ?? [];
  return names.length === 0
    ? 'Whoever leads the incident, after asking whoever answers for the data.'
    : `One of: ${names.map(name => markdownCell(name)).join(', ')}.`;
}

function target(rto: unknown): string {
  return rto === 'minutes'
    ? 'minutes'
    : rto === 'zero'
      ? 'no interruption'
      : rto === 'hours'
        ? 'hours'
        : 'days';
}
function lost(rpo: unknown): string {
  return rpo === 'minutes'
    ? 'minutes'
    : rpo === 'zero'
      ? 'nothing lost'
      : rpo === 'hours'
        ? 'hours'
        : 'a day';
}

/** What comes back must not take the names again, nor write what others write now. */
function before(input: ModuleInput): readonly string[] {
  const { clusters, delivery } = input;
  const [pair] = pairsOf(clusters);
  if (pair === undefined) return [];
  const { first } = pair;
  return [
    `*Minute 0.* Put the first region to sleep in Git, reachable or not, so that it does not come back as a second writer: name
   \`../../recovery/without-names\`${hasSleep(clusters) ? ' and `../../recovery/asleep`' : ''} under \`components\` in \`apps/${first.name}/kustomization.yaml\`${asInTeamFolders(input, first)}, and merge. Where the cluster still answers, see that it has arrived:
   \`${delivery.state}\`.`,
  ];
}

function hasSleep(clusters: ModuleInput['clusters']): boolean {
  return clusters.some(({ recovery }) => recovery?.form === 'pilot-light');
}

function after({ delivery, stack }: ModuleInput, form: StandbyForm, second: string): readonly string[] {
  const grows =
    pickOf(stack, 'control-plane') === 'self-managed'
      ? 'Hosts have to be there for them: nothing makes machines here.'
      : 'Nodes come within minutes; where the provider has none to give, take the next type of machine that the pools name.';
  return [
    `*Minute 10.* \`scripts/wake.sh ${second}\`, commit, merge. It arrives ${delivery.arrives}; \`${delivery.state}\` shows it.${form === 'pilot-light' ? ` ${grows}` : ''}`,
    `*Minute 15.* \`kubectl -n demo rollout status deployment --timeout=10m\` in the second region: pods are ready and find their data.`,
  ];
}

const LAST = `*Minute 30.* Tell users. Watch the error budgets for an hour: the alerts of the second region are those that count now.`;
