/** Patches of the one configuration that a host with Talos Linux is. */
import { writeYaml } from '../../../files/yaml.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { AUTHORITIES, AUTHORITIES_MARK, trustsHouse } from '../../dns-and-certificates/house/authorities.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { HARBOR } from '../../registry/harbor.ts';
import { UPSTREAMS } from '../../registry/upstreams.ts';
import { AUDIT_FLAGS, AUDIT_POLICY, authentication, POD_SECURITY } from './api-server.ts';
import type { HostSettings } from './distribution.ts';
import { TALOS_PROXY } from './host-proxy.ts';
import { NOT_BALANCED } from './inventory.ts';
import { apiNames, type HostPlace, issuerFlags } from './place.ts';
import { credentialProviders } from './registry-sign-in.ts';
import { extensionsOnMachines, installerOf } from './talos-extension.ts';

const PREFIX = 'oidc:';
const AUTHENTICATION = '/var/etc/kubernetes/authentication.yaml';

/** What holds on every host, as documents of one file. */
export const everyHostDocuments = (input: ClusterInput, settings: HostSettings): readonly object[] => [
  everyHost(input, settings),
  ...authoritiesOf(input),
  ...mirrors(input),
  ...timeOf(settings.place),
];

/** Neither etcd nor a kubelet starts before the time is known. */
function timeOf({ machines }: HostPlace): readonly object[] {
  const servers = machines === null ? ['__TIME_SERVER__'] : machines.timeServers;
  return servers === undefined ? [] : [{ apiVersion: 'v1alpha1', kind: 'TimeSyncConfig', ntp: { servers } }];
}

function everyHost(input: ClusterInput, { servicesBy, registrySignIn, place }: HostSettings): object {
  // A disk that an image was written to is installed already, and images lie on it.
  const carried = place.machines?.programs === 'carried';
  // On hosts of one's own those that run workloads alone have more in it (sandbox.yaml).
  const extensions = place.machines === null ? [] : extensionsOnMachines(input, registrySignIn);
  const image = installerOf(input, String(answerOf(input.stack, 'cloud')), extensions);
  return {
    machine: {
      ...(wayOut(input) === 'proxy' ? { env: TALOS_PROXY } : {}),
      ...(carried ? {} : { install: { image, wipe: false } }),
      kubelet: {
        nodeIP: { validSubnets: ['__NODE_CIDR__'] },
        defaultRuntimeSeccompProfileEnabled: true,
        disableManifestsDirectory: true,
        ...(registrySignIn === null ? {} : { credentialProviderConfig: credentialProviders(registrySignIn) }),
      },
      features: {
        kubePrism: { enabled: true, port: 7445 },
        hostDNS: { enabled: true, forwardKubeDNSToHost: false },
        ...(carried ? { imageCache: { localEnabled: true } } : {}),
      },
    },
    cluster: {
      network: { cni: { name: 'none' }, podSubnets: ['__POD_CIDR__'], serviceSubnets: ['__SERVICE_CIDR__'] },
      proxy: servicesBy === 'network-plugin' ? { disabled: true } : { disabled: false, mode: 'nftables' },
      // One registry lies outside of the house, and no supported version of Kubernetes lets hosts read the other.
      discovery: { enabled: false },
    },
  };
}

/** Images are fetched by hosts, and so is what tells who people are. */
function authoritiesOf(input: ClusterInput): readonly object[] {
  if (!trustsHouse(input)) return [];
  return [
    {
      apiVersion: 'v1alpha1',
      kind: 'TrustedRootsConfig',
      name: AUTHORITIES,
      certificates: `${AUTHORITIES_MARK}\n`,
    },
  ];
}

function mirrors({ stack }: ClusterInput): readonly object[] {
  if (pickOf(stack, 'registry') !== 'harbor') return [];
  return UPSTREAMS.map(({ host, prefix }) => ({
    apiVersion: 'v1alpha1',
    kind: 'RegistryMirrorConfig',
    name: host,
    endpoints: [{ url: `https://${HARBOR}/v2/${prefix}`, overridePath: true }],
  }));
}

/** `talosctl gen config` exempts kube-system and a patch adds to its lists: an API server that finds it twice does not start. */
const { exemptions: _GIVEN, ...ADMISSION_PATCH } = POD_SECURITY;

export function controlPlane({ signsIn, signedBy, pipelines, platformOn, place }: HostSettings): object {
  return {
    machine: {
      // The default taint of the control plane stays where it runs nothing else.
      ...(platformOn === 'control-plane' ? { nodeTaints: { CriticalAddonsOnly: 'true:NoSchedule' } } : {}),
      // What comes from outside has no other hosts to arrive at.
      ...(platformOn === 'every-host' ? { nodeLabels: { [NOT_BALANCED]: { $patch: 'delete' } } } : {}),
      ...(signsIn
        ? {
            files: [
              {
                path: AUTHENTICATION,
                permissions: 0o644,
                op: 'create',
                content: writeYaml([authentication(PREFIX, [], pipelines, signedBy)]).replace(/^---\n/, ''),
              },
            ],
          }
        : {}),
    },
    cluster: {
      allowSchedulingOnControlPlanes: platformOn !== 'system',
      apiServer: {
        certSANs: apiNames(place),
        admissionControl: [{ name: 'PodSecurity', configuration: ADMISSION_PATCH }],
        auditPolicy: AUDIT_POLICY,
        extraArgs: {
          ...AUDIT_FLAGS,
          profiling: 'false',
          ...issuerFlags(place),
          ...(signsIn ? { 'authentication-config': AUTHENTICATION } : {}),
        },
        ...(signsIn
          ? {
              extraVolumes: [{ hostPath: AUTHENTICATION, mountPath: AUTHENTICATION, readonly: true }],
            }
          : {}),
      },
      etcd: { advertisedSubnets: ['__NODE_CIDR__'] },
    },
  };
}
