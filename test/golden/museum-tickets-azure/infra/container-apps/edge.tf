# Follows ADR-0010 (docs/adr/0010-dns-and-certificates-the-providers-zones-and-certificates.md).
# Front Door: certificate, redirect and web application firewall.

resource "azurerm_cdn_frontdoor_profile" "main" {
  name                     = local.group
  resource_group_name      = local.group
  sku_name                 = "Premium_AzureFrontDoor"
  response_timeout_seconds = 240
  tags                     = local.tags
}

resource "azurerm_cdn_frontdoor_endpoint" "web" {
  name                     = var.name
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.main.id
  tags                     = local.tags
}

resource "azurerm_cdn_frontdoor_origin_group" "web" {
  for_each = local.services

  name                     = each.key
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.main.id
  session_affinity_enabled = false

  # With one origin, a probe would choose nothing and only be load.
  load_balancing {
    sample_size                 = 4
    successful_samples_required = 3
  }
}

# By private link, so that nothing but this Front Door reaches the environment. The provider's own resource has no target
# of this kind in this version, so it is declared as Azure has it. scripts/approve-front-door.sh accepts the connection,
# which all origins of the environment share.
resource "azurerm_resource_group_template_deployment" "origin" {
  for_each = azurerm_cdn_frontdoor_origin_group.web

  name                = "front-door-origin-${each.key}"
  resource_group_name = local.group
  deployment_mode     = "Incremental"
  tags                = local.tags

  template_content = jsonencode({
    "$schema"      = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    contentVersion = "1.0.0.0"
    resources = [{
      type       = "Microsoft.Cdn/profiles/originGroups/origins"
      apiVersion = "2024-09-01"
      name       = "${azurerm_cdn_frontdoor_profile.main.name}/${each.value.name}/${each.key}"
      properties = {
        hostName                    = azurerm_container_app.web[each.key].ingress[0].fqdn
        originHostHeader            = azurerm_container_app.web[each.key].ingress[0].fqdn
        httpsPort                   = 443
        httpPort                    = 80
        priority                    = 1
        weight                      = 1000
        enabledState                = "Enabled"
        enforceCertificateNameCheck = true
        sharedPrivateLinkResource = {
          groupId             = "managedEnvironments"
          privateLinkLocation = var.location
          requestMessage      = "front-door"
          privateLink = {
            id = azurerm_container_app_environment.main.id
          }
        }
      }
    }]
  })
}

# A certificate for each host follows from the record that proves it, and Microsoft renews it.
resource "azurerm_cdn_frontdoor_custom_domain" "main" {
  for_each = local.services

  name                     = replace(each.value.host, ".", "-")
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.main.id
  host_name                = each.value.host

  tls {
    certificate_type    = "ManagedCertificate"
    minimum_tls_version = "TLS12"
  }

  # A host that goes is let go by the firewall first: Azure deletes none that it still guards.
  lifecycle {
    create_before_destroy = true
  }
}

resource "azurerm_cdn_frontdoor_rule_set" "main" {
  name                     = "headers"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.main.id
}

resource "azurerm_cdn_frontdoor_rule" "transport_security" {
  name                      = "transportsecurity"
  cdn_frontdoor_rule_set_id = azurerm_cdn_frontdoor_rule_set.main.id
  order                     = 1

  actions {
    response_header_action {
      header_action = "Overwrite"
      header_name   = "Strict-Transport-Security"
      value         = "max-age=31536000"
    }
  }

  depends_on = [azurerm_cdn_frontdoor_origin_group.web, azurerm_resource_group_template_deployment.origin]
}

resource "azurerm_cdn_frontdoor_route" "web" {
  for_each = local.services

  name                            = each.key
  cdn_frontdoor_endpoint_id       = azurerm_cdn_frontdoor_endpoint.web.id
  cdn_frontdoor_origin_group_id   = azurerm_cdn_frontdoor_origin_group.web[each.key].id
  cdn_frontdoor_origin_ids        = ["${azurerm_cdn_frontdoor_origin_group.web[each.key].id}/origins/${each.key}"]
  cdn_frontdoor_custom_domain_ids = [azurerm_cdn_frontdoor_custom_domain.main[each.key].id]
  cdn_frontdoor_rule_set_ids      = [azurerm_cdn_frontdoor_rule_set.main.id]
  patterns_to_match               = ["/*"]
  supported_protocols             = ["Http", "Https"]

  # Port 80 redirects and does nothing else; the name that Azure gives the endpoint answers nothing.
  https_redirect_enabled = true
  forwarding_protocol    = "HttpsOnly"
  link_to_default_domain = false

  depends_on = [azurerm_resource_group_template_deployment.origin, azurerm_cdn_frontdoor_rule.transport_security]
}

resource "azurerm_cdn_frontdoor_firewall_policy" "main" {
  name                = replace(local.group, "-", "")
  resource_group_name = local.group
  sku_name            = azurerm_cdn_frontdoor_profile.main.sku_name
  enabled             = true
  mode                = var.waf_mode
  tags                = local.tags

  # Bodies are read too: that is where Log4Shell and most injections are.
  request_body_check_enabled = true

  managed_rule {
    type    = "Microsoft_DefaultRuleSet"
    version = "2.1"
    action  = "Block"
  }

  managed_rule {
    type    = "Microsoft_BotManagerRuleSet"
    version = "1.1"
    action  = "Block"
  }

  custom_rule {
    name                           = "RequestsPerClient"
    type                           = "RateLimitRule"
    action                         = "Block"
    priority                       = 100
    rate_limit_duration_in_minutes = 1
    rate_limit_threshold           = var.requests_per_minute

    # Every client address.
    match_condition {
      match_variable = "RemoteAddr"
      operator       = "IPMatch"
      match_values   = ["0.0.0.0/0", "::/0"]
    }
  }
}

resource "azurerm_cdn_frontdoor_security_policy" "main" {
  name                     = "web"
  cdn_frontdoor_profile_id = azurerm_cdn_frontdoor_profile.main.id

  security_policies {
    firewall {
      cdn_frontdoor_firewall_policy_id = azurerm_cdn_frontdoor_firewall_policy.main.id

      association {
        patterns_to_match = ["/*"]

        dynamic "domain" {
          for_each = azurerm_cdn_frontdoor_custom_domain.main

          content {
            cdn_frontdoor_domain_id = domain.value.id
          }
        }
      }
    }
  }
}

resource "azurerm_monitor_diagnostic_setting" "edge" {
  name                       = "logs"
  target_resource_id         = azurerm_cdn_frontdoor_profile.main.id
  log_analytics_workspace_id = local.workspace_id

  enabled_log {
    category = "FrontDoorAccessLog"
  }

  enabled_log {
    category = "FrontDoorWebApplicationFirewallLog"
  }
}
