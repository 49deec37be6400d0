/** Runbooks for the beginning and the end of OpenShift on AWS. */

import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { ADDRESSES } from '../../environments/nat-gateways.ts';
import { pickOf } from '../../picks.ts';
import { release } from '../../release.ts';
import { withToken } from '../../repository/scripts/script-parts.ts';
import { destroy } from '../beginning-and-end.ts';
import { copyValues } from '../copied-values.ts';
import { accountOnce } from '../eks/account-steps.ts';
import { standsInExistingNetwork } from '../eks/existing-network.ts';
import { leadsToHouse } from '../eks/firewall.ts';
import { givenAndClosed } from '../eks/given-and-closed.ts';
import { ATTACHMENT } from '../eks/runbooks.ts';
import { MACHINES } from '../eks/trust.ts';
import { hasFips } from '../openshift/install.ts';
import { FIPS, WAY_IN } from '../openshift/runbooks.ts';
import { signsIn } from '../openshift/settings.ts';
import { fromRegistry, HANDED_OVER, SIGN_INS } from '../openshift-cloud/closed-runbook.ts';
import { afterBootstrap, signInClient, wayOfInstaller } from '../openshift-cloud/first-day.ts';
import { cloudWorkRunbooks } from '../openshift-cloud/runbooks.ts';
import { CLOUD_ROLES, installerOf, PREPARE_INSTALL } from '../openshift-cloud/scripts.ts';
import { neededVcpus } from './pages.ts';

export function awsRunbooks(input: ClusterInput): readonly Runbook[] {
  return [bootstrap(input), ...cloudWorkRunbooks(input), teardown(input)];
}

function bootstrap(input: ClusterInput): Runbook {
  const { clusters } = input;
  const [{ name }] = clusters;
  const { version } = release(input, 'openshift');
  const installer = installerOf(input);
  const closed = wayOut(input) === 'none';
  const hasRouter = pickOf(input.stack, 'edge') === 'ingress-openshift';
  return {
    id: 'bootstrap',
    title: 'From nothing to a running cluster',
    text: `Takes half a day the first time. Shown for ${name}; the other clusters go the same way. Each block of commands starts at
the root of this repository. CLUSTER_NAME and DNS_ZONE are \`cluster_name\` and \`dns_zone\` of \`infra/machines/envs/${name}.tfvars\`.

## Before

- A subscription of OpenShift and its pull secret, from \`console.redhat.com\`.${closed ? fromRegistry(NAME_OF_REGISTRY) : ''}
- Tools: \`mise install\`, and of ${version}, from \`mirror.openshift.com/pub/openshift-v4/clients/ocp/${version}\`, held against \`sha256sum.txt\` beside them and that against
  its signature: \`oc\`, \`${installer}\` and \`ccoctl\`.${hasFips(input) ? FIPS : ''}
- Quotas of the account in the region of the cluster: ${quotas(input)}${neededVcpus(input)} vCPUs of on-demand instances, and two network load balancers.${standsInExistingNetwork(input) ? (closed ? givenAndClosed('the house') : GIVEN) : ''}
${closed ? PRIVATE_NAMES : PUBLIC_NAMES}- The account does not block public buckets as a whole (\`aws s3control get-public-access-block\`): the two documents by which AWS believes tokens of this cluster are
  public by their nature, and lie in a bucket. All other buckets are closed one by one.
${signInClient(input)}- No placeholder is left: \`scripts/check-placeholders.sh\`.
${closed && leadsToHouse(input) ? ATTACHMENT : ''}
## The account, once

${accountOnce(input)}

## What the cluster stands on

\`\`\`sh
cd infra/machines
${copyValues(name)}
tofu init -reconfigure -backend-config=envs/${name}.tfbackend
tofu apply -var-file=envs/${name}.tfvars
${closed ? 'tofu output -json cluster_vars >cluster-vars.json\n' : ''}\`\`\`

${closed ? 'Network, endpoints, keys, buckets, roles and the private zone. Machines and load balancers' : 'Network, keys, buckets and roles. Machines, load balancers and the private zone'} are made by the installer, and it alone takes them away again.

## What the installer reads

\`\`\`sh
${closed ? 'REGISTRY_SIGN_IN_FILE=FILE TRUSTED_CA_FILE=FILE ' : ''}PULL_SECRET_FILE=FILE SSH_KEY_FILE=FILE ${PREPARE_INSTALL} ${name}
\`\`\`

${closed ? SIGN_INS : ''}It prints FOLDER. Nothing of it belongs into Git: it holds ${closed ? 'the sign-in of machines' : 'the pull secret'}, and the key that signs tokens of service accounts. Operators get roles of AWS of their own,
\`CLUSTER_NAME-openshift-…\`, and no key of the account is left in the cluster. Run again, it refuses as long as the keys of the first time are published; where that cluster never came to
be: \`aws s3 rm s3://BUCKET/openid/v1/jwks\`, with the bucket that it names.

## The cluster

The installer signs in to AWS as you do, and asks for the API by its name, which answers within that network alone. ${wayOfInstaller(input)}

\`\`\`sh
${installer} create cluster --dir FOLDER
\`\`\`

${closed ? nameOfRouter(name, installer) : ''}It takes about forty minutes. It does not go on: \`${installer} gather bootstrap --dir FOLDER\` collects what the first machine knows. Keep \`FOLDER/metadata.json\` where the team keeps what it
needs in an emergency: without it nothing takes the cluster down in one go.

## The way in

${WAY_IN}

## What runs in it

${closed ? HANDED_OVER : ''}\`\`\`sh
${closed ? 'CLUSTER_VARS=infra/machines/cluster-vars.json ' : ''}${signsIn(input) ? 'SIGN_IN_CLIENT_SECRET=... ' : ''}${withToken(input)}scripts/bootstrap.sh ${name}
\`\`\`

${afterBootstrap(input, hasRouter)}
- Put the kubeconfig of the installer, its \`metadata.json\`${closed ? ', the `install-config.yaml` beside FOLDER' : ''} and the archive of etcd into two safes, and delete FOLDER. From now on people sign in.
- A pod that AWS refuses: its service account has the annotation \`eks.amazonaws.com/role-arn\`, and OpenShift gives pods of such accounts a token when they start
  (\`kubectl -n openshift-cloud-credential-operator get pods\`). A pod that is older than the annotation is deleted once.
`,
  };
}

const NAME_OF_REGISTRY = `The
  resolver of the network has to know its name: the hub of the house shares a rule of Route 53 Resolver for that with this account, and it is associated with the VPC.`;

const PUBLIC_NAMES = `- The DNS zone lies in Route 53 in this account and is delegated to it. Names of the cluster itself lie below CLUSTER_NAME.DNS_ZONE, in a private zone that the installer makes.
`;
const PRIVATE_NAMES = `- Names lie in a private zone that \`infra/machines\` makes: name servers of the house ask the resolver of the network for DNS_ZONE.
- A machine of the house with a route to the network: [the two places](no-way-out.md).
`;

const nameOfRouter = (
  name: string,
  installer: string,
) => `Its last step waits for a name that nobody in the network can write: as soon as it says that it waits for the cluster to initialize, ask the cluster for the load balancer of the router,

\`\`\`sh
KUBECONFIG=FOLDER/auth/kubeconfig kubectl -n openshift-ingress get service router-default -o jsonpath='{.status.loadBalancer.ingress[0].hostname}'
\`\`\`

put it as \`router_address\` into \`infra/machines/envs/${name}.tfvars\`, and apply \`infra/machines\` again where the internet is. Names of the console and of signing in lead there, and the installer goes on. Where it
has given up meanwhile, \`${installer} wait-for install-complete --dir FOLDER\` takes it up again.

`;

/** What a network of one's own takes. */
function quotas(input: ClusterInput): string {
  if (standsInExistingNetwork(input)) return '';
  return wayOut(input) === 'nat' ? `${ADDRESSES}, one more VPC, ` : 'one more VPC, ';
}

const GIVEN = `
- The network is there: a private subnet in each of three zones with a way out and the tags that \`node_subnet_ids\` asks for, public ones with \`kubernetes.io/role/elb = 1\`.
  None of them has a tag \`kubernetes.io/cluster/…\` of another cluster. \`enable_dns_support\` and \`enable_dns_hostnames\` are on, and name servers of the house ask its resolver for CLUSTER_NAME.DNS_ZONE.`;

/** The installer leaves to AWS Backup what lies there. */
const COPIES: Readonly<Record<string, string>> = {
  'provider-backup': ' Copies in the vault stay as they are.',
  velero:
    ' [Restoring](restore.md) has the command for all snapshots of Velero: without it no backup has a volume any more.',
};

function teardown({ clusters, delivery, ...input }: ClusterInput): Runbook {
  const [{ name }] = clusters;
  const installer = installerOf({ clusters, delivery, ...input });
  return {
    id: 'teardown',
    title: 'Taking a cluster down',
    text: `In this order: what operators and controllers have made outside the cluster goes first, since nobody would find it later.

1. Stop delivery: \`${delivery.stop}\`.
2. Delete Services of type LoadBalancer, and wait until their load balancers are gone: \`kubectl get services --all-namespaces\`.
3. Volumes outlive their claims, and not the cluster: step 5 deletes what carries the mark of the installer, \`kubernetes.io/cluster/INFRA\`, volumes and snapshots of them alike.
   INFRA is \`infraID\` in \`metadata.json\`. Take the mark off what is still needed: \`aws ec2 delete-tags --resources VOLUME SNAPSHOT --tags Key=kubernetes.io/cluster/INFRA\`.${COPIES[pickOf(input.stack, 'backup') ?? ''] ?? ''}
4. Take the last copy of etcd and the last backup away, and decide how long they are kept.
5. \`${installer} destroy cluster --dir FOLDER\`, with the \`metadata.json\` of that cluster in FOLDER: machines, load balancers, volumes and ${wayOut(input) === 'none' ? 'names of the load balancers' : 'the private zone'} go.
6. \`ccoctl aws delete --name CLUSTER_NAME --region REGION\`: the roles that \`${CLOUD_ROLES}\` made.
7. In \`infra/machines\` take \`prevent_destroy\` off the key and the buckets: a pull request, which is the point of it.
8. ${destroy(MACHINES, name)}. Buckets go when they are empty: \`aws s3 rm --recursive\`, and their old versions.
9. Take the cluster out of your subscription at \`console.redhat.com\`, and \`clusters/${name}\`, its values and its overlays out of this repository.

The key of the machines is gone after thirty days; until then it can be brought back, and with it every volume that was kept.
`,
  };
}
