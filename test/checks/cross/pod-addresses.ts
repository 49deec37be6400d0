/** Secondary ranges of GKE: apart from all others, and with a block of addresses for every node that a cluster may grow to. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';
import { overlaps } from './ranges.ts';

/** What GKE gives a node for 64 pods, twice as many and a power of two. */
const ADDRESSES_PER_NODE = 128;
/** An Autopilot cluster says no number of nodes: room for so many is asked of it. */
const NODES_OF_AUTOPILOT = 64;

export const podAddresses: CrossCheck = {
  code: 'address-ranges',
  says: 'Ranges of pods meet no other range and hold the pods of all nodes that a cluster may grow to.',
  check: tree => {
    const most = mostNodes(tree);
    const clusters = rangesOf(tree);
    const uncounted = uncountedPools(tree).map(pool =>
      finding('infra/gke/cluster.tf', `asks for no room for the nodes of ${pool}`),
    );
    const found = clusters.flatMap(({ file, pods, services, nodes }, index) => {
      const size = 2 ** (32 - Number(pods.split('/')[1]));
      const others = clusters.slice(index + 1);
      return [
        ...(size / ADDRESSES_PER_NODE >= most
          ? []
          : [finding(file, `${pods} holds the pods of ${size / ADDRESSES_PER_NODE} nodes, not of ${most}`)]),
        ...[services, nodes]
          .filter(range => overlaps(pods, range))
          .map(range => finding(file, `the pods ${pods} meet ${range}`)),
        ...others
          .filter(other => overlaps(pods, other.pods))
          .map(other => finding(file, `the pods ${pods} meet those of ${other.file}`)),
      ];
    });
    return [...uncounted, ...found];
  },
};

interface Ranges {
  readonly file: string;
  readonly pods: string;
  readonly services: string;
  /** The sixteenth of the network that nodes and, after it, the control plane lie in. */
  readonly nodes: string;
}

function rangesOf(tree: FileTree): readonly Ranges[] {
  return [...tree].flatMap(([file, text]) => {
    if (!/^infra\/gke\/envs\/[^/]+\.tfvars\.example$/.test(file)) return [];
    const value = (key: string) => new RegExp(`^${key}\\s*=\\s*"([^"]+)"`, 'm').exec(text)?.[1] ?? '';
    const [first = '', prefix = '16'] = value('vpc_cidr').split('/');
    // Two sixteenths beside each other are an eighth.
    return [
      {
        file,
        pods: value('pod_cidr'),
        services: value('service_cidr'),
        nodes: `${first}/${Number(prefix) + 3}`,
      },
    ];
  });
}

function mostNodes(tree: FileTree): number {
  const sizes = [...poolVariables(tree).matchAll(/max_size\s*=\s*(\d+)/g)].map(([, size]) => Number(size));
  return sizes.length === 0 ? NODES_OF_AUTOPILOT : sizes.reduce((sum, size) => sum + size, 0);
}

/** Variables of pools that the cluster does not ask room for before it is made. */
function uncountedPools(tree: FileTree): readonly string[] {
  const asked = /^ +condition +=.* \/ 128 >= .*$/m.exec(tree.get('infra/gke/cluster.tf') ?? '')?.[0] ?? '';
  const names = [...poolVariables(tree).matchAll(/^variable "(\w+_nodes)"/gm)].map(([, name = '']) => name);
  return names.filter(name => !new RegExp(`\\bvar\\.${name}\\b[^+]*max_size`).test(asked));
}

const poolVariables = (tree: FileTree): string =>
  ['variables', 'nodes'].map(name => tree.get(`infra/gke/${name}.tf`) ?? '').join('\n');

function finding(place: string, message: string): Finding {
  return { code: 'address-ranges', place, message };
}
