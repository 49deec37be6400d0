/** Talos Linux: the host is one machine configuration, made and applied by talosctl. */
import { writeYaml } from '../../../files/yaml.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { AUTHORITIES, AUTHORITIES_MARK, trustsHouse } from '../../dns-and-certificates/house/authorities.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { headline } from '../../headline.ts';
import { pickOf } from '../../picks.ts';
import { HARBOR } from '../../registry/harbor.ts';
import { UPSTREAMS } from '../../registry/upstreams.ts';
import { release } from '../../release.ts';
import { AUDIT_FLAGS, AUDIT_POLICY, authentication, POD_SECURITY } from './api-server.ts';
import type { Distribution, DistributionSays, HostSettings } from './distribution.ts';
import { TALOS_PROXY } from './host-proxy.ts';
import { NOT_BALANCED } from './inventory.ts';
import { apiNames, type CloudMachines, type HostPlace, issuerFlags } from './place.ts';
import { credentialProviders } from './registry-sign-in.ts';
import { schematicOf } from './talos-extension.ts';
import { isSandboxed, sandboxFiles, TALOS_SANDBOX } from './talos-sandbox.ts';

const FOLDER = 'infra/talos';
const PREFIX = 'oidc:';
const AUTHENTICATION = '/var/etc/kubernetes/authentication.yaml';

export const talos: Distribution = {
  title: 'Talos Linux',
  folder: FOLDER,
  settings: ({ machines }): Readonly<Record<string, string>> =>
    machines === null ? { INSTALL_DISK: '/dev/sda', INTERFACE: 'eth0' } : {},
  ports: { api: [6443], setUp: [50000], among: [50000, 50001] },
  bringsMetrics: false,
  kubeletCertificates: 'kubelet',
  copiesSnapshots: false,
  // Talos mounts these itself, and lets no pod load a module.
  cilium: {
    cgroup: { autoMount: { enabled: false }, hostRoot: '/sys/fs/cgroup' },
    securityContext: {
      capabilities: {
        ciliumAgent: [
          'CHOWN',
          'KILL',
          'NET_ADMIN',
          'NET_RAW',
          'IPC_LOCK',
          'SYS_ADMIN',
          'SYS_RESOURCE',
          'DAC_OVERRIDE',
          'FOWNER',
          'SETGID',
          'SETUID',
        ],
        cleanCiliumState: ['NET_ADMIN', 'SYS_ADMIN', 'SYS_RESOURCE'],
      },
    },
  },
  calico: { provider: '', dataPlane: 'Nftables' },
  // KubePrism: every node has the API server at this port, whichever of them answers.
  apiServer: { host: 'localhost', port: 7445 },
  tools: ['talosctl'],
  setUpBy: 'talosctl',
  files: (input, settings) => {
    const yaml = (name: string, says: string, documents: readonly object[]) =>
      [
        `${FOLDER}/${name}.yaml`,
        writeYaml(documents, { comment: headline(input, 'distribution', says) }),
      ] as const;
    return new Map([
      yaml(
        'all',
        'What holds on every host. scripts/host-config.sh fills in what stands between underscores.',
        [everyHost(input, settings), ...authoritiesOf(input), ...mirrors(input), ...timeOf(settings.place)],
      ),
      yaml('control-plane', 'What the hosts of the control plane have beside that.', [
        controlPlane(settings),
      ]),
      ...(settings.place.machines === null
        ? [
            yaml('api-address', 'The address of the API, on one host of the control plane at a time.', [
              {
                apiVersion: 'v1alpha1',
                kind: 'Layer2VIPConfig',
                name: '__API_ADDRESS__',
                link: '__INTERFACE__',
              },
            ]),
          ]
        : []),
      yaml('host', 'What differs from host to host.', [
        {
          machine: {
            nodeLabels: { 'node-pool': '__POOL__', 'topology.kubernetes.io/zone': '__RACK__' },
            ...(settings.place.machines === null
              ? {}
              : { kubelet: { extraArgs: { 'provider-id': '__PROVIDER_ID__' } } }),
          },
        },
        { apiVersion: 'v1alpha1', kind: 'HostnameConfig', hostname: '__NAME__', auto: 'off' },
      ]),
      // The image of machines of a cloud is one that somebody brings there.
      ...(isSandboxed(input) && settings.place.machines === null ? sandboxFiles(input, yaml) : []),
      ...schematicOf(settings, FOLDER, yaml),
      yaml('system-taint', 'Hosts that run the platform take nothing else.', [
        {
          machine: {
            kubelet: {
              extraConfig: {
                registerWithTaints: [{ key: 'CriticalAddonsOnly', value: 'true', effect: 'NoSchedule' }],
              },
            },
          },
        },
      ]),
    ]);
  },
  prepare: ({ machines }) => `
# Keys and authorities of the cluster: made once, and kept where the house keeps secrets. Whoever has them owns the cluster.
secrets="\${TALOS_SECRETS:?the file of secrets of this cluster; made once by talosctl gen secrets --output-file FILE}"
[ -s "$secrets" ] || { echo "$secrets is not there" >&2; exit 2; }
name="" address="" rack="" pool=""${machines === null ? '' : ' provider=""'}`,
  eachHost:
    place => `${place.machines === null ? '' : '\nprovider="$(provider_id "$name" "$rack" </dev/null)"'}
kind=worker
patches=(--config-patch "$(fill ${FOLDER}/all.yaml)" --config-patch "$(fill ${FOLDER}/host.yaml)")
if [ "$role" = control-plane ]; then
  kind=controlplane
  if ! hosts | grep -q ' system$'; then
    pool=system
    patches=(--config-patch "$(fill ${FOLDER}/all.yaml)" --config-patch "$(fill ${FOLDER}/host.yaml)")
  fi
  patches+=(--config-patch "$(fill ${FOLDER}/control-plane.yaml)")
${place.machines === null ? MOVING_ADDRESS : ''}elif [ "$role" = system ]; then
  patches+=(--config-patch "$(fill ${FOLDER}/system-taint.yaml)")
fi
if [ -e ${FOLDER}/sandbox.yaml ] && { [ "$role" = workload ] || ! hosts | grep -q ' workload$'; }; then
  patches+=(--config-patch "$(fill ${FOLDER}/sandbox.yaml)")
fi
talosctl gen config "$(setting CLUSTER_NAME)" "https://$(setting ${place.api}):6443" --with-secrets "$secrets" \\
  --kubernetes-version "$(setting KUBERNETES_VERSION)"${place.machines === null ? ' --install-disk "$(setting INSTALL_DISK)"' : ''} \\
  --additional-sans "$(setting API_NAME)" --with-docs=false --with-examples=false \\
  "\${patches[@]}" --output-types "$kind" --output "$folder/machine.yaml" --force
talosctl validate --mode ${place.machines === null ? 'metal' : 'cloud'} --strict --config "$folder/machine.yaml" >&2
echo "$address" >"$folder/address"`,
  sandbox: TALOS_SANDBOX,
  says: place => (place.machines === null ? SAYS : onMachines(place.machines)),
  placeholders: () => [],
};

const MOVING_ADDRESS = `  patches+=(--config-patch "$(fill ${FOLDER}/api-address.yaml | sed "s|__INTERFACE__|$(setting INTERFACE)|")")
`;

const SAYS: DistributionSays = {
  install: `The keys of the cluster come first and are made once: \`talosctl gen secrets --output-file secrets.yaml\`. Keep them where the house keeps secrets,
and give \`scripts/host-config.sh\` the path in \`TALOS_SECRETS\`.

1. Boot every host from the image of this version; it waits in maintenance mode.
2. For each folder that the script has made: \`talosctl apply-config --insecure --nodes ADDRESS --file FOLDER/machine.yaml\`.
3. \`talosctl gen config CLUSTER_NAME https://API_ADDRESS:6443 --with-secrets secrets.yaml --output-types talosconfig --output talosconfig\`, and tell it the
   addresses: \`talosctl --talosconfig talosconfig config endpoint\` with those of the control plane.
4. Once, on one of them: \`talosctl --talosconfig talosconfig --nodes FIRST_ADDRESS bootstrap\`. A second time would be a second cluster.`,
  kubeconfig: `\`\`\`sh
talosctl --talosconfig talosconfig --nodes FIRST_ADDRESS kubeconfig --force-context-name CLUSTER_NAME kubeconfig
\`\`\``,
  upgrade: `Kubernetes goes through all hosts by itself, control plane first: \`talosctl --nodes FIRST_ADDRESS upgrade-k8s --to VERSION --dry-run\`, then without
\`--dry-run\`. Raise \`KUBERNETES_VERSION\` in \`infra/hosts\` in the same pull request.`,
  operatingSystem:
    '`talosctl upgrade --nodes ADDRESS --image INSTALLER`, host by host, the newest patch of one minor before the next minor. It drains the host, and goes back by itself where the new system does not start.',
  snapshot: `\`talosctl --nodes FIRST_ADDRESS etcd snapshot etcd-$(date +%F).db\` every day, by a job outside the cluster that has a talosconfig with the role \`os:etcd:backup\`
and nothing more. Keep thirty, away from the hosts, beside the secrets of the cluster: without those a snapshot is of no use.`,
  restore: `1. \`talosctl reset --graceful=false --reboot --system-labels-to-wipe EPHEMERAL\` on every host of the control plane.
2. When they wait again: \`talosctl --nodes FIRST_ADDRESS bootstrap --recover-from=./etcd-DATE.db\`.
3. The others join by themselves: \`talosctl etcd members\`.`,
  certificates: `Talos renews the certificates of the cluster while it runs. Those of people do not renew themselves: a talosconfig or kubeconfig ends after a year,
and a new one comes from \`talosctl config new\` or \`talosctl kubeconfig\`. The authorities last ten years: \`talosctl rotate-ca --dry-run\`.`,
  encryptionKey: `Secrets are encrypted with the key of the file of secrets (secretbox). A new one is a change of \`cluster.secretboxEncryptionSecret\` on all hosts of the
control plane, after which every Secret is written again: \`kubectl get secrets --all-namespaces -o json | kubectl replace -f -\`.`,
  remove:
    '`talosctl reset --nodes ADDRESS`: the host leaves etcd, and its disk is wiped. Then `kubectl delete node HOST`.',
  dead: '`talosctl etcd members --nodes OTHER` on a host that lives names it by an id, `talosctl etcd remove-member --nodes OTHER ID` takes it out, and `kubectl delete node HOST` does the rest.',
};

function onMachines({ replace, programs }: CloudMachines): DistributionSays {
  return {
    ...SAYS,
    ...(programs === 'carried' ? byImage(replace) : {}),
    install: SAYS.install
      .replace(
        '1. Boot every host from the image of this version; it waits in maintenance mode.',
        '1. Every machine has booted from the image of this version, and waits in maintenance mode.',
      )
      .replaceAll('API_ADDRESS', 'API_NAME'),
    remove: `${SAYS.remove} Its machine goes when its line is taken out of the inventory and that is applied; one that is to come again is made anew: \`${replace}\`.`,
  };
}

/** Nothing but a new image brings images that a machine does not have. */
const byImage = (replace: string): Pick<DistributionSays, 'upgrade' | 'operatingSystem'> => ({
  upgrade: `1. An image that holds the new version as well ([the bootstrap](bootstrap.md)), \`talos_image\` and \`KUBERNETES_VERSION\`: a pull request. Applied, it changes no machine.
2. \`scripts/host-config.sh\`, which says the new version to each machine.
3. Machine by machine, the control plane first: \`talosctl reset --nodes ADDRESS\`, \`kubectl delete node HOST\`, \`${replace}\`, and
   \`talosctl apply-config --insecure\` with its folder. \`talosctl upgrade-k8s\` would ask a registry, and is not for this network.`,
  operatingSystem: `a new image ([the bootstrap](bootstrap.md)) and a new machine in the place of the old one, host by host: drain it, \`talosctl reset --nodes ADDRESS\`, \`kubectl delete node HOST\`,
then \`${replace}\`, and \`talosctl apply-config --insecure\` with its folder. \`talosctl upgrade\` would ask a registry. etcd wants one host at a time.`,
});

function timeOf({ machines }: HostPlace): readonly object[] {
  return machines?.programs === 'carried' && machines.timeServer !== undefined
    ? [{ apiVersion: 'v1alpha1', kind: 'TimeSyncConfig', ntp: { servers: [machines.timeServer] } }]
    : [];
}

function everyHost(input: ClusterInput, { servicesBy, registrySignIn, place }: HostSettings): object {
  // A disk that an image was written to is installed already, and images lie on it.
  const carried = place.machines?.programs === 'carried';
  const { image, version } = release(input, 'talos');
  const installer = registrySignIn?.talos?.installer ?? image;
  return {
    machine: {
      ...(wayOut(input) === 'proxy' ? { env: TALOS_PROXY } : {}),
      ...(carried ? {} : { install: { image: `${installer}:v${version}`, wipe: false } }),
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

function controlPlane({ signsIn, signedBy, pipelines, platformOn, place }: HostSettings): object {
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
