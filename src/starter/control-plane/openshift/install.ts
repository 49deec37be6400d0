/** infra/openshift: what the installer is told, for scripts/host-config.sh to fill in. Nothing secret is part of it. */
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosed } from '../../egress/no-egress/closed.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { headline } from '../../headline.ts';
import { answerOf } from '../../picks.ts';
import { podRange } from '../self-managed/inventory.ts';
import { FOLDER } from './folder.ts';
import { IN_HARBOR, installedFrom } from './mirror.ts';

export const INSTALL_CONFIG = `${FOLDER}/install-config.yaml`;
export const AGENT_CONFIG = `${FOLDER}/agent-config.yaml`;
export const HOST = `${FOLDER}/host.yaml`;

export function hasFips({ stack }: Pick<ClusterInput, 'stack'>): boolean {
  return answerOf(stack, 'fips') === 'yes';
}

export function installFiles(input: ClusterInput): FileTree {
  const yaml = (path: string, says: string, document: unknown) =>
    [path, writeYaml([document], { comment: headline(input, 'distribution', says) })] as const;
  return new Map([
    yaml(
      INSTALL_CONFIG,
      'The cluster as a whole. Pull secret and key come from files that lie in no repository.',
      installConfig(input),
    ),
    yaml(AGENT_CONFIG, 'What the hosts have in common while they are installed.', AGENT),
    yaml(HOST, 'One host: an entry in the list of the file beside this one.', [HOST_ENTRY]),
  ]);
}

function installConfig(input: ClusterInput) {
  const architecture = answerOf(input.stack, 'architecture') === 'arm64' ? 'arm64' : 'amd64';
  return {
    apiVersion: 'v1',
    baseDomain: '__BASE_DOMAIN__',
    metadata: { name: '__SHORT_NAME__' },
    fips: hasFips(input),
    controlPlane: { name: 'master', architecture, replicas: '__CONTROL_PLANE_HOSTS__' },
    compute: [{ name: 'worker', architecture, replicas: '__OTHER_HOSTS__' }],
    networking: {
      networkType: 'OVNKubernetes',
      machineNetwork: [{ cidr: '__NODE_CIDR__' }],
      clusterNetwork: [{ cidr: '__POD_CIDR__', hostPrefix: hostPrefix(input) }],
      serviceNetwork: ['__SERVICE_CIDR__'],
    },
    platform: { baremetal: { apiVIPs: ['__API_ADDRESS__'], ingressVIPs: ['__INGRESS_ADDRESS__'] } },
    ...(wayOut(input) === 'proxy'
      ? { proxy: { httpProxy: '__PROXY_URL__', httpsProxy: '__PROXY_URL__', noProxy: '__NO_PROXY__' } }
      : {}),
    ...(isClosed(input) ? { imageDigestSources: installedFrom(IN_HARBOR) } : {}),
  };
}

/** Each host takes a part of the range of pods: 510 addresses, and fewer where that would be too few hosts. */
export function hostPrefix(input: ClusterInput, narrowest = 25): number {
  const range = Number(podRange(input.clusters[0]).split('/')[1]);
  return Math.min(narrowest, Math.max(23, range + HOST_BITS));
}

/** Room for thirty-two hosts. */
const HOST_BITS = 5;

const AGENT = {
  apiVersion: 'v1beta1',
  kind: 'AgentConfig',
  metadata: { name: '__SHORT_NAME__' },
  rendezvousIP: '__FIRST_ADDRESS__',
  additionalNTPSources: ['__TIME_SERVER__'],
};

const HOST_ENTRY = {
  hostname: '__NAME__',
  role: '__ROLE__',
  rootDeviceHints: { deviceName: '__INSTALL_DISK__' },
  interfaces: [{ name: '__INTERFACE__', macAddress: '__MAC__' }],
  networkConfig: {
    interfaces: [
      {
        name: '__INTERFACE__',
        type: 'ethernet',
        state: 'up',
        'mac-address': '__MAC__',
        ipv4: {
          enabled: true,
          dhcp: false,
          address: [{ ip: '__ADDRESS__', 'prefix-length': '__PREFIX__' }],
        },
      },
    ],
    'dns-resolver': { config: { server: ['__NAME_SERVER__'] } },
    routes: {
      config: [
        {
          destination: '0.0.0.0/0',
          'next-hop-address': '__GATEWAY__',
          'next-hop-interface': '__INTERFACE__',
          'table-id': 254,
        },
      ],
    },
  },
};
