/** infra/machines for OpenShift on AWS: all that is there before its installer makes machines and load balancers. */
import type { Id } from '../../../content/catalogue.ts';
import { attribute, comment, gap, type HclExpression, hcl } from '../../../files/hcl.ts';
import { type FileTree, mergeTrees } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { PROXY_VALUES } from '../../egress/proxy/infrastructure.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { choosesGateways, networkSays } from '../../environments/nat-gateways.ts';
import { release } from '../../release.ts';
import { terraformText } from '../../terraform.ts';
import { LOG_ENCRYPTION } from '../eks/cluster.ts';
import { endpoints, hasEndpoints } from '../eks/endpoints.ts';
import { existingNetwork, standsInExistingNetwork } from '../eks/existing-network.ts';
import { networkOf } from '../eks/network.ts';
import { AWS_BACKEND, awsProviders, awsVersions } from '../eks/settings.ts';
import { MACHINES } from '../eks/trust.ts';
import { machineVariables } from '../machines-aws/settings.ts';
import { issuer } from '../machines-aws/store.ts';
import { machineValues } from '../machines-aws/values.ts';
import { OPENSHIFT_VERSION } from '../openshift-cloud/variables.ts';
import { podRange } from '../self-managed/inventory.ts';
import { CLOSED_VALUES, CLOSED_VARIABLES, routerName } from './closed.ts';
import { installOfAws } from './install.ts';

const FIRST_ZONES = hcl`slice(sort(data.aws_availability_zones.available.names), 0, 3)`;

export function rootModule(input: ClusterInput): FileTree {
  const file = (name: string, decision: Id, says: string, code: HclExpression) =>
    [`${MACHINES}/${name}.tf`, terraformText(input, decision, says, code)] as const;
  return mergeTrees(
    installOfAws(input),
    routerName(input),
    machineValues(input, 'installer', cluster => [
      gap,
      comment('Addresses of pods, which never leave the cluster. Cannot be changed later.'),
      attribute('pod_cidr', podRange(cluster)),
      comment('The release that is installed first, and after that the one that the cluster has.'),
      attribute('openshift_version', release(input, 'openshift').version),
      ...(wayOut(input) === 'proxy' ? PROXY_VALUES : []),
      ...(wayOut(input) === 'none' ? CLOSED_VALUES : []),
    ]),
    new Map([
      file(
        'versions',
        'control-plane',
        'Exact versions: an upgrade is a change that is reviewed.',
        awsVersions(input),
      ),
      file(
        'backend',
        'control-plane',
        'State lies in a bucket with its own lock; which one is said by the .tfbackend file of the cluster.',
        AWS_BACKEND,
      ),
      file(
        'providers',
        'control-plane',
        'The account and the region are part of what is reviewed, not of who runs it.',
        awsProviders(OF_INSTALLER),
      ),
      file(
        'variables',
        'control-plane',
        'One set of values per cluster lies in envs/.',
        hcl`${machineVariables(input, 'installer')}${POD_RANGE}${OPENSHIFT_VERSION}${wayOut(input) === 'none' ? CLOSED_VARIABLES : NOTHING}`,
      ),
      file(
        'network',
        'platform-defaults',
        networkSays(choosesGateways(input)),
        standsInExistingNetwork(input)
          ? existingNetwork(input)
          : networkOf('machines-of-installer', FIRST_ZONES, wayOut(input)),
      ),
      file('encryption', 'control-plane', 'Keys of the account, and that of the logs.', LOG_ENCRYPTION),
      file(
        'identity',
        'workload-identity',
        'No key is stored: AWS reads the keys of the cluster, and lends roles for tokens that it signs.',
        issuer(input),
      ),
      ...(hasEndpoints(input)
        ? [
            file(
              'endpoints',
              'egress',
              'Services of AWS at addresses of the network: what machines and pods ask for all the time never comes to the border.',
              endpoints(input),
            ),
          ]
        : []),
    ]),
  );
}

/** The installer marks subnets and zones as those of its cluster, and finds them by that when it takes it down. */
const OF_INSTALLER = hcl`

# Marks of the installer, by which load balancers find their subnets and everything is found again at the end: not ours to take away.
ignore_tags {
  key_prefixes = ["kubernetes.io/cluster/"]
}`;

const NOTHING: HclExpression = { kind: 'expression', code: '' };
const POD_RANGE = hcl`
variable "pod_cidr" {
  description = "Addresses of pods: clusterNetwork of the installer. They never leave the cluster."
  type        = string
}
`;
