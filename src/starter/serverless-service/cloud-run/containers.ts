/** What the containers of all three kinds of workload have in common. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Workload } from '../settings.ts';
import type { Settings } from './settings.ts';

/** A kind of workload by its name, or the service of an instance by its address. */
type Name = Workload | HclExpression;

/** Environment variables, those of `given` and from secrets; goes into a `containers` block. */
export function environment(workload: Name, given: HclExpression): HclExpression {
  return hcl`dynamic "env" {
  for_each = ${given}.environment

  content {
    name  = env.key
    value = env.value
  }
}

dynamic "env" {
  for_each = local.mounted_secrets[${workload}]

  content {
    name = env.key

    value_source {
      secret_key_ref {
        secret  = env.value.secret
        version = env.value.version
      }
    }
  }
}`;
}

/** Everything that leaves goes through the network and its allow-list. */
export function networkAccess(workload: Name, region: HclExpression): HclExpression {
  return hcl`vpc_access {
  egress = "ALL_TRAFFIC"

  network_interfaces {
    network    = google_compute_network.main.id
    subnetwork = google_compute_subnetwork.main[${region}].id
    tags       = [${workload}]
  }
}`;
}

/** A workload starts after what it needs to start: its allow-list, its names and the right to read its secrets. */
export const readyNetwork = ({ closed }: Settings) => hcl`[
  google_compute_network_firewall_policy_association.egress,
  google_compute_network_firewall_policy_rule.google_apis,
  ${closed ? WITHIN : OUTSIDE},
  google_secret_manager_secret_iam_member.reader,
]`;
const WITHIN = hcl`google_compute_route.google,
google_dns_record_set.google_services`;
const OUTSIDE = hcl`google_dns_record_set.google_apis_names`;
