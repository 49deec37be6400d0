/** The alerts that come with kube-prometheus-stack, reviewed: the values that keep, change and mute them, and the page that says why. */
import { markdownCode, markdownRow, markdownText } from '../../files/markdown.ts';
import type { HelmValues, Runbook } from '../contribution.ts';
import type { ModuleInput } from '../module.ts';
import { repositoryUrl } from '../names.ts';
import { answerOf, pickOf } from '../picks.ts';
import { release } from '../release.ts';
import type { AlertGroup, Change, DefaultAlert, Judgement, Situation } from './default-alerts/alert.ts';
import {
  API_SERVER,
  CONTROLLERS,
  ETCD,
  KUBE_PROXY,
  SCHEDULER,
  SYSTEM,
} from './default-alerts/control-plane.ts';
import {
  ALERTMANAGER,
  CONFIG_RELOADERS,
  GENERAL,
  OPERATOR,
  PROMETHEUS,
  STATE_METRICS,
} from './default-alerts/measuring.ts';
import { NETWORK, NODES } from './default-alerts/nodes.ts';
import { APPS, RESOURCES, STORAGE } from './default-alerts/workloads.ts';

const PAGE = 'default-alerts';

const GROUPS: readonly AlertGroup[] = [
  GENERAL,
  APPS,
  RESOURCES,
  STORAGE,
  SYSTEM,
  API_SERVER,
  ETCD,
  CONTROLLERS,
  SCHEDULER,
  KUBE_PROXY,
  NODES,
  NETWORK,
  PROMETHEUS,
  OPERATOR,
  CONFIG_RELOADERS,
  ALERTMANAGER,
  STATE_METRICS,
];

/** `defaultRules` and `customRules` of the chart. */
export function defaultAlertValues(input: ModuleInput): HelmValues {
  const judged = judgedGroups(input);
  const off = judged.filter(({ alerts }) => alerts.every(({ judgement }) => judgement.verdict === 'muted'));
  const read = judged.filter(group => !off.includes(group));
  const of = (verdict: Judgement['verdict']) =>
    read.flatMap(({ alerts }) => alerts.filter(({ judgement }) => judgement.verdict === verdict));
  const page = pageUrl(input);
  return {
    defaultRules: {
      rules: Object.fromEntries(off.map(({ group }) => [group, false])),
      disabled: Object.fromEntries(of('muted').map(({ alert }) => [alert, true])),
      additionalRuleGroupAnnotations: Object.fromEntries(
        read.map(({ group, title }) => [group, { runbook_url: `${page}#${anchorOf(title)}` }]),
      ),
    },
    customRules: Object.fromEntries(
      of('changed').map(({ alert, judgement }) => [
        alert,
        judgement.verdict === 'changed' ? { ...judgement.change } : {},
      ]),
    ),
  };
}

export function defaultAlertsPage(input: ModuleInput): Runbook {
  const { title, chart } = release(input, 'kube-prometheus-stack');
  const judged = judgedGroups(input);
  const count = (verdict: Judgement['verdict']) =>
    judged.flatMap(({ alerts }) => alerts).filter(({ judgement }) => judgement.verdict === verdict).length;
  return {
    id: PAGE,
    title: 'The alerts that come with the chart',
    text: `${title} ${chart?.version ?? ''} brings ${count('kept') + count('changed') + count('muted')} alerts. Each was looked at for this platform: ${count('kept')} are kept, ${count('changed')} changed and ${count('muted')} muted,
each with its reason. An alert that fires links to its table here; *critical* pages, *warning* opens a ticket, *info* and *none* reach
nobody by themselves. The values are \`defaultRules\` and \`customRules\` in \`platform/kube-prometheus-stack/values.yaml\`. A new version of the
chart may bring new ones: they are kept until somebody has looked at them.

${judged.map(table).join('\n\n')}
`,
  };
}

type Judged = Omit<AlertGroup, 'alerts'> & {
  readonly alerts: readonly (DefaultAlert & { readonly judgement: Judgement })[];
};

function judgedGroups(input: ModuleInput): readonly Judged[] {
  const situation = situationOf(input);
  return GROUPS.map(group => ({
    ...group,
    alerts: group.alerts.map(alert => ({ ...alert, judgement: alert.judge(situation) })),
  }));
}

function situationOf({ stack, foundation }: ModuleInput): Situation {
  return {
    controlPlane: pickOf(stack, 'control-plane') === 'self-managed' ? 'own' : 'managed',
    nodes: pickOf(stack, 'autoscaling') === 'fixed' ? 'fixed' : 'growing',
    host: foundation.hostAccess ?? 'allowed',
    machines: answerOf(stack, 'cloud') === 'on-prem' ? 'own' : 'virtual',
  };
}

function pageUrl(input: ModuleInput): string {
  return `${repositoryUrl(input)}/blob/main/docs/runbooks/${PAGE}.md`;
}

/** As GitHub makes it of a heading. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}

function table({ title, alerts }: Judged): string {
  return [
    `## ${title}`,
    '',
    markdownRow(['Alert', 'Severity', 'Here', 'Why', 'First']),
    markdownRow(['---', '---', '---', '---', '---']),
    ...alerts.map(({ alert, severities, step, judgement }) =>
      markdownRow([
        markdownCode(alert),
        severities.join(', '),
        judgement.verdict === 'changed' ? `changed: ${changeOf(judgement.change)}` : judgement.verdict,
        markdownText(judgement.because),
        judgement.verdict === 'muted' ? '-' : `${step}`,
      ]),
    ),
  ].join('\n');
}

function changeOf({ severity, for: lasting }: Change): string {
  return [
    ...(severity === undefined ? [] : [severity]),
    ...(lasting === undefined ? [] : [`after ${lasting}`]),
  ].join(', ');
}
