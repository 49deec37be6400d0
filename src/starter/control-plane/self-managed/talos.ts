/** Talos Linux: the host is one machine configuration, made and applied by talosctl. */
import { writeYaml } from '../../../files/yaml.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { headline } from '../../headline.ts';
import type { Placeholder } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import type { Distribution } from './distribution.ts';
import { controlPlane, everyHostDocuments } from './talos-config.ts';
import { schematicOf } from './talos-extension.ts';
import { talosSays } from './talos-runbook.ts';
import { sandboxFiles, talosSandbox, talosStep } from './talos-sandbox.ts';

const FOLDER = 'infra/talos';

/** The one that Talos asks by itself, where hosts reach it. */
function timeServer(input: ClusterInput): string {
  const leaves = wayOut(input) === 'nat' && pickOf(input.stack, 'egress') !== 'no-egress';
  return leaves ? 'time.cloudflare.com' : TOKENS.timeServer;
}

const TIME_SERVER: Omit<Placeholder, 'file'> = {
  token: TOKENS.timeServer,
  meaning:
    'The server of the house that hosts ask for the time, by NTP; until it answers neither etcd nor a kubelet starts.',
  example: 'ntp.example.com',
};

export const talos: Distribution = {
  title: 'Talos Linux',
  folder: FOLDER,
  settings: ({ machines }, input): Readonly<Record<string, string>> =>
    machines === null ? { INSTALL_DISK: '/dev/sda', INTERFACE: 'eth0', TIME_SERVER: timeServer(input) } : {},
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
        everyHostDocuments(input, settings),
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
      ...sandboxFiles(input, FOLDER, yaml),
      ...schematicOf(input, settings, FOLDER, yaml),
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
  sandbox: talosSandbox,
  sandboxStep: talosStep,
  says: talosSays,
  placeholders: ({ machines }, input) =>
    machines === null && timeServer(input) === TOKENS.timeServer ? [TIME_SERVER] : [],
};

const MOVING_ADDRESS = `  patches+=(--config-patch "$(fill ${FOLDER}/api-address.yaml | sed "s|__INTERFACE__|$(setting INTERFACE)|")")
`;
