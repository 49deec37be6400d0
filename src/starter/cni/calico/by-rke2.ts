/** Calico as RKE2 brings it: the way to have one network over hosts with Linux and hosts with Windows, whose part of it is no pod. */
import { writeYaml } from '../../../files/yaml.ts';
import { CALICO_CONFIG, REACHED } from '../../control-plane/self-managed/windows/calico.ts';
import { headline } from '../../headline.ts';
import type { ModuleInput } from '../../module.ts';
import { CALICO_DECISION, type CalicoPlace } from './place.ts';
import { calicoValues, isEncrypted } from './values.ts';

/** `fromOutside`: how Services are reached; a sentence. */
export function calicoByRke2(fromOutside: string): CalicoPlace {
  return {
    role: 'network',
    broughtBy: 'distribution',
    says: 'What Calico may reach, and what is measured of it. RKE2 brings Calico itself: infra/rke2/calico.yaml.',
    infrastructure: () => ({ files: new Map(), nodesWaitFor: [], addons: [] }),
    settings: input =>
      new Map([
        [
          CALICO_CONFIG,
          writeYaml([chartConfig(input)], {
            comment: headline(
              input,
              CALICO_DECISION,
              'What the Calico of RKE2 is told beside its defaults: VXLAN over the range of pods, and blocks of addresses that belong to one host. scripts/host-config.sh puts it onto hosts of the control plane, which apply it.',
            ),
          }),
        ],
      ]),
    installation: {
      calicoNetwork: {
        bgp: 'Disabled',
        linuxDataplane: 'Iptables',
        // Hosts with Windows know this way of finding their address, and not the one that asks Kubernetes.
        nodeAddressAutodetectionV4: { canReach: REACHED },
      },
    },
    checks: [
      {
        decision: CALICO_DECISION,
        says: 'RKE2 brings Calico, without routes that hosts would have to be told of.',
        command: `grep -q '^cni: calico$' infra/rke2/server.yaml && grep -q 'bgp: Disabled' ${CALICO_CONFIG}`,
        path: CALICO_CONFIG,
      },
    ],
    pages: {
      opening:
        () => `RKE2 brings Calico: as a chart of its own on hosts with Linux, and as a part of its agent on hosts with Windows, where it is no pod. Pods get addresses of a range that
no other network knows (\`POD_CIDR\` of the inventory), travel between hosts in VXLAN (UDP 4789), and are seen outside by the address of their host.
${fromOutside}

## How it came here

\`cni: calico\` in \`infra/rke2/server.yaml\`. What it is told beside its defaults stands in \`${CALICO_CONFIG}\`; \`scripts/host-config.sh\` puts it onto hosts of the control plane as
\`/var/lib/rancher/rke2/server/manifests/rke2-calico-config.yaml\`, and RKE2 applies what lies there whenever it changes. Delivery by Git owns nothing of it but its namespaces, and what
is measured. A change is a pull request, and then the new file on every host of the control plane.

\`kubectl -n kube-system get helmcharts,jobs | grep calico\` shows the chart and how its installation went. On a host with Windows the logs lie in
\`C:\\var\\lib\\rancher\\rke2\\agent\\logs\`: \`felix.log\` for policies, \`calico-node.log\` for addresses.

NetworkManager, where hosts run it, leaves these interfaces alone: \`unmanaged-devices=interface-name:cali*;interface-name:vxlan.calico\` in its configuration.`,
      raising: `Calico is raised with RKE2: each release of it names the one that it brings. The operator replaces the agents node by node; connections of
pods stay, and a pod that starts meanwhile waits for seconds. Hosts with Windows come last, by [a round of their own](windows-hosts.md).`,
      closing: `## The range of pods

It cannot be changed in place: nodes, rules and addresses of every pod hold it. The cluster was founded with it.
`,
    },
  };
}

/** In the form of the helm controller that RKE2 runs: values in one text. */
function chartConfig(input: ModuleInput) {
  const { installation, resources } = calicoValues(input, calicoByRke2(''));
  const { enabled: _, ...told } = installation as Readonly<Record<string, unknown>>;
  const values = {
    installation: told,
    ...(isEncrypted(input, 'network') ? { felixConfiguration: { wireguardEnabled: true } } : {}),
    resources,
  };
  return {
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChartConfig',
    metadata: { name: 'rke2-calico', namespace: 'kube-system' },
    spec: { valuesContent: writeYaml([values]).replace(/^---\n/, '') },
  };
}
