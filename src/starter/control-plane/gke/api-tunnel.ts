/** A small machine by which Identity-Aware Proxy carries people to a private API. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { type ApiAccess, apiAccess } from '../../api-exposure/access.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { FOLDER } from './settings.ts';

export function gkeApi(input: ClusterInput): ApiAccess {
  return apiAccess(input, FOLDER, {
    made: tunnelMachine(hcl`setunion(var.admin_members, var.viewer_members)`),
    tools: ['gcloud', 'kubectl', 'ssh'],
    reads: { region: 'region', project: 'project_id' },
    script: SCRIPT,
    through:
      'Identity-Aware Proxy of Google carries people there through a small machine (`infra/gke/api-tunnel.tf`), which has no public address and no account: IAM says who may, and the audit log who did.',
    takes: [
      'The Google Cloud CLI with `gke-gcloud-auth-plugin`, and SSH.',
      'To be one of `admin_members` or `viewer_members`: they may open the tunnel, sign in to that machine without rights on it, and look for it. What they may do in the cluster is asked for beside that.',
      'Once for each cluster: `gcloud container clusters get-credentials CLUSTER_NAME --location REGION --internal-ip`.',
    ],
    patched: `Its system takes new versions by itself and starts with them: \`gcloud compute instances reset CLUSTER_NAME-tunnel --zone ZONE\` every month. \`tofu -chdir=${FOLDER} apply -replace=google_compute_instance.tunnel\` with the values of the cluster makes it anew.`,
  });
}

/** `people`: a set of members of IAM, as an expression. */
export const tunnelMachine = (people: HclExpression) => hcl`
locals {
  tunnel_roles = ["roles/compute.osLogin", "roles/compute.viewer", "roles/iap.tunnelResourceAccessor"]
}

resource "google_compute_instance" "tunnel" {
  # checkov:skip=CKV_GCP_32: Keys of the project are refused, and whoever signs in is known to IAM.
  # checkov:skip=CKV_GCP_38: It holds nothing; Google encrypts its disk with keys of its own.
  name         = "\${var.cluster_name}-tunnel"
  description  = "The way to the API of \${var.cluster_name}."
  zone         = local.zones[0]
  machine_type = "e2-micro"
  tags         = ["\${var.cluster_name}-tunnel"]

  boot_disk {
    initialize_params {
      image = "projects/cos-cloud/global/images/family/cos-stable"
    }
  }

  network_interface {
    subnetwork = local.subnetwork
  }

  shielded_instance_config {
    enable_secure_boot          = true
    enable_vtpm                 = true
    enable_integrity_monitoring = true
  }

  # Its system forbids forwarding and stays as old as it is unless it is told; it forgets what is changed with each start.
  metadata = {
    block-project-ssh-keys = "true"
    cos-update-strategy    = "update_enabled"
    enable-oslogin         = "TRUE"
    serial-port-enable     = "FALSE"
    startup-script         = "#!/bin/bash\\nsed -i 's/^AllowTcpForwarding .*/AllowTcpForwarding local/' /etc/ssh/sshd_config && systemctl restart sshd\\n"
  }

  # A newer image is for the machine that comes next; it may be made anew at any time.
  lifecycle {
    ignore_changes = [boot_disk[0].initialize_params[0].image]
  }
}

# The proxy asks who they are before anything comes here. Goes before the rule that closes administration.
resource "google_compute_firewall" "tunnel" {
  name        = "\${var.cluster_name}-tunnel"
  description = "People, by the proxy of Google."
  network     = google_compute_network.main.name
  direction   = "INGRESS"
  priority    = 90

  source_ranges = ["35.235.240.0/20"]
  target_tags   = ["\${var.cluster_name}-tunnel"]

  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_project_iam_member" "tunnel" {
  for_each = {
    for pair in setproduct(${people}, local.tunnel_roles) : "\${pair[0]}/\${pair[1]}" => { member = pair[0], role = pair[1] }
  }

  project = var.project_id
  role    = each.value.role
  member  = each.value.member
}
`;

const SCRIPT = `entry="gke_\${project}_\${region}_$name"
kubectl config get-clusters | grep -xF "$entry" >/dev/null ||
  { echo "kubectl does not know $name: gcloud container clusters get-credentials $name --project $project --location $region --internal-ip" >&2; exit 2; }
address="$(gcloud container clusters describe "$name" --project "$project" --location "$region" \\
  --format 'value(controlPlaneEndpointsConfig.ipEndpointsConfig.privateEndpoint)')"
zone="$(gcloud compute instances list --project "$project" --filter "name=$name-tunnel AND status=RUNNING" --format 'value(zone.basename())')"
[ -n "$zone" ] || { echo "the machine $name-tunnel does not run" >&2; exit 1; }

kubectl config set-cluster "$entry" --server="https://localhost:$port" --tls-server-name="$address" >/dev/null
echo "kubectl reaches $name while this runs"
exec gcloud compute ssh "$name-tunnel" --project "$project" --zone "$zone" --tunnel-through-iap -- -N -L "$port:$address:443"
`;
