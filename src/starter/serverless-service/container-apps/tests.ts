/** tests/*.tftest.hcl: what must hold in every environment, run with mock providers and without a cloud. */
import { attributes, block, type HclExpression, hcl, writeHcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import { INPUTS, NETWORK_INPUTS, SIZE_INPUTS, WEB_INPUTS } from './input-tests.ts';
import { EGRESS_RUNS, EXISTING, NETWORK } from './network-tests.ts';
import { servicesRuns } from './services-tests.ts';
import type { Settings } from './settings.ts';

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
    ...(web ? ([['services', together(given, servicesRuns(settings))]] as const) : []),
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
    condition     = !azurerm_container_app.web["web"].ingress[0].allow_insecure_connections
    error_message = "Plain HTTP is not answered."
  }

  assert {
    condition     = length(azurerm_container_app.web["web"].template[0].container[0].startup_probe) == 1 && length(azurerm_container_app.web["web"].template[0].container[0].readiness_probe) == 1 && length(azurerm_container_app.web["web"].template[0].container[0].liveness_probe) == 1
    error_message = "Startup, readiness and liveness are asked for."
  }
}

run "a_new_revision_starts_beside_the_old_one" {
  command = plan

  assert {
    condition     = azurerm_container_app.web["web"].revision_mode == "Multiple"
    error_message = "In single mode a new revision would take all requests at once."
  }

  assert {
    condition     = azurerm_container_app.web["web"].template[0].min_replicas >= 3
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
    condition     = azurerm_cdn_frontdoor_route.web["web"].https_redirect_enabled && azurerm_cdn_frontdoor_route.web["web"].forwarding_protocol == "HttpsOnly"
    error_message = "Port 80 answers with a redirect to HTTPS."
  }

  assert {
    condition     = !azurerm_cdn_frontdoor_route.web["web"].link_to_default_domain
    error_message = "Only the domain answers, since only it is behind the firewall."
  }
}

run "old_versions_of_tls_are_refused" {
  command = plan

  assert {
    condition     = azurerm_cdn_frontdoor_custom_domain.main["web"].tls[0].minimum_tls_version == "TLS12" && azurerm_cdn_frontdoor_custom_domain.main["web"].tls[0].certificate_type == "ManagedCertificate"
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
    condition     = azurerm_container_app_custom_domain.main["web"].certificate_binding_type == "SniEnabled"
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
