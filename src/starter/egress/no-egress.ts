/** No way out: charts, images, kinds and releases come from the registry and the Git server of the house. */
import type { Component, Contribution, Runbook } from '../contribution.ts';
import { headline } from '../headline.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { repositoryUrl } from '../names.ts';
import { answerOf, pickOf } from '../picks.ts';
import { TOKENS, tokensIn } from '../placeholder-tokens.ts';
import { HARBOR } from '../registry/harbor.ts';
import { CHARTS, UPSTREAMS } from '../registry/upstreams.ts';
import { release } from '../release.ts';
import { script } from '../repository/common-files.ts';
import { CARRY_IN } from './no-egress/carry-in-script.ts';
import { chartsInside, isClosed } from './no-egress/closed.ts';

type Whole = Required<Contribution>;

export const GIVEN_HOSTS_PAGE = 'docs/runbooks/no-way-out.md';

export function noEgress(input: ModuleInput): Contribution | NotGenerated {
  if (isClosed(input)) return {};
  return { notGenerated: `${ELSEWHERE} ${LEAVES[String(answerOf(input.stack, 'cloud'))] ?? ''}`.trimEnd() };
}

const ELSEWHERE =
  'A network without a way out is generated for hosts of your own with Harbor: elsewhere charts and the kinds that they bring are fetched from their publishers, and services of the cloud are reached by their public names.';

/** What is true meanwhile, and what comes nearest. */
const NEAREST =
  'The option central-firewall comes nearest: it lists every destination, so that a border lets nothing else pass.';
const LEAVES: Readonly<Record<string, string>> = {
  aws: `Until then traffic leaves through NAT gateways. ${NEAREST}`,
  azure: `Until then traffic leaves through the load balancer that AKS makes for it. ${NEAREST}`,
  gcp: `Until then traffic leaves through Cloud NAT. ${NEAREST}`,
};

/** Made of the stack as its publishers know it, once all components are there. */
export function carriedIn(published: ModuleInput, whole: Whole): Contribution {
  if (!isClosed(published)) return {};
  const comment = headline(
    published,
    'egress',
    'Copies what the cluster runs from its publishers into Harbor and the Git server; run it where both sides can be reached.',
  );
  return {
    files: new Map([
      ['charts.txt', chartsList(published, whole.components)],
      ['scripts/carry-in.sh', script(commented(comment), CARRY_IN)],
    ]),
    runbooks: [page(published, tokensOf(whole))],
    checks: [
      {
        decision: 'egress',
        says: 'Nothing that the cluster reads comes from a publisher.',
        command:
          "! grep -rhE '^ +(url|repository|repoURL|artifact|registry|image): ' delivery clusters platform apps | grep -qE '(ghcr|quay|docker|k8s|github)\\.(io|com)(/|$)'",
        path: 'delivery',
      },
      {
        decision: 'egress',
        says: 'Every source of charts and manifests is reached.',
        command: 'kubectl get ocirepositories,gitrepositories --all-namespaces',
        path: GIVEN_HOSTS_PAGE,
      },
    ],
    groundSteps: [
      `Run \`scripts/carry-in.sh ${HARBOR}\` from a machine that reaches both sides before the first bootstrap (docs/runbooks/no-way-out.md).`,
    ],
  };
}

function commented(text: string): string {
  return text
    .split('\n')
    .map(line => `# ${line}`)
    .join('\n');
}

/** `kind, from, version, to`, as carry-in.sh reads it. */
function chartsList(published: ModuleInput, components: readonly Component[]): string {
  const ids = [
    ...new Set([...components.flatMap(({ chart }) => (chart === undefined ? [] : [chart.release]))]),
  ];
  const charts = ids.sort().flatMap(id => {
    const { chart } = release(published, id);
    if (chart === null) return [];
    const { name, version, repository } = chart;
    return [`chart ${repository.replace(/\/$/, '')} ${name} ${version} ${chartsInside(repository)}`];
  });
  const repositories = components.flatMap(({ manifests }) =>
    manifests === undefined
      ? []
      : [
          `git ${PUBLISHED[manifests.repository.replace(/^.*\//, '')] ?? ''} ${manifests.tag} ${manifests.repository}`,
        ],
  );
  const comment = commented(
    headline(
      published,
      'egress',
      'Charts and repositories that the cluster reads: from where, in which version, and where they lie inside.',
    ),
  );
  return `${comment}\n\n${[...charts, ...new Set(repositories)].join('\n')}\n`;
}

/** Where repositories that are kept beside this one come from. */
const PUBLISHED: Readonly<Record<string, string>> = {
  'gateway-api': 'https://github.com/kubernetes-sigs/gateway-api',
};

function page(input: ModuleInput, named: ReadonlySet<string>): Runbook {
  const hosts = givenHosts(input, named)
    .map(({ host, for: why }) => `| \`${host}\` | ${why} |`)
    .join('\n');
  return {
    id: 'no-way-out',
    title: 'A network without a way out',
    text: `Nothing in this network reaches the internet, and nothing that the cluster reads names a host outside of it. What it reaches:

| Host | For |
| --- | --- |
${hosts}

A check of this repository's generator holds every chart, image, source and address of a manifest against this table. A new host is a
change here first, with whoever runs the network.

## Carrying something in

On a machine that reaches both sides, with \`crane\`, \`helm\` and \`git\`, signed in to Harbor and to the Git server:

\`\`\`sh
scripts/carry-in.sh ${HARBOR}
\`\`\`

It copies the images of \`images.txt\` into the projects that [registry](registry.md) lists, charts and repositories of \`charts.txt\` to where
they say, and stops at the first that arrives changed. Charts that their publishers keep on a website go into the project \`${CHARTS}\`. Scan
what came before it is used. Where no machine reaches both sides run it in two halves: \`crane pull --format oci\` and \`helm pull\` outside, the
push inside; digests stay the same.

What the hosts themselves run is not in these lists: the distribution publishes its own list of images with every release, and they go into
the same projects.

An update is a pull request that raises a version, then \`scripts/carry-in.sh\`, then the merge: in this order, or delivery waits for what is
not there and says so.

## Something does not come

1. *not found*: it was not carried in. \`scripts/carry-in.sh\` again; it leaves alone what is there.
2. *x509*: whoever asks does not trust the authority of Harbor. Hosts have it from their image; ${trust(input)}
3. A connection that times out, to a host that is not in the table: something was added that calls home. \`kubectl -n NAMESPACE logs\` names it; its
   chart has a value for that, or it does not belong here.
`,
  };
}

/** Where each way of delivery has the authority of Harbor from. */
const TRUST = {
  flux: 'the source controller of Flux has it, and that\n   of the Git server, from the Secrets `registry-ca` and `git-ca`, which `scripts/bootstrap.sh` makes of `REGISTRY_CA` and `GIT_CA`. Run it again when\n   they change.',
  'argo-cd':
    'Argo CD has it, and that of the\n   Git server, from the ConfigMap `argocd-tls-certs-cm`, which `scripts/bootstrap.sh` makes of `REGISTRY_CA` and `GIT_CA`. Run it again when they change.',
  push: 'runners have it from theirs.',
} as const;

function trust({ stack }: ModuleInput): string {
  const pick = pickOf(stack, 'gitops');
  return pick === 'flux' || pick === 'argo-cd' ? TRUST[pick] : TRUST.push;
}

interface GivenHost {
  readonly host: string;
  readonly for: string;
}

/** What a host of the house is there for, by the token that stands for its name. */
const OF_THE_HOUSE: readonly GivenHost[] = [
  [TOKENS.objectStorage, 'logs, traces and backups'],
  [TOKENS.vault, 'secrets'],
  [TOKENS.traceStore, 'the store of traces'],
  [TOKENS.signInIssuer, 'signing in'],
  [TOKENS.deadManSwitch, 'the switch that notices silence: one inside, which itself is watched'],
  [TOKENS.alertReceiver, 'alerts'],
  [TOKENS.mailServer, 'mails of alerts'],
  [TOKENS.telemetryVendor, 'metrics, logs and traces'],
  [TOKENS.nameServer, 'names'],
  [TOKENS.acmeServer, 'certificates'],
].map(([host = '', why = '']) => ({ host, for: why }));

/** Tokens that stand in what the cluster and its hosts read. */
function tokensOf({ files, components, config, apps }: Whole): ReadonlySet<string> {
  return new Set(tokensIn(JSON.stringify([...files.values(), components, config, apps])));
}

/** Names of the house that files of this repository may hold: those that some part of this stack does hold. */
function givenHosts(input: ModuleInput, named: ReadonlySet<string>): readonly GivenHost[] {
  const { project } = input;
  const receiver = project.alertReceiver?.startsWith('https://') ? new URL(project.alertReceiver).host : null;
  return [
    {
      host: HARBOR,
      for: `images, charts and releases: ${UPSTREAMS.length} projects that stand for publishers, and our own`,
    },
    { host: new URL(repositoryUrl(input)).host, for: 'this repository, and copies of others beside it' },
    ...OF_THE_HOUSE.filter(({ host }) => named.has(host)).map(({ host, for: why }) => ({
      host: `${host}.example.com`,
      for: why,
    })),
    ...(receiver === null ? [] : [{ host: receiver, for: 'alerts' }]),
  ];
}
