# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# Runs with mock providers: no cloud, no credentials.

mock_provider "azurerm" {}

variables {
  subscription_id = "11111111-2222-3333-4444-555555555555"
  name            = "shop"
  environment     = "staging"
  location        = "westeurope"
  alert_receiver  = "alerts@example.com"
  network_cidr    = "10.40.0.0/22"
  domain          = "shop.example.com"
}

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
