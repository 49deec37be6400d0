/** Runbooks for the beginning and the end of OpenShift on Azure. */
import { needsTunnel } from '../../api-exposure/access.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { isRouted } from '../../mesh/joined/way.ts';
import { pickOf } from '../../picks.ts';
import { release } from '../../release.ts';
import { withToken } from '../../repository/scripts/script-parts.ts';
import { isGivenNetwork, isThroughFirewall } from '../aks/addresses.ts';
import { storageInWords } from '../aks/archives.ts';
import { heldBySnapshots } from '../aks/velero.ts';
import { destroy } from '../beginning-and-end.ts';
import { copyValues } from '../copied-values.ts';
import { FILL_CLUSTER_VARS } from '../fill-cluster-vars.ts';
import { noAzureIdentity } from '../machines-azure/identity-webhook.ts';
import { KEYS } from '../machines-azure/issuer.ts';
import { MACHINES_FOLDER } from '../machines-azure/place.ts';
import { stateOfFolder } from '../once.ts';
import { hasFips } from '../openshift/install.ts';
import { FIPS, WAY_IN } from '../openshift/runbooks.ts';
import { signsIn } from '../openshift/settings.ts';
import { afterBootstrap, signInClient, wayOfInstaller } from '../openshift-cloud/first-day.ts';
import { cloudWorkRunbooks } from '../openshift-cloud/runbooks.ts';
import { CLOUD_ROLES, installerOf, PREPARE_INSTALL } from '../openshift-cloud/scripts.ts';

/** Nine machines of four, one of the first hour, and one more while one is replaced. */
export const PROCESSORS = 44;

export function azureRunbooks(input: ClusterInput): readonly Runbook[] {
  return [
    bootstrap(input),
    ...cloudWorkRunbooks(input),
    noAzureIdentity(
      '`kubectl -n openshift-cloud-credential-operator get pods`',
      `\`${PREPARE_INSTALL}\` has published them, and the cluster shows its own by \`kubectl get --raw /openid/v1/jwks\``,
    ),
    teardown(input),
  ];
}

function bootstrap(input: ClusterInput): Runbook {
  const [{ name }] = input.clusters;
  const { version } = release(input, 'openshift');
  const installer = installerOf(input);
  const hasRouter = pickOf(input.stack, 'edge') === 'ingress-openshift';
  return {
    id: 'bootstrap',
    title: 'From nothing to a running cluster',
    text: `Takes half a day the first time. Shown for ${name}; the other clusters go the same way. Each block of commands starts at
the root of this repository. CLUSTER_NAME, DNS_ZONE and SUBSCRIPTION_ID are \`cluster_name\`, \`dns_zone\` and \`subscription_id\` of \`${MACHINES_FOLDER}/envs/${name}.tfvars\`.

## Before

- A subscription of OpenShift and its pull secret, from \`console.redhat.com\`.
- Tools: \`mise install\`, the command line of Azure (\`az login\`, \`az account set --subscription SUBSCRIPTION_ID\`), and of ${version}, from
  \`mirror.openshift.com/pub/openshift-v4/clients/ocp/${version}\`, held against \`sha256sum.txt\` beside them and that against its signature: \`oc\`, \`${installer}\` and \`ccoctl\`.${hasFips(input) ? FIPS : ''}
- You may give roles in the subscription and make some: *Owner*, or *Contributor* together with *User Access Administrator*. You may register applications in Entra, and
  are in the group of \`admin_group_ids\`: it publishes the keys of service accounts.
- Quotas of the subscription in the region of the cluster: ${PROCESSORS} processors of the family of the machines, and ${needsTunnel(input) ? 'three' : 'two'} public addresses.
- Encryption at the host is allowed: \`az feature register --namespace Microsoft.Compute --name EncryptionAtHost\`, and a quarter of an hour later \`az provider register --namespace Microsoft.Compute\`.
- No policy of the organisation forbids two things that OpenShift lives by: a container that is read without signing in, with the public keys of service accounts and nothing else;
  and a storage account with keys in *CLUSTER_NAME-nodes*, which the installer makes for the first machine.${isGivenNetwork(input) ? given(input) : ''}
- The DNS zone lies in Azure DNS in this subscription and the name is delegated to it. Names of the cluster itself lie below CLUSTER_NAME.DNS_ZONE, in a private zone that the installer makes.
${signInClient(input)}- No placeholder is left but those that are filled in below: \`scripts/check-placeholders.sh\`.

## The subscription, once

\`\`\`sh
cd infra/azure-subscription
tofu init
tofu apply -var subscription_id=$(az account show --query id --output tsv)
\`\`\`

${stateOfFolder('subscription', 'account')}

## What the cluster stands on

\`\`\`sh
cd ${MACHINES_FOLDER}
${copyValues(name)}
tofu init -reconfigure -backend-config=envs/${name}.tfbackend
tofu apply -var-file=envs/${name}.tfvars
cd ../..
${FILL_CLUSTER_VARS} ${name}
\`\`\`

Network, accounts and identities, and the group *CLUSTER_NAME-nodes*, which stays empty until the installer comes. Machines, load balancers and the private zone are made by the
installer, and it alone takes them away again. The script has written ids that only Azure knew into \`clusters/${name}\`: commit and push them.

## Who installs

The installer signs in as an application with a password, which lives for as long as it works. *Contributor* is enough: machines take an identity that is there, and operators get
theirs from you.

\`\`\`sh
umask 077
export AZURE_AUTH_LOCATION="$(mktemp)"
az ad sp create-for-rbac --name CLUSTER_NAME-install --role Contributor --scopes /subscriptions/SUBSCRIPTION_ID \\
  --query "{subscriptionId: 'SUBSCRIPTION_ID', clientId: appId, clientSecret: password, tenantId: tenant}" > "$AZURE_AUTH_LOCATION"
\`\`\`

## What the installer reads

\`\`\`sh
PULL_SECRET_FILE=FILE SSH_KEY_FILE=FILE ${PREPARE_INSTALL} ${name}
\`\`\`

It prints FOLDER. Nothing of it belongs into Git: it holds the pull secret, and the key that signs tokens of service accounts. Operators get identities of Azure of their own,
\`CLUSTER_NAME-openshift-…\`, with roles in *CLUSTER_NAME-nodes* and in the group of the network, and no key of Azure is left in the cluster. *AuthorizationPermissionMismatch* at the first run: roles that were
just given take some minutes. Run again, it refuses as long as the keys of the first time are published; where that cluster never came to be:
\`az storage blob delete --auth-mode login --account-name ACCOUNT --container-name ${KEYS} --name openid/v1/jwks\`, with the account that it names.

## The cluster

The installer asks for the API by its name, which answers within that network alone. ${wayOfInstaller(input)}

\`\`\`sh
${installer} create cluster --dir FOLDER
\`\`\`

It takes about an hour. It does not go on: \`${installer} gather bootstrap --dir FOLDER\`, from a machine in that network, collects what the first machine knows. Keep \`FOLDER/metadata.json\` where the team keeps
what it needs in an emergency: without it nothing takes the cluster down in one go. Then the application goes:

\`\`\`sh
az ad app delete --id "$(az ad app list --display-name CLUSTER_NAME-install --query '[0].appId' --output tsv)"
rm "$AZURE_AUTH_LOCATION"
\`\`\`

## The way in

${WAY_IN}

## What runs in it

\`\`\`sh
${signsIn(input) ? 'SIGN_IN_CLIENT_SECRET=... ' : ''}${withToken(input)}scripts/bootstrap.sh ${name}
\`\`\`

${afterBootstrap(input, hasRouter)}
- Put the kubeconfig of the installer, its \`metadata.json\` and the archive of etcd into two safes, delete FOLDER, and take yourself out of the admin group. From now on
  people sign in.
`,
  };
}

function given(input: ClusterInput): string {
  const inbound = isThroughFirewall(input)
    ? '80 and 443 for what the firewall lets in'
    : '80 and 443 from the internet for the router of workloads';
  return `
- The network is there, with two subnets for this cluster: one for the control plane and one for other machines, each with a way out, a security group and service endpoints for
  Key Vault and ${storageInWords(input)}. Its security groups let the two talk to each other at every port, and people and pipelines in at 6443 and 443; those of other machines ${inbound}. OpenShift adds nothing
  to them. You may link a private DNS zone to the network, and name servers of the house ask its resolver for CLUSTER_NAME.DNS_ZONE.`;
}

/** Links lie in the zone, and are of OpenTofu and not of the installer. */
const LEFT =
  'Take this cluster out of `joined_cidrs` and `joined_networks` of the others, empty its own `joined_networks`, and apply all of them: the zone goes with its links otherwise.\n   ';

function teardown(input: ClusterInput): Runbook {
  const { clusters, delivery } = input;
  const [{ name }] = clusters;
  const installer = installerOf(input);
  return {
    id: 'teardown',
    title: 'Taking a cluster down',
    text: `In this order: what operators and controllers have made outside the cluster goes first, since nobody would find it later.

1. Stop delivery, so that nothing is made again: \`${delivery.stop}\`.
2. Delete Services of type LoadBalancer, and wait until their addresses are gone: \`kubectl get services --all-namespaces\`.
3. Disks are kept when their claims go, and lie in the group *CLUSTER_NAME-nodes*, which goes as a whole: move those that are still needed into another group by hand.${heldBySnapshots(input)}
4. Take the last copy of etcd and the last backup away from the cluster, and decide how long they are kept.
5. ${isRouted(input) ? LEFT : ''}An application that installs, as in [bootstrap](bootstrap.md). Then \`${installer} destroy cluster --dir FOLDER\`, with the \`metadata.json\` of that cluster in FOLDER: machines, load balancers, the private
   zone and the group *CLUSTER_NAME-nodes* go with all that is in it. Delete the application.
6. Take the locks (\`azurerm_management_lock\`) and \`prevent_destroy\` out of \`${MACHINES_FOLDER}\`, and apply that. It is a pull request, which is the point of them.
7. The identities that \`${CLOUD_ROLES}\` made, and with them the account of the keys:
   \`ccoctl azure delete --name CLUSTER_NAME --region LOCATION --subscription-id SUBSCRIPTION_ID --oidc-resource-group-name CLUSTER_NAME --storage-account-name "$(tofu -chdir=${MACHINES_FOLDER} output -raw issuer_account)"\`.
8. ${destroy(MACHINES_FOLDER, name)}. Storage accounts with data in them are deleted along with it; identities in Azure that trusted this cluster
   are gone with their federated credentials. What \`az role definition list --custom-role-only true --query "[?starts_with(roleName, 'CLUSTER_NAME-')].name"\` still shows are roles whose group went first:
   \`az role definition delete --name NAME\`.
9. Take the cluster out of your subscription at \`console.redhat.com\`, and \`clusters/${name}\`, its values and its overlays out of this repository.
`,
  };
}
