/** Whom the API of a cluster that a cloud runs answers: what was decided, and people have a way to it all the same. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';

const SCRIPT = 'scripts/reach-api.sh';
const NETWORK = /^resource "(?:aws_vpc|google_compute_network|azurerm_virtual_network)" "main"/m;
/** What connects it to networks of the house. */
const CONNECTED =
  /^resource "(?:aws_ec2_transit_gateway_vpc_attachment|google_compute_network_peering)"|^resource "azurerm_route" "firewall"/m;

/** The group of the nodes of AKS Automatic: Azure Bastion does not reach such a cluster. */
const LOCKED = /restrictionLevel = "ReadOnly"/;

/** Where each cloud lets a tunnel in, and nobody else through it. */
const TUNNELS: Readonly<Record<string, readonly RegExp[]>> = {
  eks: [
    /resource "aws_vpc_security_group_ingress_rule" "api_from_tunnel" \{\n +security_group_id += aws_eks_cluster\.main\.vpc_config\[0\]\.cluster_security_group_id[\s\S]*?referenced_security_group_id = aws_security_group\.tunnel\.id/,
    /http_tokens += "required"/,
  ],
  gke: [
    /source_ranges = \["35\.235\.240\.0\/20"\]\n +target_tags +=/,
    /enable-oslogin += "TRUE"/,
    /AllowTcpForwarding local/,
    /cos-update-strategy += "update_enabled"/,
  ],
  aks: [/name += "AzureBastionSubnet"/, /tunneling_enabled += true/],
};

export const apiExposure: CrossCheck = {
  code: 'api-exposure',
  says: 'A private API stays private, and people reach it all the same.',
  check: tree =>
    Object.keys(TUNNELS).flatMap(cloud =>
      findings(tree, cloud).map(
        ([place, message]): Finding => ({ code: 'api-exposure', place: `infra/${cloud}/${place}`, message }),
      ),
    ),
};

function findings(tree: FileTree, cloud: string): readonly (readonly [string, string])[] {
  const decided = (tree.get('README.md') ?? '').includes('| A private endpoint only |');
  const values = [...tree].filter(
    ([path]) => path.startsWith(`infra/${cloud}/envs/`) && path.includes('.tfvars'),
  );
  if (values.length === 0) return [];
  const open = values.filter(
    ([, text]) => !/^api_allowed_cidrs += \[\]$/m.test(text) || /^api_by_name += true$/m.test(text),
  );
  const network = [...tree]
    .filter(([path]) => path.startsWith(`infra/${cloud}/`) && path.endsWith('.tf'))
    .map(([, text]) => text)
    .join('\n');
  const leadsNowhere = NETWORK.test(network) && !CONNECTED.test(network);
  const tunnel = tree.get(`infra/${cloud}/api-tunnel.tf`);
  const locked = LOCKED.test(network);
  if (!decided)
    return tunnel === undefined ? [] : [['api-tunnel.tf', 'stands beside an API that answers outside']];
  return [
    ...open.map(
      ([path]) => [path.replace(`infra/${cloud}/`, ''), 'opens the API that was to be private'] as const,
    ),
    ...(locked && tunnel !== undefined
      ? [
          [
            'api-tunnel.tf',
            'is a tunnel that Azure opens to no cluster whose group of nodes is locked',
          ] as const,
        ]
      : []),
    ...(locked && leadsNowhere && !/a VPN, or a peering/.test(tree.get('docs/runbooks/bootstrap.md') ?? '')
      ? [['network.tf', 'leads nowhere, and nobody is told so'] as const]
      : []),
    ...(!locked && leadsNowhere && (tunnel === undefined || !tree.has(SCRIPT))
      ? [['network.tf', 'leads nowhere, and nobody comes to the API'] as const]
      : []),
    ...(tunnel === undefined || (TUNNELS[cloud] ?? []).every(each => each.test(tunnel))
      ? []
      : [['api-tunnel.tf', 'carries nobody to the API, or others than people who were asked'] as const]),
    ...(tunnel === undefined
      ? []
      : goingAround(tree).map(
          path => ['api-tunnel.tf', `leads to the API, and ${path} goes around it`] as const,
        )),
  ];
}

/** What the apply calls makes a kubeconfig of its own, which knows nothing of a tunnel. */
function goingAround(tree: FileTree): readonly string[] {
  return [...tree].flatMap(([path, text]) =>
    /^scripts\/install-[\w-]+\.sh$/.test(path) &&
    text.includes('KUBECONFIG="$(mktemp)"') &&
    !/--server="https:\/\/localhost:.+ --tls-server-name="\$API_SERVER"/.test(text)
      ? [path]
      : [],
  );
}
