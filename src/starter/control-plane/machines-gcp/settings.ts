/** versions.tf, backend.tf, providers.tf and variables.tf of the root module of the machines. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { versions } from '../../google/versions.ts';
import { HUB_VARIABLE } from '../../google/way-within.ts';
import { terraformText } from '../../terraform.ts';
import { gkeChoices, leadsToHouse } from '../gke/choices.ts';
import { ADMINISTRATORS, NAMES, VPC_CIDR } from '../gke/cluster-variables.ts';
import { BACKEND, PROVIDERS } from '../gke/settings.ts';
import { machineOf } from '../gke/variables.ts';
import { zoneVariable } from '../gke/ways.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { platformOn } from '../self-managed/inventory.ts';
import { windowsHosts } from '../self-managed/windows/hosts.ts';
import { GIVEN_NETWORK_VARIABLE } from './given-network.ts';
import { joinedVariables } from './joined.ts';
import { apiIsListed, LISTED_VARIABLE } from './listed-api.ts';

export const FOLDER = 'infra/machines';

export function settings(input: ClusterInput, distribution: Distribution): FileTree {
  const file = (name: string, says: string, code: HclExpression) =>
    [`${FOLDER}/${name}.tf`, terraformText(input, 'control-plane', says, code)] as const;
  return new Map([
    file('versions', 'Exact versions: an upgrade is a change that is reviewed.', versions(input)),
    file(
      'backend',
      'State lies in a bucket that locks by itself; which one is said by the .tfbackend file of the cluster.',
      BACKEND,
    ),
    file(
      'providers',
      'The project and the region are part of what is reviewed, not of who runs it.',
      PROVIDERS,
    ),
    file(
      'variables',
      'One set of values per cluster lies in envs/; what its hosts are called lies in infra/hosts.',
      variables(input, distribution),
    ),
  ]);
}

function variables(input: ClusterInput, distribution: Distribution): HclExpression {
  const { setUpBy } = distribution;
  const choices = gkeChoices(input);
  const { type: machine, disk } = machineOf(input);
  // Windows runs on one architecture alone.
  const windows = windowsHosts(input) !== null;
  // Machines that carry everything have twice the cores.
  const type = platformOn(input) === 'every-host' ? machine.replace(/-4$/, '-8') : machine;
  return hcl`${NAMES}

${VPC_CIDR}

${ADMINISTRATORS}

${zoneVariable(input)}variable "hosts" {
  description = "The inventory of the cluster, by its name in infra/hosts."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]+$", var.hosts))
    error_message = "The name of a file in infra/hosts, without its ending."
  }
}

variable "machine_types" {
  description = "Machines of each role. Those of the control plane carry etcd: four cores and a disk that nothing else writes to."
  type        = map(string)
  default = ${{ 'control-plane': type, system: type, workload: type, ...(windows ? { windows: machine.replace('c4a-', 'c4-') } : {}) }}
}

variable "disk_type" {
  description = "Disk that machines start from; etcd asks for one that answers within milliseconds."
  type        = string
  default     = ${disk === 'pd-balanced' ? 'pd-ssd' : disk}
}

variable "disk_gib" {
  description = "Size of that disk, by role."
  type        = map(number)
  default = ${{ 'control-plane': 100, system: 100, workload: 100, ...(windows ? { windows: 120 } : {}) }}
}
${choices.network === 'given' ? GIVEN_NETWORK_VARIABLE : NOTHING}${leadsToHouse(choices) ? HUB_VARIABLE : NOTHING}${apiIsListed(input, distribution) ? LISTED_VARIABLE : NOTHING}${setUpBy === 'talosctl' ? TALOS_IMAGE : NOTHING}${joinedVariables(input)}`;
}

const NOTHING = hcl``;
const TALOS_IMAGE = hcl`
variable "machine_image" {
  description = "The image of Talos in this project (docs/runbooks/bootstrap.md). Machines that are there keep theirs; Talos upgrades itself."
  type        = string
}
`;
