/** Machines in a network without a way out: what they may call, whatever routes somebody adds. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { HOUSE_RANGES } from '../../egress/proxy/settings.ts';
import { RESTRICTED_RANGE } from '../../google/way-within.ts';
import type { ReadWithin } from '../gke/carried-images.ts';
import { apiName } from '../self-managed/inventory.ts';
import { windowsHosts } from '../self-managed/windows/hosts.ts';

/** The server of metadata is called past all rules; answers to whoever was let in pass as well. */
export const nothingLeaves = (project: HclExpression) => hcl`
# There is no route out. These hold as well when somebody adds one.
resource "google_compute_firewall" "within" {${project}
  name        = "\${var.cluster_name}-within"
  description = "Machines call this network, the house, and Google at the addresses that lead nowhere else."
  network     = local.network
  direction   = "EGRESS"
  priority    = 1000

  destination_ranges      = concat([var.vpc_cidr, ${RESTRICTED_RANGE}], ${[...HOUSE_RANGES]})
  target_service_accounts = [for account in google_service_account.machine : account.email]

  allow {
    protocol = "all"
  }
}

resource "google_compute_firewall" "no_way_out" {${project}
  name        = "\${var.cluster_name}-no-way-out"
  description = "Nothing leaves this network."
  network     = local.network
  direction   = "EGRESS"
  priority    = 65000

  destination_ranges = ["0.0.0.0/0"]

  deny {
    protocol = "all"
  }

  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}
`;

/** Windows asks Google once in a while whether it may run; the address is of Google alone, and answers nothing else. */
const ACTIVATION = { host: 'kms.windows.googlecloud.com', address: '35.190.247.13', port: 1688 } as const;

/** In a network of somebody else the route is made by its owner. */
export const activatesWindows = (project: HclExpression) => hcl`
${project.code === '' ? ROUTE_TO_ACTIVATION : hcl``}resource "google_compute_firewall" "windows_activation" {${project}
  name        = "\${var.cluster_name}-windows-activation"
  description = "Machines with Windows, at the server that activates it."
  network     = local.network
  direction   = "EGRESS"
  priority    = 1000

  destination_ranges      = [${`${ACTIVATION.address}/32`}]
  target_service_accounts = [for role, account in google_service_account.machine : account.email if role == "windows"]

  allow {
    protocol = "tcp"
    ports    = [${`${ACTIVATION.port}`}]
  }
}
`;

const ROUTE_TO_ACTIVATION = hcl`# Windows is activated by a server of Google, at an address that leads to nothing else.
resource "google_compute_route" "windows_activation" {
  name             = "\${var.cluster_name}-windows-activation"
  description      = ${ACTIVATION.host}
  network          = local.network
  dest_range       = ${`${ACTIVATION.address}/32`}
  next_hop_gateway = "default-internet-gateway"
}

`;

export const CLOSED_API =
  'A network without a way out keeps the API of its clusters private: it answers in it, and by the proxy of Google to those whom IAM lets in (docs/runbooks/bootstrap.md).';

export const readByMachines = (input: ClusterInput): ReadWithin => ({
  operator: `a machine in this network, or any place that reaches Google: its proxy leads to a port of a machine for those whom IAM lets
in, by a path of its own that no route of the network is needed for ([bootstrap](bootstrap.md)). It has \`kubectl\`, \`helm\`, \`kustomize\`, \`flux\`, \`openssl\`
and \`gcloud\`, and the kubeconfig of the cluster. It runs \`scripts/bootstrap.sh\` with \`CLUSTER_VARS=FILE\`: what \`tofu output -json cluster_vars\`
printed at the other place, which may be the same one.`,
  reached: [
    ...input.clusters.map(cluster => ({
      host: apiName(cluster),
      for: `the API of ${cluster.name}, at an address of its network`,
    })),
    {
      host: 'metadata.google.internal',
      for: 'who a machine is, its time and names: answered where the machine runs',
    },
    ...(windowsHosts(input) === null
      ? []
      : [
          {
            host: ACTIVATION.host,
            for: 'the activation of Windows, at an address of Google that a route leads to',
          },
        ]),
  ],
  replaced: [
    'Packages of Ubuntu: machines install none. What a newer image brings comes with it, machine by machine ([hosts](host-upgrade.md)).',
  ],
});
