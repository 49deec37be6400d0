import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { pickOf } from '../../picks.ts';
import { release } from '../../release.ts';
import { withToken } from '../../repository/scripts/script-parts.ts';
import { destroy } from '../beginning-and-end.ts';
import { copyValues } from '../copied-values.ts';
import { gkeChoices } from '../gke/choices.ts';
import { asked, houseOf } from '../gke/runbooks.ts';
import { serviceAgents } from '../gke/service-agents.ts';
import { environments, stateOfProject } from '../gke/state-of-project.ts';
import { FOLDER } from '../machines-gcp/settings.ts';
import { hasFips } from '../openshift/install.ts';
import { FIPS, WAY_IN } from '../openshift/runbooks.ts';
import { signsIn } from '../openshift/settings.ts';
import { fromRegistry, HANDED_OVER, SIGN_INS } from '../openshift-cloud/closed-runbook.ts';
import { afterBootstrap, signInClient, wayOfInstaller } from '../openshift-cloud/first-day.ts';
import { cloudWorkRunbooks } from '../openshift-cloud/runbooks.ts';
import { CLOUD_ROLES, installerOf, PREPARE_INSTALL } from '../openshift-cloud/scripts.ts';
import { DISK_GIB } from './install.ts';
import { GIVEN_ASKS } from './network.ts';
import { MOST_MACHINES } from './pages.ts';

export function googleRunbooks(input: ClusterInput): readonly Runbook[] {
  return [bootstrap(input), ...cloudWorkRunbooks(input), teardown(input)];
}

const INSTALLER_SIGN_IN =
  'gcloud auth application-default login --impersonate-service-account=openshift-installer@PROJECT.iam.gserviceaccount.com';

function bootstrap(input: ClusterInput): Runbook {
  const [{ name }] = input.clusters;
  const choices = gkeChoices(input);
  const closed = choices.way === 'none';
  const { version } = release(input, 'openshift');
  const installer = installerOf(input);
  const hasRouter = pickOf(input.stack, 'edge') === 'ingress-openshift';
  return {
    id: 'bootstrap',
    title: 'From nothing to a running cluster',
    text: `Takes half a day the first time. Shown for ${name}; the other clusters go the same way. Each block of commands starts at
the root of this repository. CLUSTER_NAME and SHORT_NAME are \`cluster_name\` and \`short_name\` of \`${FOLDER}/envs/${name}.tfvars\`, DNS_ZONE is \`dns_zone\` ${closed ? 'there' : 'of\n`infra/gcp-project`'}.

## Before

- A subscription of OpenShift and its pull secret, from \`console.redhat.com\`.${closed ? fromRegistry(choices.network === 'given' ? IN_GIVEN_NETWORK : IN_PEERED_NETWORK) : ''}
- Tools: \`mise install\`, the Google Cloud CLI, and of ${version}, from \`mirror.openshift.com/pub/openshift-v4/clients/ocp/${version}\`, held against \`sha256sum.txt\` beside them and that against
  its signature: \`oc\`, \`${installer}\` and \`ccoctl\`.${hasFips(input) ? FIPS : ''}
- Quotas of the project in the region of the cluster: ${MOST_MACHINES * 4} vCPUs of the machine type, ${MOST_MACHINES * DISK_GIB} GB of SSD, ${choices.network === 'given' ? '' : 'one more network, '}four forwarding rules.
${choices.network === 'given' ? asked(GIVEN_ASKS, choices.way) : ''}${houseOf(choices)}${closed ? PRIVATE_NAMES : ''}- A project with billing; whoever does this is its owner for the day, and not afterwards. Policies of the organization let images of \`rhcos-cloud\` start
  (\`compute.trustedImageProjects\`), and do not enforce \`storage.publicAccessPrevention\`: the first machine fetches what it is told by an address that is signed for an hour.
- CLUSTER_NAME does not begin with \`goog\` and has no *google* in it, which Google refuses.
${signInClient(input)}- No placeholder is left: \`scripts/check-placeholders.sh\`.

## The project, once

\`\`\`sh
gcloud auth login
gcloud config set project PROJECT
gcloud auth application-default login
cd infra/gcp-project
tofu init
tofu apply -var project_id=PROJECT -var github_repository_id=NUMBER -var 'apply_environments=${environments(input)}' -var 'installers=["user:NAME@DOMAIN"]'
\`\`\`

NAME@DOMAIN may work as the installer until it is applied without that line. ${stateOfProject(input)}
${serviceAgents(choices, 'machines')}
In GitHub make the environment \`plan\` and one named for each cluster, let only main into the latter and have somebody approve. The variables that
\`.github/workflows/plan.yaml\` names are those of the repository, since \`apply.yaml\` reads them too.

## What the cluster stands on

\`\`\`sh
cd ${FOLDER}
${copyValues(name)}
tofu init -reconfigure -backend-config=envs/${name}.tfbackend
tofu apply -var-file=envs/${name}.tfvars
${closed ? 'tofu output -json cluster_vars >cluster-vars.json\n' : ''}\`\`\`

Network, key, buckets${closed ? ', the zone of the platform' : ''} and accounts. Machines, load balancers, rules between machines and the private zone ${closed ? 'of CLUSTER_NAME.DNS_ZONE ' : ''}are made by the installer, and it alone takes them away again.

## What the installer reads

\`\`\`sh
${closed ? 'REGISTRY_SIGN_IN_FILE=FILE TRUSTED_CA_FILE=FILE ' : ''}PULL_SECRET_FILE=FILE SSH_KEY_FILE=FILE ${PREPARE_INSTALL} ${name}
\`\`\`

${closed ? SIGN_INS : ''}It prints FOLDER. Nothing of it belongs into Git: it holds ${closed ? 'the sign-in of machines' : 'the pull secret'}, and the key that signs tokens of service accounts. Operators get accounts of the
project of their own, and no key of one is left in the cluster. What does belong there is \`${FOLDER}/keys/CLUSTER_NAME.jwks.json\`, by which Google believes these tokens:
commit it, and apply once more before anything else:

\`\`\`sh
cd ${FOLDER}
tofu apply -var-file=envs/${name}.tfvars
\`\`\`

Run again, the script refuses as long as that file is there; where that cluster never came to be, delete it.

## The cluster

The installer works as an account of the project, without a key: \`${INSTALLER_SIGN_IN}\`.
It asks for the API by its name, which answers within that network alone. ${wayOfInstaller(input)}

\`\`\`sh
${installer} create cluster --dir FOLDER
\`\`\`

It takes about forty minutes. Red Hat describes two other ways to sign in, a machine of Google with that account and a file with a key of it: where the installer does not take
the first one, run it on such a machine. It does not go on: the first machine says why at its console, \`gcloud compute instances get-serial-port-output INFRA-bootstrap --zone ZONE\`. Keep
\`FOLDER/metadata.json\` where the team keeps what it needs in an emergency: without it nothing takes the cluster down in one go. Afterwards sign in as yourself again,
\`gcloud auth application-default login\`.

## The way in

${WAY_IN}

## What runs in it

${closed ? HANDED_OVER : ''}\`\`\`sh
${closed ? `CLUSTER_VARS=${FOLDER}/cluster-vars.json ` : ''}${signsIn(input) ? 'SIGN_IN_CLIENT_SECRET=... ' : ''}${withToken(input)}scripts/bootstrap.sh ${name}
\`\`\`

${afterBootstrap(input, hasRouter)}
- Put the kubeconfig of the installer, its \`metadata.json\`${closed ? ', the `install-config.yaml` beside FOLDER' : ''} and the archive of etcd into two safes, and delete FOLDER. From now on people sign in.
- Apply \`infra/gcp-project\` without \`installers\`, and take the rights of an owner back from whoever bootstrapped.
- A pod that Google refuses: its service account has the annotation \`cloud.google.com/service-account-email\`, and OpenShift gives pods of such accounts credentials when they start
  (\`kubectl -n openshift-cloud-credential-operator get pods\`). A pod that is older than the annotation is deleted once.
`,
  };
}

const IN_GIVEN_NETWORK = `The
  network that is there has a route to it, and knows its name.`;

const IN_PEERED_NETWORK = `It
  stands in a subnet of a network that is peered with that of the cluster, since no other route leads there. Its name is in a private zone of Cloud DNS, which whoever has it binds to the network
  of the cluster as soon as that is made.`;

const PRIVATE_NAMES = `- Names lie in private zones of the network of the cluster. People of the house have its name servers ask an inbound policy of Cloud DNS for DNS_ZONE, which belongs to that house.
- A machine of the house with a route to the network: [the two places](no-way-out.md). In its \`/etc/hosts\` lies \`api.CLUSTER_NAME.DNS_ZONE\`, at the address of the balancer that the
  installer has made a few minutes after it was started: \`gcloud dns record-sets list --zone INFRA-private-zone --name api.CLUSTER_NAME.DNS_ZONE.\`, where INFRA is \`infraID\` in
  \`FOLDER/metadata.json\`.
`;

function teardown(input: ClusterInput): Runbook {
  const { clusters, delivery } = input;
  const [{ name }] = clusters;
  return {
    id: 'teardown',
    title: 'Taking a cluster down',
    text: `In this order: what operators and controllers have made outside the cluster goes first, since nobody would find it later.

1. Stop delivery: \`${delivery.stop}\`.
2. Delete Services of type LoadBalancer, and wait until their forwarding rules are gone: \`gcloud compute forwarding-rules list\`.
3. Disks outlive their claims, and not the cluster: step 6 deletes what carries the label of the installer, \`kubernetes-io-cluster-INFRA\`, where INFRA is \`infraID\` in \`metadata.json\`.
   Take it off those that are still needed: \`gcloud compute disks remove-labels DISK --zone ZONE --labels kubernetes-io-cluster-INFRA\`.
4. Take the last copy of etcd and the last backup away, and decide how long they are kept.
5. Which release the cluster has, for step 7: \`oc get clusterversion version -o jsonpath='{.status.desired.image}'\`.
6. As the installer again ([bootstrap](bootstrap.md)), \`${installerOf(input)} destroy cluster --dir FOLDER\` with the \`metadata.json\` of that cluster in FOLDER: machines, load balancers,
   disks, rules and the private zone go.
7. As yourself, the accounts that \`${CLOUD_ROLES}\` made: \`oc adm release extract --from=IMAGE --credentials-requests --cloud=gcp --to=REQUESTS --registry-config=FILE\`, then
   \`ccoctl gcp delete --name SHORT_NAME --project PROJECT --credentials-requests-dir REQUESTS\`. It also looks for a bucket and a pool that were never made, and says so.
8. In \`${FOLDER}\` take \`prevent_destroy\` off the key and the buckets, and empty the buckets: a pull request, which is the point of it.
9. ${destroy(FOLDER, name)}. A rule with \`k8s-\` in front of its name that is left keeps the network: delete it and run the command again.
10. Take the cluster out of your subscription at \`console.redhat.com\`, and \`clusters/${name}\`, its keys in \`${FOLDER}/keys\`, its values and its overlays out of this repository.

The key ring stays for ever and costs nothing; versions of its key are destroyed after thirty days, and until then they can be brought back. The
name of the pool of identities is free again after thirty days as well.
`,
  };
}
