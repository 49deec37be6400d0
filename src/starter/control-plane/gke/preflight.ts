/** What has to be free in a project of Google Cloud before a cluster of GKE is applied: quotas, addresses, the zone of its names. */
import type { ClusterInput } from '../../cluster-input.ts';
import { zoneOfNames } from '../../google/zone.ts';
import { RANGES_MEET } from '../ranges-meet.ts';
import { gkeChoices } from './choices.ts';
import type { GkeMode } from './mode.ts';
import { machineOf } from './variables.ts';

/** Six nodes of four processors, and one of each pool more while an upgrade replaces them. */
const NODES = 8;
/** Three more, and one. */
const NODES_WITH_SANDBOX = NODES + 4;
/** Autopilot makes nodes as pods ask for them. */
export const PROCESSORS_OF_AUTOPILOT = 24;
/** What is there while it replaces nodes. */
const MORE_OF_AUTOPILOT = 8;

const nodesOf = (input: ClusterInput) => (gkeChoices(input).sandboxPool ? NODES_WITH_SANDBOX : NODES);
export const processorsOf = (input: ClusterInput) => nodesOf(input) * 4;
export const diskGibOf = (input: ClusterInput) => nodesOf(input) * 100;

const QUOTAS = "--flatten=quotas --format='csv[no-heading](quotas.metric,quotas.limit,quotas.usage)'";

export function gkePreflight(input: ClusterInput, mode: GkeMode): string {
  return googlePreflight(
    input,
    `${STANDS}${mode === 'autopilot' ? OF_AUTOPILOT : quotasOf(input, nodesOf(input), diskGibOf(input), poolsOf(input))}`,
  );
}

/** Each has one node more while an upgrade replaces them. */
const poolsOf = (input: ClusterInput) => (gkeChoices(input).sandboxPool ? 3 : 2);

const STANDS = `  if [ -n "$(gcloud container clusters list --project "$project" --filter "name=$(value cluster_name)" --format 'value(name)' 2>/dev/null)" ]
  then stands=yes
  fi
`;

/** `quotas`: lines that ask for them. */
export function googlePreflight(input: ClusterInput, quotas: string): string {
  const { network } = gkeChoices(input);
  return `region="$(value region)" project="$(value project_id)"
if ! command -v gcloud >/dev/null || ! overall="$(gcloud compute project-info describe --project "$project" ${QUOTAS} 2>/dev/null)"; then
  unknown 'quotas and addresses: gcloud is missing, not signed in, or the project does not answer'
else
  good "project $project"
  # What is left of a quota, of the region or of the project; nothing where it could not be asked.
  left() { awk -F, -v metric="$2" '$1 == metric { print $2 - $3 }' <<<"$1"; }
${quotas}
  at_least "zones of $region" "$(gcloud compute zones list --project "$project" --filter "region:$region AND status=UP" --format 'value(name)' 2>/dev/null | grep -c . || true)" 3
${network === 'given' ? '' : NETWORKS}${zoneOfNames(input) === 'project' ? ZONE : ''}fi
`;
}

const ofProject = (processors: string) =>
  `  at_least 'vCPUs of the project, in all regions' "$(left "$overall" CPUS_ALL_REGIONS)" ${processors}`;
const OF_AUTOPILOT = ofProject(`${PROCESSORS_OF_AUTOPILOT} ${MORE_OF_AUTOPILOT}`);

/** For so many machines of four processors, and so many `more` of a cluster that stands. */
export function quotasOf(input: ClusterInput, machines: number, diskGib: number, more = machines): string {
  const { type, architecture } = machineOf(input);
  const processors = `${machines * 4} ${more * 4}`;
  const disks = `${diskGib} ${(diskGib / machines) * more}`;
  return architecture === 'amd64'
    ? `${ofProject(processors)}
  quotas="$(gcloud compute regions describe "$region" --project "$project" ${QUOTAS} 2>/dev/null || true)"
  at_least 'vCPUs of ${type}' "$(left "$quotas" N2_CPUS)" ${processors}
  at_least 'GB of balanced disks' "$(left "$quotas" SSD_TOTAL_GB)" ${disks}`
    : `${ofProject(processors)}
  unknown "vCPUs of ${type} and disks for ${machines} of them: a family of its own, look at it in the console of $project"`;
}

const NETWORKS = `  at_least 'networks' "$(left "$overall" NETWORKS)" 1 0
${RANGES_MEET}
  own="$(value vpc_cidr)"
  for other in $(gcloud compute networks subnets list --project "$project" --filter "network!~/$(value cluster_name)$" --format 'value(ipCidrRange)' 2>/dev/null); do
    if meets "$own" "$other"; then bad "$own meets the subnet $other of the project: fine only while the two are never connected"; fi
  done
`;

const ZONE = `  if gcloud dns managed-zones describe platform --project "$project" >/dev/null 2>&1
  then good 'the zone of the names'
  else bad 'the zone "platform" is not in Cloud DNS of this project: apply infra/gcp-project'
  fi
`;
