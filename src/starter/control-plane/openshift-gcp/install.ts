/** install.tf: what the installer of OpenShift is told of Google, and what its scripts take from here. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { PROXY_VARIABLE, pastProxyLocal } from '../../egress/proxy/infrastructure.ts';
import { terraformText } from '../../terraform.ts';
import { gkeChoices } from '../gke/choices.ts';
import { machineOf } from '../gke/variables.ts';
import { zoneName } from '../gke/ways.ts';
import { GOOGLE_PAST_PROXY } from '../machines-gcp/names.ts';
import { INSTALL_TF, installConfigFile, proxyValues } from '../openshift-cloud/install-config.ts';

const ZONES = [1, 2, 3] as const;
/** As the installer has it where nothing is said. */
export const DISK_GIB = 128;

export function installOfGoogle(input: ClusterInput): FileTree {
  const zones = ZONES.map(each => `\${zone_${each}}`);
  const shared = gkeChoices(input).network === 'given';
  return new Map([
    ...installConfigFile(input, {
      name: 'gcp',
      controlPlane: { type: '${control_plane_type}', zones, serviceAccount: '${control_plane_account}' },
      compute: { type: '${worker_type}', zones, serviceAccount: '${worker_account}' },
      platform: {
        projectID: '${project}',
        region: '${region}',
        ...(shared ? { networkProjectID: '${network_project}' } : {}),
        network: '${network}',
        controlPlaneSubnet: '${subnet}',
        computeSubnet: '${subnet}',
        userLabels: [
          { key: 'cluster', value: '${cluster_name}' },
          { key: 'environment', value: '${environment}' },
        ],
        defaultMachinePlatform: {
          secureBoot: 'Enabled',
          osDisk: {
            diskType: machineOf(input).architecture === 'arm64' ? 'hyperdisk-balanced' : 'pd-ssd',
            diskSizeGB: DISK_GIB,
            encryptionKey: {
              kmsKey: {
                name: '${key}',
                keyRing: '${key_ring}',
                location: '${region}',
                projectID: '${project}',
              },
            },
          },
        },
      },
    }),
    [
      INSTALL_TF,
      terraformText(
        input,
        'distribution',
        'What the installer of OpenShift is told, in infra/openshift/install-config.yaml, and what it takes from here.',
        install(input, shared),
      ),
    ],
  ]);
}

const install = (
  input: ClusterInput,
  shared: boolean,
) => hcl`${gkeChoices(input).way === 'proxy' ? PROXY_VARIABLE : NOTHING}
data "google_dns_managed_zone" "platform" {
  name = ${zoneName(input)}
}

locals {
  dns_zone = trimsuffix(data.google_dns_managed_zone.platform.dns_name, ".")${gkeChoices(input).way === 'proxy' ? PAST_PROXY : NOTHING}

  install_config = templatefile("\${path.module}/../openshift/install-config.yaml", {
    cluster_name          = var.cluster_name
    dns_zone              = local.dns_zone
    environment           = var.environment
    project               = var.project_id
    region                = var.region
    network_cidr          = var.vpc_cidr
    pod_cidr              = var.pod_cidr
    service_cidr          = var.service_cidr
${shared ? SHARED : NOTHING}    network               = basename(local.network)
    subnet                = basename(local.subnetwork)
    control_plane_type    = var.machine_types["control-plane"]
    worker_type           = var.machine_types["workload"]
    control_plane_account = google_service_account.machine["control-plane"].email
    worker_account        = google_service_account.machine["worker"].email
    key                   = google_kms_crypto_key.disks.name
    key_ring              = google_kms_key_ring.main.name
${gkeChoices(input).way === 'none' ? RELEASES : NOTHING}${gkeChoices(input).way === 'proxy' ? proxyValues(21) : NOTHING}${BY_ZONE}  })
}

output "issuer" {
  description = "Who signs tokens of service accounts. Nobody has to reach it: Google has the keys."
  value       = local.issuer
}

output "identity_pool" {
  description = "Whose members service accounts of this cluster are; scripts/cloud-roles.sh tells ccoctl."
  value       = google_iam_workload_identity_pool.cluster.workload_identity_pool_id
}

output "install_config" {
  description = "install-config.yaml of this cluster, without pull secret and key: scripts/prepare-install.sh adds them."
  value       = ${shared ? OF_ONE_PROJECT : hcl`local.install_config`}
}
`;

const NOTHING: HclExpression = { kind: 'expression', code: '' };
const PAST_PROXY = hcl`
no_proxy = ${pastProxyLocal('local.dns_zone', GOOGLE_PAST_PROXY)}`;
const SHARED: HclExpression = {
  kind: 'expression',
  code: '    network_project       = var.given_network.project\n',
};
const RELEASES: HclExpression = {
  kind: 'expression',
  code: '    release_registry      = var.release_registry\n',
};
/** The installer takes every network with a project of its own for one of a Shared VPC. */
const OF_ONE_PROJECT = hcl`var.given_network.project == var.project_id ? replace(local.install_config, "/(?m)^ +networkProjectID: .*\\\\n/", "") : local.install_config`;
const BY_ZONE: HclExpression = {
  kind: 'expression',
  code: ZONES.map(each => `    zone_${each}                = local.zones[${each - 1}]\n`).join(''),
};
