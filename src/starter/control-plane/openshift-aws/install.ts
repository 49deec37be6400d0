/** install.tf: the key of machines, their roles, and what the installer of OpenShift is told. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { PROXY_VARIABLE, pastProxyLocal } from '../../egress/proxy/infrastructure.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { terraformText } from '../../terraform.ts';
import { subnetsByZone } from '../eks/network.ts';
import { namesWithin } from '../eks/proxy.ts';
import { MACHINES_KEY } from '../machines-aws/machines.ts';
import { INSTALL_TF, installConfigFile, proxyValues } from '../openshift-cloud/install-config.ts';
import { ROLES_OF_MACHINES } from './machine-roles.ts';

const ROLES = ['ClusterNode', 'BootstrapNode', 'ControlPlaneInternalLB', 'IngressControllerLB'] as const;
const ZONES = [1, 2, 3] as const;
const DISK_GIB = 120;

export function installOfAws(input: ClusterInput): FileTree {
  const zones = ZONES.map(each => `\${zone_${each}}`);
  const closed = wayOut(input) === 'none';
  return new Map([
    ...installConfigFile(input, {
      name: 'aws',
      controlPlane: { type: '${control_plane_type}', zones, iamRole: '${control_plane_role}' },
      compute: {
        type: '${worker_type}',
        zones,
        iamRole: '${worker_role}',
        additionalSecurityGroupIDs: ['${worker_group}'],
      },
      platform: {
        region: '${region}',
        ...(closed ? { hostedZone: '${hosted_zone}' } : {}),
        lbType: 'NLB',
        vpc: {
          subnets: ZONES.map(each => ({
            id: `\${subnet_${each}}`,
            roles: ROLES.map(type => ({ type })),
          })),
        },
        userTags: { cluster: '${cluster_name}', environment: '${environment}' },
        propagateUserTags: true,
        defaultMachinePlatform: {
          metadataService: { authentication: 'Required' },
          rootVolume: { type: 'gp3', size: DISK_GIB, kmsKeyARN: '${key}' },
        },
      },
    }),
    [
      INSTALL_TF,
      terraformText(
        input,
        'distribution',
        'What the installer of OpenShift is told, in infra/openshift/install-config.yaml, and what it takes from here.',
        install(input),
      ),
    ],
  ]);
}

function install(input: ClusterInput): HclExpression {
  const proxied = wayOut(input) === 'proxy';
  return hcl`
${MACHINES_KEY}

${ROLES_OF_MACHINES}

# Marks machines that carry pods, beside the groups that the installer makes: what lets these in names this one.
resource "aws_security_group" "machine" {
  name        = "\${var.cluster_name}-machine"
  description = "Machines that carry pods of \${var.cluster_name}"
  vpc_id      = local.vpc_id
  tags        = { Name = "\${var.cluster_name}-machine" }
}
${proxied ? PROXY_VARIABLE : NOTHING}
locals {
  issuer_host = "\${var.cluster_name}-issuer-\${var.account_id}.s3.\${var.region}.amazonaws.com"
  subnet_of   = ${subnetsByZone(input)}${
    proxied
      ? hcl`
no_proxy    = ${pastProxyLocal('var.dns_zone', namesWithin(input, '${var.region}'))}`
      : NOTHING
  }
}

output "issuer" {
  description = "Who signs tokens of service accounts."
  value       = "https://\${local.issuer_host}"
}

# The API server says another address in the document of its own, which nobody outside reaches.
output "discovery" {
  description = "Where AWS finds the keys: scripts/prepare-install.sh puts this beside them."
  value = jsonencode({
    issuer                                = "https://\${local.issuer_host}"
    jwks_uri                              = "https://\${local.issuer_host}/openid/v1/jwks"
    response_types_supported              = ["id_token"]
    subject_types_supported               = ["public"]
    id_token_signing_alg_values_supported = ["RS256"]
    claims_supported                      = ["aud", "exp", "sub", "iat", "iss"]
  })
}

output "issuer_bucket" {
  description = "Where scripts/prepare-install.sh puts the keys of the issuer."
  value       = aws_s3_bucket.issuer.bucket
}

output "identity_provider_arn" {
  description = "What roles of operators trust; scripts/cloud-roles.sh tells ccoctl."
  value       = aws_iam_openid_connect_provider.cluster.arn
}

output "install_config" {
  description = "install-config.yaml of this cluster, without pull secret and key: scripts/prepare-install.sh adds them."
  value = templatefile("\${path.module}/../openshift/install-config.yaml", {
    cluster_name       = var.cluster_name
    dns_zone           = var.dns_zone
    environment        = var.environment
    region             = var.region
    network_cidr       = var.vpc_cidr
    pod_cidr           = var.pod_cidr
    service_cidr       = var.service_cidr
    control_plane_type = var.machine_types["control-plane"]
    worker_type        = var.machine_types["workload"]
    control_plane_role = aws_iam_role.control_plane.name
    worker_role        = aws_iam_role.worker.name
    worker_group       = aws_security_group.machine.id
    key                = aws_kms_key.machines.arn
${BY_ZONE}${proxied ? proxyValues(18) : NOTHING}${wayOut(input) === 'none' ? OF_CLOSED : NOTHING}  })
}
`;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };
const BY_ZONE: HclExpression = {
  kind: 'expression',
  code: ZONES.flatMap(each => [
    `    zone_${each}             = local.zones[${each - 1}]\n`,
    `    subnet_${each}           = local.subnet_of[local.zones[${each - 1}]]\n`,
  ]).join(''),
};

/** The private zone of the platform is that of the API as well. */
const OF_CLOSED = hcl`    hosted_zone        = aws_route53_zone.private.zone_id
    release_registry   = var.release_registry
`;
