/** The files of infra/eks that every cluster has, and what each is there for. */
import type { Id } from '../../../content/catalogue.ts';
import type { HclExpression } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Cni } from '../../cni/cni.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { choosesGateways, networkSays } from '../../environments/nat-gateways.ts';
import type { StartupTaint } from '../../foundation.ts';
import { terraformText } from '../../terraform.ts';
import { tunesNodes } from '../node-control.ts';
import { addons } from './addons.ts';
import { AUTO_ADDONS, AUTO_NODES } from './auto-mode.ts';
import { ACCESS, cluster, ENCRYPTION } from './cluster.ts';
import { endpoints, hasEndpoints } from './endpoints.ts';
import { existingNetwork, standsInExistingNetwork } from './existing-network.ts';
import { balancersOf } from './gateway.ts';
import { gpuGroups } from './gpu-nodes.ts';
import { identity } from './identity.ts';
import { KERNEL, userDataOfNodes } from './kernel.ts';
import { loadBalancerRights } from './load-balancer-rights.ts';
import { isAutoMode } from './mode.ts';
import { network, subnetsByZone } from './network.ts';
import { scalingOf, tenantsOfGroups } from './node-groups.ts';
import { nodes } from './nodes.ts';
import { proxyFile } from './proxy.ts';
import { hasSandboxNodes, sandboxNodes } from './sandbox-nodes.ts';
import { FOLDER } from './settings.ts';
import { windowsGroup } from './windows-group.ts';
import { windowsNodes } from './windows-nodes.ts';

export function rootModule(
  input: ClusterInput,
  { nodesWaitFor, addons: more }: ReturnType<Cni['infrastructure']>,
  taints: readonly StartupTaint[],
): FileTree {
  const auto = isAutoMode(input);
  const balancers = balancersOf(input);
  const windows = windowsNodes(input);
  const file = (name: string, decision: Id, says: string, code: HclExpression) =>
    [`${FOLDER}/${name}.tf`, terraformText(input, decision, says, code)] as const;
  return new Map([
    file(
      'network',
      'platform-defaults',
      networkSays(choosesGateways(input)),
      standsInExistingNetwork(input) ? existingNetwork(input) : network(input),
    ),
    file(
      'encryption',
      'control-plane',
      'Secrets are encrypted with a key of this account before they reach etcd.',
      ENCRYPTION,
    ),
    file(
      'cluster',
      'control-plane',
      'The control plane: AWS runs it, these are its settings.',
      cluster(input),
    ),
    file(
      'access',
      'control-plane',
      'Who may use the API: IAM roles by access entry and nobody else, not even whoever made the cluster.',
      ACCESS,
    ),
    file(
      'nodes',
      'platform-defaults',
      auto
        ? 'What nodes may do; AWS makes them, and the pools are in platform-config/base/node-pools.'
        : 'Two pools of at least three nodes, so that losing a node goes unnoticed.',
      auto
        ? AUTO_NODES
        : nodes(
            nodesWaitFor,
            taints,
            scalingOf(input),
            subnetsByZone(input),
            tenantsOfGroups(input),
            gpuGroups(input),
            userDataOfNodes(input),
          ),
    ),
    ...(windows === null
      ? []
      : [
          file(
            'windows',
            'platform-defaults',
            'Nodes with Windows beside those with Linux: docs/runbooks/windows-nodes.md says what a pod needs there.',
            windowsGroup(windows, scalingOf(input), nodesWaitFor, wayOut(input)),
          ),
        ]),
    ...(hasSandboxNodes(input)
      ? [
          file(
            'sandbox',
            'tenant-isolation',
            'Nodes with gVisor for pods of tenants: docs/runbooks/tenant-sandbox.md.',
            sandboxNodes(input, nodesWaitFor, taints),
          ),
        ]
      : []),
    file(
      'identity',
      'platform-defaults',
      'Pod Identity: no key is stored, and pods share no role of their node.',
      identity(input),
    ),
    ...(balancers === null
      ? []
      : [
          file(
            'load-balancer',
            'edge',
            'Rights of the AWS Load Balancer Controller.',
            loadBalancerRights(input, balancers),
          ),
        ]),
    ...(hasEndpoints(input)
      ? [
          file(
            'endpoints',
            'egress',
            wayOut(input) === 'none'
              ? 'Services of AWS at addresses of the network: nothing else of AWS is reached, and nothing at all outside.'
              : 'Services of AWS at addresses of the network: what nodes and pods ask for all the time never comes to the border.',
            endpoints(input),
          ),
        ]
      : []),
    ...(tunesNodes(input.stack)
      ? [file('kernel', 'control-plane', 'Settings and modules of the kernel that nodes start with.', KERNEL)]
      : []),
    ...(wayOut(input) === 'proxy'
      ? [file('proxy', 'egress', 'What nodes are told of the proxy of the house.', proxyFile(input))]
      : []),
    file('addons', 'control-plane', 'Add-ons that AWS maintains.', auto ? AUTO_ADDONS : addons(more)),
  ]);
}
