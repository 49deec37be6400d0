/** Runbooks for the beginning, the upgrades and the end of a cluster on GKE. */

import { fromHereOn } from '../../api-exposure/access.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { withToken } from '../../repository/scripts/script-parts.ts';
import { breakSomething } from '../../workload/break-something.ts';
import { balancersFirst, destroy, waitsForCertificates } from '../beginning-and-end.ts';
import { copyValues } from '../copied-values.ts';
import { componentsFirst } from '../upgrade-steps.ts';
import { endpointOf } from './automation.ts';
import { type GkeChoices, gkeChoices, leadsToHouse } from './choices.ts';
import type { GkeMode } from './mode.ts';
import { diskGibOf, PROCESSORS_OF_AUTOPILOT, processorsOf } from './preflight.ts';
import { serviceAgents } from './service-agents.ts';
import { environments, stateOfProject } from './state-of-project.ts';

export function gkeRunbooks(input: ClusterInput, mode: GkeMode): readonly Runbook[] {
  return [bootstrapRunbook(input, mode), upgradeRunbook(input, mode), teardownRunbook(input, mode)];
}

function bootstrapRunbook(input: ClusterInput, mode: GkeMode): Runbook {
  const [{ name }] = input.clusters;
  const choices = gkeChoices(input);
  const { network, groups, isPrivate } = choices;
  const closed = choices.way === 'none';
  const quota =
    mode === 'standard'
      ? `Quotas of the project in the region of the cluster: ${processorsOf(input)} vCPUs of the machine type, ${diskGibOf(input)} GB of balanced disks, one more network; a new project has less of each.`
      : `Quotas of the project in the region of the cluster: ${PROCESSORS_OF_AUTOPILOT} vCPUs, one more network. What pods request is what is paid for.`;
  return {
    id: 'bootstrap',
    title: 'From nothing to a running cluster',
    text: `Takes about an hour, most of it waiting. Shown for ${name}; the other clusters go the same way. Each block of commands starts at
the root of this repository.

## Before

- Tools: \`mise install\`, and the Google Cloud CLI with \`gke-gcloud-auth-plugin\`.
- ${quota}
- A project with billing; whoever does this is its owner for the day, and not afterwards.
- No placeholder is left: \`scripts/check-placeholders.sh\`.
${groups ? GROUPS : ''}${network === 'given' ? asked(GIVEN, choices.way) : ''}${houseOf(choices)}
## The project, once

\`\`\`sh
gcloud auth login
gcloud config set project PROJECT
gcloud auth application-default login
cd infra/gcp-project
tofu init
tofu apply -var project_id=PROJECT -var github_repository_id=NUMBER -var 'apply_environments=${environments(input)}'
\`\`\`

${stateOfProject(input)}
${serviceAgents(choices, 'gke')}
In GitHub make the environment \`plan\` and one named for each cluster, let only main into the latter and have somebody
approve. The variables that \`.github/workflows/plan.yaml\` names are those of the repository, since \`apply.yaml\` reads them too.

## The cluster

\`\`\`sh
cd infra/gke
${copyValues(name)}
tofu init -reconfigure -backend-config=envs/${name}.tfbackend
tofu apply -var-file=envs/${name}.tfvars
${closed ? 'tofu output -json cluster_vars >cluster-vars.json' : credentialsOf(isPrivate)}
\`\`\`

${closed ? OUTSIDE : isPrivate ? fromHereOn(input, name).trimEnd() : 'The API answers at its name at Google, to those whom IAM lets in; its address stays closed.'}

## What runs in it

${closed ? within(name) : `\`\`\`sh\n${withToken(input)}scripts/bootstrap.sh ${name}\n\`\`\``}

It may be run again at any time.${waitsForCertificates(input)}${mode === 'autopilot' ? ' Autopilot makes nodes as pods ask for them, so the first pods wait for minutes.' : ''}

## Afterwards

${breakSomething(input)}
- Take the rights of an owner back from whoever bootstrapped.
`,
  };
}

const credentialsOf = (isPrivate: boolean) =>
  `gcloud container clusters get-credentials "$(tofu output -raw cluster_name)" --location "$(tofu output -raw region)" ${endpointOf(isPrivate)}`;

const within = (
  name: string,
) => `First what it is made of has to be there: [carrying in and handing over](no-way-out.md). Then, on the machine in the network that the
page names, with this repository, \`cluster-vars.json\` and the values of the cluster brought along:

\`\`\`sh
gcloud container clusters get-credentials CLUSTER_NAME --location REGION --internal-ip
CLUSTER_VARS=infra/gke/cluster-vars.json scripts/bootstrap.sh ${name}
\`\`\``;

const OUTSIDE =
  'The API has a private address alone; none of this asks it, so it is done where the internet is.';

const PEERED = `- The network of the house peers back: \`tofu apply\` says when it waits for that. Only its subnets are led to and fro, none of its own routes.
`;

const GROUPS = `- The group \`gke-security-groups\` is in the directory, holds every group that \`platform-config/base/access\` names, and all of
  them may be seen by their members.
`;

const GIVEN = `- In the network that is there: a subnet for nodes with two secondary ranges, a subnet of /28 or larger for the private address
  of the API, a way out, and private access to Google. In a Shared VPC the service account of GKE and the one of Google APIs of
  this project are network users of both subnets, and the one of GKE is *Host Service Agent User* of the host project.
`;

/** What is asked of a network that is there, where nothing may leave it. */
export function asked(given: string, way: GkeChoices['way']): string {
  if (way === 'proxy')
    return `${given.replace(/a way out(?=[.,])/, 'a route to the proxy of the house')}${NAMES_OF_GOOGLE}`;
  return way === 'none' ? `${given.replace(/a way out(?=[.,])/, 'no way out')}${WITHIN_GIVEN}` : given;
}

const NAMES_OF_GOOGLE = `- That network leads to 199.36.153.8/30, and private zones of it lead \`googleapis.com\`, \`pkg.dev\` and \`gcr.io\` to these addresses (*private.googleapis.com*): Google is called
  there and not through the proxy, and policies let pods reach no other address of it.
`;

const WITHIN_GIVEN = `- That network leads to no place outside: of the routes that \`gcloud compute routes list --project PROJECT --filter="nextHopGateway:default-internet-gateway"\`
  names for it, one alone stays, to 199.36.153.4/30 (where machines run Windows, a second one to the server that activates it, \`kms.windows.googlecloud.com\`). Private zones of it lead \`googleapis.com\`, \`pkg.dev\` and \`gcr.io\` to these addresses; its owner makes
  them, once for all who stand in it. The zone of the platform is of this project and bound to that network: in a Shared VPC *github-apply* is *DNS
  Administrator* there. Each cluster has such a network for itself, since two zones of one name cannot be bound to one. Machines of the
  house have a route into it.
`;

/** What has to be so in the network of the house; nothing where none is led to. */
export function houseOf(choices: GkeChoices): string {
  if (!leadsToHouse(choices)) return '';
  if (choices.way === 'none') return PEERED;
  return choices.way === 'proxy' ? HOUSE.replace('its default route', 'its route to the proxy') : HOUSE;
}

const HOUSE = `- The network of the house peers back and hands over its default route, or no node comes up: [the way out](way-out.md). It can only
  do so once the network of the cluster is there: \`tofu apply -target=google_compute_network_peering.house\` with the values below, then
  the other side, then the rest.
`;

function upgradeRunbook(input: ClusterInput, mode: GkeMode): Runbook {
  const { clusters, kubernetes } = input;
  const { upgrades } = gkeChoices(input);
  const order = clusters.map(({ name }) => name).join(', then ');
  const head = `This repository is written for ${kubernetes}. Order: ${order}, with a few days between them.`;
  const steps = `1. Read what the minor removes, and look for it: \`gcloud recommender insights list --insight-type=google.container.DiagnosisInsight --location REGION\`.
2. See that every component supports it. The record of the platform defaults says which of them hold it back.
${componentsFirst(input)}
4. Write the minor into \`infra/gke/variables.tf\`, which clusters begin with that are made from now on; once all have it, raise the version of Pod
   Security in \`platform/namespaces\`.`;
  const go =
    upgrades === 'held'
      ? `5. Let the minor go: set \`minor_held\` of the cluster to null, \`tofu apply\`, and
   \`gcloud container clusters upgrade NAME --location REGION --master --cluster-version MINOR\`; afterwards hold it again.`
      : `5. The channel raises the control plane in one of the next maintenance windows; not to wait for it: \`gcloud container clusters upgrade NAME --location REGION --master --cluster-version MINOR\`.${clusters.length > 1 ? NO_ORDER : ''}`;
  const nodes =
    mode === 'autopilot'
      ? '6. Nodes follow by themselves.'
      : '6. Pools follow by themselves, one node after the other; [a node that does not empty](node-drain.md) is taken away after an hour.';
  return {
    id: 'upgrade-cluster',
    title: 'Upgrading Kubernetes',
    text: `${mine(upgrades)} ${head}

${steps}
${go}
${nodes}
7. The dashboards and what delivery says, for a day, before the next cluster.

A freeze is an entry in \`freezes\` of the cluster: at most 90 days without any upgrade, security patches among them.
`,
  };
}

const COPIES = `
   Copies keep the plan that they were made by: delete them once they are a week old (\`gcloud beta container backup-restore backups delete\`), or keep them and let
   go of the plan and its key: \`tofu state rm google_gke_backup_backup_plan.nightly google_kms_crypto_key.backups google_kms_crypto_key_iam_member.backups\`.`;

/** Windows of clusters are the same, and a channel asks nobody which of them is to be first. */
const NO_ORDER = `
   It knows no order of clusters: a freeze (below) on those that come later keeps them back until the one before has had the minor for some days.`;

function mine(upgrades: 'channel' | 'held' | 'extended'): string {
  switch (upgrades) {
    case 'channel':
      return 'Google upgrades: minors and patches come by the release channel REGULAR, in the maintenance window. What is left to do is to be ready before a minor comes.';
    case 'held':
      return 'Patches come by themselves, in the maintenance window; a minor waits until somebody lets it in, and until its end of support at the latest.';
    case 'extended':
      return 'The release channel EXTENDED keeps a minor for two years; after its standard support that costs extra. Patches come by themselves.';
  }
}

function teardownRunbook(input: ClusterInput, mode: GkeMode): Runbook {
  const { clusters, delivery } = input;
  const [{ name }] = clusters;
  const { backupForGke, managedDatabase } = gkeChoices(input);
  return {
    id: 'teardown',
    title: 'Taking a cluster down',
    text: `In this order: what controllers have made outside the cluster goes first, since nobody would find it later.

1. Stop delivery, so that it does not put back what you take away: \`${delivery.stop}\`.
2. ${balancersFirst(input, 'load balancers')}
3. Delete claims whose data is no longer needed. Disks are kept on purpose; delete them in Compute Engine by hand.
4. In \`infra/gke/cluster.tf\` turn \`deletion_protection\` off, and take \`prevent_destroy\` off the keys and the buckets.${managedDatabase ? ' The database has three\n   locks of its own ([database](database.md)).' : ''}
   All are a pull request, which is the point of them.${backupForGke ? COPIES : ''}
5. ${destroy('infra/gke', name)}${mode === 'standard' ? '' : '; Autopilot takes its nodes along'}. A firewall rule or a network endpoint group that is left keeps the network: it
   carries the name of the cluster, delete it and run the command again.
6. Take \`clusters/${name}\` and its overlays out of this repository.

The key ring stays for ever and costs nothing; versions of its key are destroyed after thirty days, and until then they can be
brought back.
`,
  };
}
