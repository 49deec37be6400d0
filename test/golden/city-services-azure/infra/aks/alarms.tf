# Follows ADR-0028 (docs/adr/0028-platform-defaults-safe-from-the-first-day.md).
# Alarms of Azure reach whoever is on call without passing through the cluster that may be the reason for them.

variable "alarm_receiver" {
  description = "Who hears of alarms: an https address that takes the common alert schema of Azure, or a mail address, which is asked once whether it agrees."
  type        = string
  default     = "platform-oncall@example.com"

  validation {
    condition     = startswith(var.alarm_receiver, "https://") || can(regex("^[^@ ]+@[^@ ]+$", var.alarm_receiver))
    error_message = "An https address or a mail address."
  }
}

resource "azurerm_monitor_action_group" "alarms" {
  name                = "${var.cluster_name}-alarms"
  resource_group_name = azurerm_resource_group.main.name
  short_name          = "on-call"
  tags                = local.tags

  dynamic "webhook_receiver" {
    for_each = startswith(var.alarm_receiver, "https://") ? [var.alarm_receiver] : []

    content {
      name                    = "on-call"
      service_uri             = webhook_receiver.value
      use_common_alert_schema = true
    }
  }

  dynamic "email_receiver" {
    for_each = startswith(var.alarm_receiver, "https://") ? [] : [var.alarm_receiver]

    content {
      name                    = "on-call"
      email_address           = email_receiver.value
      use_common_alert_schema = true
    }
  }
}
