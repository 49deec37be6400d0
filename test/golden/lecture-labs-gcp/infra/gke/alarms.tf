# Follows ADR-0027 (docs/adr/0027-platform-defaults-safe-from-the-first-day.md).
# Alarms of Google reach whoever is on call without passing through the cluster that may be the reason for them.

variable "alarm_receiver" {
  description = "Who hears of alarms: an https address that takes a webhook, its secret in it, or a mail address."
  type        = string
  default     = "teaching-systems@example.com"

  validation {
    condition     = startswith(var.alarm_receiver, "https://") || can(regex("^[^@ ]+@[^@ ]+$", var.alarm_receiver))
    error_message = "An https address or a mail address."
  }
}

resource "google_monitoring_notification_channel" "on_call" {
  display_name = "On call for ${var.cluster_name}"
  type         = startswith(var.alarm_receiver, "https://") ? "webhook_tokenauth" : "email"
  labels       = startswith(var.alarm_receiver, "https://") ? { url = var.alarm_receiver } : { email_address = var.alarm_receiver }
}
