/** tests/*.tftest.hcl: what must hold in every environment, run with mock providers and without a cloud. */
import { attributes, block, type HclExpression, hcl, writeHcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import type { Egress, Settings } from './settings.ts';

/** File name without its ending, to code. */
export function tests(settings: Settings): ReadonlyMap<string, HclExpression> {
  const { workloads, network, exposed, egress, profile } = settings;
  const web = workloads.includes('web');
  const own = network === 'created';
  const given = together(MOCKS, variables(settings));
  const consumption = profile.name === 'Consumption';
  return new Map([
    [
      'inputs',
      together(
        given,
        INPUTS,
        own ? NETWORK_INPUTS : null,
        web ? WEB_INPUTS : null,
        web && consumption ? SIZE_INPUTS : null,
      ),
    ],
    ['network', own ? together(given, NETWORK, EGRESS_RUNS[egress]) : together(given, EXISTING)],
    [
      'workloads',
      together(
        given,
        ENVIRONMENT,
        web ? WEB : null,
        workloads.includes('worker') ? WORKER : null,
        workloads.includes('job') ? JOB : null,
      ),
    ],
    ...(web ? ([['slo', together(given, SLO)]] as const) : []),
    ...(exposed ? ([['edge', together(given, EDGE)]] as const) : []),
    ...(web && !exposed ? ([['edge', together(given, PRIVATE_EDGE)]] as const) : []),
  ]);
}

const MOCKS = hcl`mock_provider "azurerm" {}`;

const SUBNET =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/corp/providers/Microsoft.Network/virtualNetworks/corp/subnets/';
const ZONE =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/corp/providers/Microsoft.Network/privateDnsZones/';

function variables({ network, exposed, egress }: Settings): HclExpression {
  const own = network === 'created';
  const values = attributes({
    subscription_id: '11111111-2222-3333-4444-555555555555',
    name: 'shop',
    environment: 'staging',
    location: 'westeurope',
    alert_receiver: 'alerts@example.com',
    ...(own
      ? { network_cidr: '10.40.0.0/22' }
      : {
          environment_subnet_id: `${SUBNET}apps`,
          endpoint_subnet_id: `${SUBNET}endpoints`,
          private_zone_ids: {
            registry: `${ZONE}privatelink.azurecr.io`,
            vault: `${ZONE}privatelink.vaultcore.azure.net`,
          },
        }),
    ...(exposed ? { domain: 'shop.example.com' } : {}),
    ...(egress === 'proxy' ? { proxy: { address: '10.0.0.8', port: 3128 } } : {}),
  });
  return { kind: 'expression', code: writeHcl([block('variables', [], values)]) };
}

const INPUTS = hcl`
run "placeholders_are_refused" {
  command = plan

  variables {
    subscription_id = "replace-me"
    location        = "West Europe"
  }

  expect_failures = [var.subscription_id, var.location]
}

run "a_secret_without_a_fixed_version_is_refused" {
  command = plan

  variables {
    secrets = {
      token = { workload = "web", environment_variable = "TOKEN", version = "latest" }
    }
  }

  expect_failures = [var.secrets]
}
`;

const NETWORK_INPUTS = hcl`
run "a_network_too_small_is_refused" {
  command = plan

  variables {
    network_cidr = "10.40.0.0/24"
  }

  expect_failures = [var.network_cidr]
}

run "an_egress_range_of_everything_is_refused" {
  command = plan

  variables {
    egress_ranges = ["0.0.0.0/0"]
  }

  expect_failures = [var.egress_ranges]
}
`;

const WEB_INPUTS = hcl`
run "an_image_without_a_digest_is_refused" {
  command = plan

  variables {
    web = { image = "shop.azurecr.io/web:main" }
  }

  expect_failures = [var.web]
}

run "more_replicas_than_the_platform_starts_are_refused" {
  command = plan

  variables {
    web = { max_replicas = 1001 }
  }

  expect_failures = [var.web]
}

run "an_objective_whose_alert_cannot_fire_is_refused" {
  command = plan

  variables {
    slo = { availability = 0.9 }
  }

  expect_failures = [var.slo]
}
`;

const SIZE_INPUTS = hcl`
run "a_pair_of_cpu_and_memory_that_does_not_exist_is_refused" {
  command = plan

  variables {
    web = { cpu = 1, memory = "4Gi" }
  }

  expect_failures = [var.web]
}

run "more_than_the_profile_has_is_refused" {
  command = plan

  variables {
    web = { cpu = 4.25, memory = "8.5Gi" }
  }

  expect_failures = [var.web]
}

run "the_largest_pair_is_taken" {
  command = plan

  variables {
    web = { cpu = 4, memory = "8Gi" }
  }

  assert {
    condition     = azurerm_container_app.web.template[0].container[0].cpu == 4
    error_message = "Four vCPU with 8 GiB fit the Consumption profile."
  }
}
`;

const NETWORK = hcl`
run "nothing_enters_or_leaves_but_what_is_allowed" {
  command = plan

  assert {
    condition     = azurerm_network_security_rule.deny_inbound.access == "Deny" && azurerm_network_security_rule.deny_inbound.source_address_prefix == "*"
    error_message = "The last rule denies all that enters."
  }

  assert {
    condition     = azurerm_network_security_rule.deny_outbound.access == "Deny" && azurerm_network_security_rule.deny_outbound.destination_address_prefix == "*"
    error_message = "The last rule denies all that leaves."
  }

  assert {
    condition     = length(azurerm_network_security_rule.ranges) == 0
    error_message = "Without named ranges none is open."
  }
}

run "pieces_of_the_range_do_not_overlap" {
  command = plan

  assert {
    condition     = local.ranges == { environment = "10.40.0.0/23", endpoints = "10.40.2.0/26", firewall = "10.40.2.64/26" }
    error_message = "Half for the environment, then two pieces."
  }
}
`;

const EGRESS_RUNS: Readonly<Record<Egress, HclExpression>> = {
  'dns-policy': hcl`
run "without_domains_there_is_no_way_to_the_internet" {
  command = plan

  assert {
    condition     = length(azurerm_firewall.main) == 0 && length(azurerm_network_security_rule.internet) == 0
    error_message = "No firewall is paid for, and nothing is opened."
  }
}

run "allowed_domains_open_a_way_to_them_only" {
  command = plan

  variables {
    egress_domains = ["api.example.com"]
  }

  assert {
    condition     = azurerm_firewall_policy_rule_collection_group.main["main"].application_rule_collection[0].rule[1].destination_fqdns == tolist(["api.example.com"])
    error_message = "The firewall names the domains."
  }

  assert {
    condition     = azurerm_route.internet["main"].next_hop_type == "VirtualAppliance"
    error_message = "All traffic to the internet goes through the firewall."
  }
}
`,
  'open-nat': hcl`
run "what_leaves_has_one_address_and_is_https" {
  command = plan

  assert {
    condition     = azurerm_network_security_rule.internet.destination_port_range == "443"
    error_message = "Only HTTPS goes to the internet."
  }
}
`,
  'central-firewall': hcl`
run "all_that_leaves_goes_through_the_firewall" {
  command = plan

  assert {
    condition     = length(azurerm_firewall.main) == 1 && azurerm_route.internet["main"].address_prefix == "0.0.0.0/0"
    error_message = "The default route leads to the firewall."
  }

  assert {
    condition     = length(azurerm_firewall_policy_rule_collection_group.main["main"].application_rule_collection[0].rule) == 1
    error_message = "Without named domains only what the platform needs passes."
  }
}
`,
  proxy: hcl`
run "nothing_but_the_proxy_is_reached" {
  command = plan

  assert {
    condition     = azurerm_network_security_rule.proxy.destination_address_prefix == "10.0.0.8/32"
    error_message = "The rule names the proxy."
  }
}
`,
  'no-egress': hcl`
run "nothing_goes_to_the_internet" {
  command = plan

  assert {
    condition     = azurerm_network_security_rule.deny_outbound.priority == 4096
    error_message = "The rule is the last one."
  }
}
`,
};

const EXISTING = hcl`
run "a_subnet_that_nobody_guards_is_refused" {
  command = plan

  override_data {
    target = data.azurerm_subnet.environment
    values = {
      network_security_group_id = ""
      route_table_id            = "a-table"
    }
  }

  expect_failures = [data.azurerm_subnet.environment]
}

run "a_guarded_subnet_is_taken" {
  command = plan

  override_data {
    target = data.azurerm_subnet.environment
    values = {
      network_security_group_id = "a-group"
      route_table_id            = "a-table"
    }
  }

  assert {
    condition     = data.azurerm_subnet.environment.name == "apps" && data.azurerm_subnet.environment.virtual_network_name == "corp"
    error_message = "The subnet is the one of the id."
  }
}
`;

const ENVIRONMENT = hcl`
run "the_environment_has_no_address_on_the_internet" {
  command = plan

  assert {
    condition     = azurerm_container_app_environment.main.internal_load_balancer_enabled && azurerm_container_app_environment.main.public_network_access == "Disabled"
    error_message = "What comes from the internet comes by private link or not at all."
  }

  assert {
    condition     = azurerm_container_app_environment.main.zone_redundancy_enabled
    error_message = "Replicas are spread over zones."
  }
}
`;

const WEB = hcl`
run "the_service_answers_https_only_and_has_probes" {
  command = plan

  assert {
    condition     = !azurerm_container_app.web.ingress[0].allow_insecure_connections
    error_message = "Plain HTTP is not answered."
  }

  assert {
    condition     = length(azurerm_container_app.web.template[0].container[0].startup_probe) == 1 && length(azurerm_container_app.web.template[0].container[0].readiness_probe) == 1 && length(azurerm_container_app.web.template[0].container[0].liveness_probe) == 1
    error_message = "Startup, readiness and liveness are asked for."
  }
}

run "a_new_revision_starts_beside_the_old_one" {
  command = plan

  assert {
    condition     = azurerm_container_app.web.revision_mode == "Multiple"
    error_message = "In single mode a new revision would take all requests at once."
  }

  assert {
    condition     = azurerm_container_app.web.template[0].min_replicas >= 3
    error_message = "Unless a values file says less, there is a replica for each zone."
  }
}
`;

const WORKER = hcl`
run "the_worker_is_not_reached_from_anywhere" {
  command = plan

  assert {
    condition     = length(azurerm_container_app.worker.ingress) == 0
    error_message = "A worker pulls its work."
  }
}

run "a_worker_that_could_never_start_is_refused" {
  command = plan

  variables {
    worker = { min_replicas = 0 }
  }

  expect_failures = [var.worker]
}

run "the_worker_scales_on_its_queue" {
  command = plan

  variables {
    worker = {
      min_replicas = 0
      scale_rule = {
        type     = "azure-servicebus"
        metadata = { queueName = "orders", messageCount = "20" }
        secrets  = { connection = "orders-queue" }
      }
    }
  }

  assert {
    condition     = azurerm_container_app.worker.template[0].custom_scale_rule[0].authentication[0].secret_name == "orders-queue"
    error_message = "The rule signs in with the secret."
  }
}
`;

const JOB = hcl`
run "the_job_runs_once_at_a_time" {
  command = plan

  assert {
    condition     = azurerm_container_app_job.job.schedule_trigger_config[0].parallelism == 1
    error_message = "Two runs at once would do the same work."
  }
}
`;

const SLO = hcl`
run "every_objective_has_three_alerts_of_two_windows" {
  command = plan

  assert {
    condition     = length(azurerm_monitor_scheduled_query_rules_alert_v2.burn_rate) == 6
    error_message = "Two objectives, three speeds."
  }

  assert {
    condition     = alltrue([for rate in values(local.burn_rates) : rate.short < rate.long])
    error_message = "A long and a short window have to agree."
  }

  assert {
    condition     = alltrue([for rate in values(local.burn_rates) : rate.factor * (1 - var.slo.availability) < 1])
    error_message = "An alert above the rate of all requests failing can never fire."
  }
}
`;

const EDGE = hcl`
run "plain_http_is_redirected" {
  command = plan

  assert {
    condition     = azurerm_cdn_frontdoor_route.web.https_redirect_enabled && azurerm_cdn_frontdoor_route.web.forwarding_protocol == "HttpsOnly"
    error_message = "Port 80 answers with a redirect to HTTPS."
  }

  assert {
    condition     = !azurerm_cdn_frontdoor_route.web.link_to_default_domain
    error_message = "Only the domain answers, since only it is behind the firewall."
  }
}

run "old_versions_of_tls_are_refused" {
  command = plan

  assert {
    condition     = azurerm_cdn_frontdoor_custom_domain.main.tls[0].minimum_tls_version == "TLS12" && azurerm_cdn_frontdoor_custom_domain.main.tls[0].certificate_type == "ManagedCertificate"
    error_message = "TLS 1.2 is the least, and the certificate renews itself."
  }
}

run "the_firewall_blocks" {
  command = plan

  assert {
    condition     = azurerm_cdn_frontdoor_firewall_policy.main.mode == "Prevention" && alltrue([for rule in azurerm_cdn_frontdoor_firewall_policy.main.managed_rule : rule.action == "Block"])
    error_message = "The rules of the web application firewall are enforced, not only logged."
  }
}
`;

const PRIVATE_EDGE = hcl`
run "the_certificate_of_a_domain_comes_from_the_key_vault" {
  command = plan

  variables {
    domain = { name = "shop.corp.example", certificate = "https://web-0123456789ab.vault.azure.net/secrets/shop" }
  }

  assert {
    condition     = azurerm_container_app_custom_domain.main[0].certificate_binding_type == "SniEnabled"
    error_message = "The domain answers with its certificate."
  }
}

run "a_certificate_with_a_fixed_version_is_refused" {
  command = plan

  variables {
    domain = { name = "shop.corp.example", certificate = "https://web-0123456789ab.vault.azure.net/secrets/shop/0123456789abcdef0123456789abcdef" }
  }

  expect_failures = [var.domain]
}
`;
