/** docs/runbooks/no-way-out.md: what a closed network reaches, how something is carried in, and what to do when something does not come. */
import type { Runbook } from '../../contribution.ts';
import { isOpenshift } from '../../control-plane/openshift/project.ts';
import { windowsHosts } from '../../control-plane/self-managed/windows/hosts.ts';
import { AUTHORITIES_FILE } from '../../dns-and-certificates/house/authorities.ts';
import type { ModuleInput } from '../../module.ts';
import { repositoryUrl } from '../../names.ts';
import { pickOf } from '../../picks.ts';
import { HARBOR } from '../../registry/harbor.ts';
import { CHARTS } from '../../registry/upstreams.ts';
import { action } from '../../release.ts';
import { hostsTable } from './given-hosts.ts';
import { releasesOfOpenshift } from './openshift-releases.ts';
import { PACK_TOOLS, SCHEMAS } from './pack-tools-script.ts';

/** Of both pages: what the names within do not tell Renovate. */
export const WEBSITES = `It asks publishers by the names that stand for them here (\`renovate.json5\`). Charts of websites have none: lines of \`charts.txt\` with an address that begins
with \`https://\` are looked at by hand, every month.
`;

export function noWayOutPage(input: ModuleInput, named: ReadonlySet<string>): Runbook {
  const { uses, tag } = action(input, 'checkout');
  const openshift = isOpenshift(input);
  return {
    id: 'no-way-out',
    title: 'A network without a way out',
    text: `Nothing in this network reaches the internet, and nothing that the cluster reads names a host outside of it. What it reaches:

${hostsTable(input, named)}

A check of this repository's generator holds every chart, image, source and address of a manifest against this table. A new host is a
change here first, with whoever runs the network.

## Carrying something in

On a machine that reaches both sides, with \`crane\`, \`helm\`${openshift ? ', `oc-mirror`' : ''} and \`git\`, signed in to Harbor and to the Git server:

\`\`\`sh
scripts/carry-in.sh ${HARBOR}${openshift ? ' FOLDER' : ''}
\`\`\`

It copies the images of \`images.txt\` into the projects that [registry](registry.md) lists, charts and repositories of \`charts.txt\` to where
they say, and stops at the first that arrives changed. Charts that their publishers keep on a website go into the project \`${CHARTS}\`. Scan
what came before it is used. Where no machine reaches both sides run it in two halves: \`crane pull --format oci\` and \`helm pull\` outside, the
push inside; digests stay the same.

${openshift ? releasesOfOpenshift(input) : HOSTS_OF_THEIR_OWN}
${windowsHosts(input) === null ? '' : `${OF_WINDOWS}${LAYERS_OF_WINDOWS}`}
An update is a pull request that raises a version, then \`scripts/carry-in.sh\`, then the merge: in this order, or delivery waits for what is
not there and says so. Renovate, which opens it, runs where the publishers and the Git server can both be reached, as the script does.
${WEBSITES}
## Tools and actions

Runners and machines of people fetch nothing either: where a page says \`mise install\`, this is meant. A Git server of the house has no runners
of GitHub, so every workflow runs on your own, in an image that holds:

- what \`${PACK_TOOLS} FOLDER\` packs outside, on the system and processor that runners have: \`bin\` with the tools of \`mise.toml\` goes into the PATH,
  \`schemas\` to \`${SCHEMAS}\` (or where the variable \`SCHEMAS\` points). Again after each change of \`mise.toml\` and before a new minor of Kubernetes;
- bash, curl, \`gh\`, git, jq and Node, and the authority of the house among those that it trusts;
- Chartroom, as a package made by \`npm pack\`, where the monthly review is kept.

Workflows call one action, \`${uses}\`, by its commit (${tag}). GitHub Enterprise Server brings a copy that may be older than that; somebody who administers
it brings it up to date from the machine that reaches both sides:

\`\`\`sh
actions-sync sync --cache-dir cache --repo-name ${uses} --actions-admin-user actions-admin \\
  --destination-url ${new URL(repositoryUrl(input)).origin} --destination-token TOKEN
\`\`\`

## Something does not come

1. *not found*: it was not carried in. \`scripts/carry-in.sh\` again; it leaves alone what is there.
2. *x509*: whoever asks does not trust the authority of Harbor. Hosts and pods have it from \`${AUTHORITIES_FILE}\` ([authorities of the house](house-authorities.md)); ${trust(input)}
3. A connection that times out, to a host that is not in the table: something was added that calls home. \`kubectl -n NAMESPACE logs\` names it; its
   chart has a value for that, or it does not belong here.
`,
  };
}

const HOSTS_OF_THEIR_OWN = `What the hosts themselves run is not in these lists: the distribution publishes its own list of images with every release, and they go into
the same projects.`;

/** The list of Calico is one of its own where RKE2 brings it. */
const OF_WINDOWS = `Among its lists that of Calico, which RKE2 brings here; what hosts with Windows install is files ([hosts with Windows](windows-hosts.md)).
`;

export const LAYERS_OF_WINDOWS = `
Images for Windows begin with layers of Microsoft. Since June 2023 these are copied like all others, and its licence lets them be handed on
within an image. An image that was built on an older base still names them at Microsoft, where nothing within reaches them:
\`crane manifest --platform windows/amd64 IMAGE | grep foreign\` prints a line then. Build it anew on a base of today.
`;

/** Where each way of delivery has the authority of Harbor from. */
const TRUST = {
  flux: 'the source controller of Flux\n   has it from the Secrets `registry-ca` and `git-ca`, which `scripts/bootstrap.sh` makes. Run it again when it changes.',
  'argo-cd':
    'Argo CD has it\n   from the ConfigMap `argocd-tls-certs-cm`, which `scripts/bootstrap.sh` makes. Run it again when it changes.',
  push: 'runners have it from theirs.',
} as const;

function trust({ stack }: ModuleInput): string {
  const pick = pickOf(stack, 'gitops');
  return pick === 'flux' || pick === 'argo-cd' ? TRUST[pick] : TRUST.push;
}
