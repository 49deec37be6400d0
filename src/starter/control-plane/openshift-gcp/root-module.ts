/** infra/machines for OpenShift on Google Cloud: all that is there before its installer makes machines and load balancers. */
import type { Id } from '../../../content/catalogue.ts';
import {
  attribute,
  attributes,
  comment,
  gap,
  type HclExpression,
  hcl,
  writeHcl,
} from '../../../files/hcl.ts';
import { type FileTree, mergeTrees } from '../../../files/tree.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { PROXY_VALUES } from '../../egress/proxy/infrastructure.ts';
import { versions } from '../../google/versions.ts';
import { HUB_VARIABLE } from '../../google/way-within.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { followedArchive } from '../../recovery/followed-archive.ts';
import { release } from '../../release.ts';
import { terraformText } from '../../terraform.ts';
import { gkeChoices, leadsToHouse } from '../gke/choices.ts';
import { ADMINISTRATORS, NAMES, VPC_CIDR } from '../gke/cluster-variables.ts';
import { BACKEND, PROVIDERS } from '../gke/settings.ts';
import { clusterTitle, shortName } from '../gke/title.ts';
import { databaseSource, hubValues, stateFile } from '../gke/values.ts';
import { machineOf } from '../gke/variables.ts';
import { zoneVariable } from '../gke/ways.ts';
import { ENCRYPTION } from '../machines-gcp/encryption.ts';
import { FOLDER } from '../machines-gcp/settings.ts';
import { RELEASE_VALUES } from '../openshift-cloud/release-registry.ts';
import { OPENSHIFT_VERSION } from '../openshift-cloud/variables.ts';
import { podRange } from '../self-managed/inventory.ts';
import { tfvarsHead } from '../tfvars-head.ts';
import { CLOSED_VARIABLES } from './closed.ts';
import { identity } from './identity.ts';
import { installOfGoogle } from './install.ts';
import { joinedFile, joinedValues, joinedVariables } from './joined.ts';
import { MACHINE_ACCOUNTS } from './machine-accounts.ts';
import { GIVEN_VALUES, GIVEN_VARIABLE, openshiftFirewall, openshiftNetwork } from './network.ts';

export function rootModule(input: ClusterInput): FileTree {
  const choices = gkeChoices(input);
  const file = (name: string, decision: Id, says: string, code: HclExpression) =>
    [`${FOLDER}/${name}.tf`, terraformText(input, decision, says, code)] as const;
  return mergeTrees(
    installOfGoogle(input),
    joinedFile(input),
    values(input),
    new Map([
      file(
        'versions',
        'control-plane',
        'Exact versions: an upgrade is a change that is reviewed.',
        versions(input),
      ),
      file(
        'backend',
        'control-plane',
        'State lies in a bucket that locks by itself; which one is said by the .tfbackend file of the cluster.',
        BACKEND,
      ),
      file(
        'providers',
        'control-plane',
        'The project and the region are part of what is reviewed, not of who runs it.',
        PROVIDERS,
      ),
      file('variables', 'control-plane', 'One set of values per cluster lies in envs/.', variables(input)),
      file(
        'network',
        'network',
        choices.network === 'given'
          ? 'The network that is there: its subnet for machines is looked at, and nothing is added to it.'
          : 'One subnet over all zones for machines, three of which the installer takes.',
        openshiftNetwork(choices),
      ),
      file(
        'firewall',
        'network',
        'Who comes in from elsewhere. Rules between machines are those of the installer.',
        openshiftFirewall(input),
      ),
      file(
        'encryption',
        'control-plane',
        'Disks and volumes are encrypted with a key of this project.',
        ENCRYPTION,
      ),
      file(
        'machines',
        'control-plane',
        'Who machines are at Google. The installer makes them, and hands them these accounts.',
        MACHINE_ACCOUNTS,
      ),
      file(
        'identity',
        'workload-identity',
        'Operators and pods have rights of their own at Google, without a key: it believes the tokens of this cluster.',
        identity(input),
      ),
    ]),
  );
}

function variables(input: ClusterInput): HclExpression {
  const choices = gkeChoices(input);
  const { type } = machineOf(input);
  return hcl`${NAMES}

${VPC_CIDR}

${ADMINISTRATORS}

${zoneVariable(input)}variable "machine_types" {
  description = "Machines of the control plane, which carry etcd, and of all others. Later ones are of what their sets say."
  type        = map(string)
  default = ${{ 'control-plane': type, workload: type }}
}

variable "pod_cidr" {
  description = "Addresses of pods: clusterNetwork of the installer. They never leave the cluster."
  type        = string
}

variable "service_cidr" {
  description = "Addresses of Services: serviceNetwork of the installer. They never leave the cluster."
  type        = string
}
${OPENSHIFT_VERSION}${choices.network === 'given' ? GIVEN_VARIABLE : NOTHING}${leadsToHouse(choices) ? HUB_VARIABLE : NOTHING}${choices.way === 'none' ? CLOSED_VARIABLES : NOTHING}${joinedVariables(input)}`;
}

const NOTHING = hcl``;

function values(input: ClusterInput): FileTree {
  return new Map(
    input.clusters.flatMap(cluster => [
      [`${FOLDER}/envs/${cluster.name}.tfvars.example`, tfvars(input, cluster)] as const,
      [`${FOLDER}/envs/${cluster.name}.tfbackend.example`, stateFile(input, cluster, 'machines')] as const,
    ]),
  );
}

function tfvars(input: ClusterInput, cluster: Cluster): string {
  return writeHcl([
    ...tfvarsHead(input, cluster),
    ...attributes({
      cluster_name: clusterTitle(input, cluster),
      short_name: shortName(input, cluster),
      environment: cluster.environment,
    }),
    gap,
    comment('One project per environment keeps mistakes apart.'),
    attribute('project_id', TOKENS.gcpProject),
    ...(cluster.regionGiven ? [] : [comment(`${TOKENS.gcpRegion}: the project does not name one.`)]),
    attribute('region', cluster.region),
    gap,
    comment('Cannot be changed later. Those of pods and Services never leave the cluster.'),
    ...attributes({
      vpc_cidr: cluster.vpcCidr,
      pod_cidr: podRange(cluster),
      service_cidr: cluster.serviceCidr,
    }),
    comment('The release that is installed first, and after that the one that the cluster has.'),
    attribute('openshift_version', release(input, 'openshift').version),
    ...(gkeChoices(input).network === 'given' ? GIVEN_VALUES : []),
    ...hubValues(input),
    ...(gkeChoices(input).way === 'none' ? RELEASE_VALUES : []),
    ...(gkeChoices(input).way === 'proxy' ? PROXY_VALUES : []),
    ...joinedValues(input, cluster),
    gap,
    attribute('admin_members', [`group:${TOKENS.adminRole}@example.com`]),
    ...databaseSource(input, cluster),
    ...followedArchive(input, cluster, clusterTitle),
  ]);
}
