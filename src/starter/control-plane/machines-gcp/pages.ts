/** What README, day two, preflight and the settings of checkov say of machines of Google Cloud. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { ControlPlanePages } from '../control-plane.ts';
import { copiedValues } from '../copied-values.ts';
import { gkeChoices } from '../gke/choices.ts';
import { projectSteps } from '../gke/state-of-project.ts';
import { CARRY_TO_HOSTS } from '../self-managed/carried-programs.ts';
import { FOLDER } from './settings.ts';

export function machinePages(input: ClusterInput): ControlPlanePages {
  const [{ name }] = input.clusters;
  const closed = gkeChoices(input).way === 'none';
  return {
    firstSteps: [
      ...projectSteps(input),
      ...(gkeChoices(input).network === 'given'
        ? [
            'Have the subnets for machines and for proxies made in the network that is there, and the identities of this project let in (docs/runbooks/bootstrap.md).',
          ]
        : []),
      `Read \`infra/hosts/${name}.conf\`: machines, zones and addresses are made as it says. Then copy ${copiedValues(FOLDER, name)}, and apply \`${FOLDER}\` with them: network, key, bucket, machines, and the balancer before the API.`,
      ...(closed
        ? [
            `Run \`${CARRY_TO_HOSTS} ${name}\` where the internet is, and put the line \`RELEASE_SHA256\` that it prints into the inventory: machines install themselves from what it names.`,
          ]
        : []),
      `Run \`scripts/host-config.sh ${name}\`, which makes the configuration of every machine and puts it where they find it (docs/runbooks/bootstrap.md).`,
      `Expect \`scripts/bootstrap.sh\` below to stop the first time: it has written the keys of the cluster into \`${FOLDER}/keys/${name}.jwks.json\`. Commit that, apply \`${FOLDER}\` again, so that Google believes the tokens of pods, and run it again.`,
    ],
    nodeImages: '[hosts](runbooks/host-upgrade.md)',
    patience: 'Nothing gives up by itself: the host waits until somebody decides.',
    preflight: closed ? `${PREFLIGHT}${CARRIED_IN}` : PREFLIGHT,
    access: `Daily work needs no access to a cluster and none to a machine. Reading and repairing goes through groups of the identity provider; the
kubeconfig of the first host is for the day on which that provider is down, and lies in a safe. Whoever signs in to a machine does it by the proxy of
Google, which writes it down. Whoever used either says so where the team can read it.`,
    waivers: WAIVERS,
  };
}

const PREFLIGHT = `region="$(value region)"
inventory="infra/hosts/$cluster.conf"
at_least "hosts of the control plane" "$(grep -c ' control-plane$' "$inventory")" 3
if ! command -v gcloud >/dev/null || ! available="$(gcloud compute zones list --project "$(value project_id)" --filter "region:$region AND status=UP" --format 'value(name)' 2>/dev/null)"; then
  unknown 'zones and quotas: gcloud is missing, not signed in, or the project does not answer'
else
  while read -r zone; do
    if grep -qx "$zone" <<<"$available"; then good "zone $zone"; else bad "the inventory names the zone $zone, which $region does not have"; fi
  done < <(awk '$4 ~ /^(control-plane|system|workload)$/ { print $3 }' "$inventory" | sort -u)
  unknown "quotas of $region: the vCPUs of machine_types and 100 GB of SSD for each line of the inventory; gcloud compute regions describe $region"
fi
`;

/** Machines wait for the one, and Flux for the other. */
const CARRIED_IN = `sum="$(sed -nE 's/^RELEASE_SHA256=([0-9a-f]{64})$/\\1/p' "$inventory")"
number="$(gcloud projects describe "$(value project_id)" --format 'value(projectNumber)' 2>/dev/null || true)"
if [ -z "$sum" ]; then unknown 'what machines install themselves from: the inventory names no RELEASE_SHA256 yet'
elif [ -z "$number" ]; then unknown 'what machines install themselves from: the project could not be asked'
elif gcloud storage objects describe "gs://$(value cluster_name)-hosts-$number/carried/$sum/SHA256SUMS" >/dev/null 2>&1; then good 'what machines install themselves from is carried in'
else bad "what machines install themselves from is not carried in: ${CARRY_TO_HOSTS} $cluster"
fi
if ! command -v crane >/dev/null; then unknown 'what was carried in: crane is missing'
elif crane digest "$region-docker.pkg.dev/$(value project_id)/platform/source:$cluster" >/dev/null 2>&1; then good 'this repository was handed over'
else bad 'this repository was not handed over: docs/runbooks/no-way-out.md'
fi
`;

const WAIVERS = `  # The flows of a subnet are logged; a copy of every packet is a decision of its own.
  - CKV2_GCP_12
  # Keys of the project are refused by each machine, and signing in is for those whom IAM names.
  - CKV_GCP_34
`;
