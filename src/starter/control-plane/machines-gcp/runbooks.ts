/** Runbooks for machines of Google Cloud: from nothing to a running cluster, and the end. */

import type { ClusterInput } from '../../cluster-input.ts';
import { authorityFirst, withAuthority } from '../../cni/cilium/joined-clusters.ts';
import type { Runbook } from '../../contribution.ts';
import { release } from '../../release.ts';
import { withToken } from '../../repository/scripts/script-parts.ts';
import { breakSomething } from '../../workload/break-something.ts';
import { destroy } from '../beginning-and-end.ts';
import { copyValues } from '../copied-values.ts';
import { gkeChoices } from '../gke/choices.ts';
import { asked, houseOf } from '../gke/runbooks.ts';
import { serviceAgents } from '../gke/service-agents.ts';
import { environments, stateOfProject } from '../gke/state-of-project.ts';
import { machineOf } from '../gke/variables.ts';
import { KUBECTL_BY_TUNNEL } from '../self-managed/api-tunnel.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { HOST_CONFIG } from '../self-managed/host-config-script.ts';
import type { HostPlace } from '../self-managed/place.ts';
import { hostRunbooks, type Told } from '../self-managed/runbooks.ts';
import { diskOf, extensionsOnMachines } from '../self-managed/talos-extension.ts';
import { windowsHosts } from '../self-managed/windows/hosts.ts';
import { READY_BY_RKE2 } from '../self-managed/windows/runbook.ts';
import { GIVEN_NETWORK_ASKS } from './given-network.ts';
import { apiIsListed } from './listed-api.ts';
import { FOLDER } from './settings.ts';

export function machineRunbooks(
  input: ClusterInput,
  distribution: Distribution,
  place: HostPlace,
): readonly Runbook[] {
  const told = { ...distribution, says: distribution.says(place) };
  return [bootstrap(input, told), ...hostRunbooks(input, distribution, place), teardown(input, told)];
}

function bootstrap(input: ClusterInput, distribution: Told): Runbook {
  const { title, says, setUpBy } = distribution;
  const [{ name }] = input.clusters;
  const choices = gkeChoices(input);
  const closed = choices.way === 'none';
  return {
    id: 'bootstrap',
    title: 'From nothing to a running cluster',
    text: `Takes about two hours, most of it waiting. Shown for ${name}; the other clusters go the same way. Each block of commands starts at
the root of this repository.

## Before

- Tools: \`mise install\`, and the Google Cloud CLI.
- Quotas of the project in the region of the cluster: for each line of the inventory the vCPUs of \`machine_types\` and 100 GB of SSD, one more network, two
  internal forwarding rules.
${choices.network === 'given' ? asked(GIVEN_NETWORK_ASKS, choices.way) : ''}${houseOf(choices)}- A project with billing; whoever does this is its owner for the day, and not afterwards.
- An identity provider that issues groups in its tokens.
- No placeholder is left${closed ? ' but that of `RELEASE_SHA256`, which a step below prints' : ''}: \`scripts/check-placeholders.sh\`.

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
${serviceAgents(choices, 'machines')}
In GitHub make the environment \`plan\` and one named for each cluster, let only main into the latter and have somebody approve. The variables that
\`.github/workflows/plan.yaml\` names are those of the repository, since \`apply.yaml\` reads them too.
${setUpBy === 'talosctl' ? talosImage(input) : ''}
## The machines

\`infra/hosts/${name}.conf\` names every machine with its zone, its address and its role, and \`${FOLDER}\` makes what stands there. Look at the zones:
\`gcloud compute zones list --filter=region:REGION\`.

\`\`\`sh
cd ${FOLDER}
${copyValues(name)}
tofu init -reconfigure -backend-config=envs/${name}.tfbackend
tofu apply -var-file=envs/${name}.tfvars${closed ? '\ntofu output -json cluster_vars >cluster-vars.json' : ''}
\`\`\`

No machine has a public address. Administrators get at one by the proxy of Google, which asks IAM who they are:
\`gcloud compute ssh HOST --zone ZONE --tunnel-through-iap\`.

## What each machine is told

${setUpBy === 'talosctl' ? `\`${HOST_CONFIG} ${name}\` prints a folder with one folder per host: what ${title} is told there. ` : ''}Nothing of what the script prints belongs into Git.

${says.install}

${windowsHosts(input) === null ? 'No host becomes Ready yet: the network comes with the next step.' : READY_BY_RKE2}

## The way in

${says.kubeconfig}
${setUpBy === 'talosctl' ? TALOS_TUNNEL : ''}
${apiIsListed(input, distribution) ? LISTED : ''}From elsewhere the proxy of Google carries it, one terminal for the tunnel and one for kubectl:

\`\`\`sh
gcloud compute start-iap-tunnel FIRST_HOST 6443 --zone ZONE --local-host-port=localhost:6443
${KUBECTL_BY_TUNNEL}
\`\`\`

## What runs in it

${authorityFirst(input)}${closed ? CARRIED_FIRST : ''}\`\`\`sh
${withAuthority(input)}${closed ? `CLUSTER_VARS=${FOLDER}/cluster-vars.json ` : withToken(input)}scripts/bootstrap.sh ${name}
\`\`\`

It compares infrastructure, inventory and cluster, and installs the network. The first time it then stops: it has written the public keys of the
cluster into \`${FOLDER}/keys/${name}.jwks.json\`. Commit that file, apply \`${FOLDER}\` once more, so that Google believes what pods say they
are, and run the script again: delivery does the rest. It may be run again at any time.

## Afterwards

${breakSomething(input)}
- Restore a snapshot of etcd somewhere else ([etcd](etcd.md)): a snapshot that was never restored is a hope.
- Stop the machines of one zone and see that nobody notices.
- Put the kubeconfig of the first host into a safe. From now on people sign in.
- Take the rights of an owner back from whoever bootstrapped.

Machines of the control plane are protected from deletion: before one goes for good,
\`gcloud compute instances update HOST --zone ZONE --no-deletion-protection\`.

The audit log of the API names the proxies before it as the address that a request comes from; who asked is in it all the same.
`,
  };
}

/** Charts and images of the network come from there before anything else does. */
const CARRIED_FIRST = `First what it is made of has to be there: [carrying in and handing over](no-way-out.md). Then, with this repository, \`cluster-vars.json\` and the
kubeconfig brought along:

`;

const LISTED = `From the networks of \`api_allowed_cidrs\` the API answers at its name, API_NAME, as it does within the network.

`;

/** Google has no image of Talos of its own. */
function talosImage(input: ClusterInput): string {
  const { version } = release(input, 'talos');
  const extensions = extensionsOnMachines(input, null);
  const disk = diskOf(input, extensions, { architecture: machineOf(input).architecture, kind: 'raw.tar.gz' });
  const name = `talos-${version.replaceAll('.', '-')}`;
  return `
## The image, once per version

Machines of Talos start from its image for Google Cloud, which a project has to bring in${extensions.length === 0 ? '' : `; \`${extensions.join('`, `')}\` is part of it, once \`infra/talos/schematic.yaml\` has told the factory of Talos`}:

\`\`\`sh
curl --fail --location --output talos.raw.tar.gz ${disk}
gcloud storage cp talos.raw.tar.gz gs://PROJECT-state/images/talos-${version}.tar.gz
gcloud compute images create ${name} --project PROJECT --source-uri gs://PROJECT-state/images/talos-${version}.tar.gz \\
  --guest-os-features VIRTIO_SCSI_MULTIQUEUE,GVNIC,UEFI_COMPATIBLE
\`\`\`

Its name goes into \`machine_image\` of the cluster: \`projects/PROJECT/global/images/${name}\`.
`;
}

const TALOS_TUNNEL = `
\`talosctl\` asks every machine at its address: from within the network, or one machine at a time by
\`gcloud compute start-iap-tunnel HOST 50000 --zone ZONE --local-host-port=localhost:50000\` with \`--endpoints localhost\`.
`;

function teardown({ clusters, delivery }: ClusterInput, { says }: Told): Runbook {
  const [{ name }] = clusters;
  return {
    id: 'teardown',
    title: 'Taking a cluster down',
    text: `In this order: what controllers have made outside the cluster goes first, since nobody would find it later.

1. Stop delivery: \`${delivery.stop}\`.
2. Delete Services of type LoadBalancer, and wait until their forwarding rules are gone: \`gcloud compute forwarding-rules list\`.
3. Delete claims whose data is no longer needed. Disks are kept on purpose; delete them in Compute Engine by hand.
4. Take the last snapshot of etcd and the last backup, and decide how long they are kept.
5. One host alone would go like this: ${says.remove} Here all go at once.
6. In \`${FOLDER}\` take \`deletion_protection\` off the machines in one change and \`prevent_destroy\` off the key and the buckets, and empty the buckets.
   Each is a pull request, which is the point of them.
7. ${destroy(FOLDER, name)}. A rule with \`k8s-\` in front of its name that is left keeps the network: delete it and run the command again.
8. Take \`infra/hosts/${name}.conf\`, \`clusters/${name}\` and its overlays out of this repository.

The key ring stays for ever and costs nothing; versions of its key are destroyed after thirty days, and until then they can be brought back. The
name of the pool of identities is free again after thirty days as well.
`,
  };
}
