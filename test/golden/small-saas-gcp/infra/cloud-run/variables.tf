# Follows ADR-0012 (docs/adr/0012-serverless-service-cloud-run.md).
# What differs between environments; the values are in envs/.

variable "project_id" {
  description = "Google Cloud project of this environment."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id)) && !startswith(var.project_id, "replace-me")
    error_message = "Name an existing project: 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "environment" {
  description = "Name of the environment: a label on every resource, and part of the domain."
  type        = string
}

variable "regions" {
  description = "Regions that serve, the first one also holds what exists once. Append, never reorder: ranges go by place."
  type        = list(string)

  validation {
    condition     = length(var.regions) >= 1 && length(var.regions) <= 8 && alltrue([for region in var.regions : can(regex("^[a-z]+-[a-z]+[0-9]+$", region))])
    error_message = "Name one to eight regions, such as europe-west1."
  }
}

variable "network_cidr" {
  description = "IPv4 range of the network, cut into one subnet per region."
  type        = string

  validation {
    condition     = can(cidrhost(var.network_cidr, 0)) && tonumber(split("/", var.network_cidr)[1]) <= 23
    error_message = "Give an IPv4 range of /23 or larger: Direct VPC egress needs a /26 in each of up to eight regions."
  }
}

variable "name" {
  description = "Name of the application: begins the name of every resource."
  type        = string
  default     = "ledger"

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$", var.name))
    error_message = "Use up to 40 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "web" {
  description = "The web service. Without an image it runs the sample; instances are counted per region."
  type = object({
    image           = optional(string)
    port            = optional(number, 9898)
    http2           = optional(bool, false)
    cpu             = optional(string, "1")
    memory          = optional(string, "512Mi")
    concurrency     = optional(number, 80)
    timeout_seconds = optional(number, 60)
    min_instances   = optional(number, 2)
    max_instances   = optional(number, 20)
    startup_path    = optional(string, "/readyz")
    liveness_path   = optional(string, "/healthz")
    probe_path      = optional(string, "/")
    environment     = optional(map(string), {})
  })
  default = {}

  validation {
    condition     = var.web.image == null || can(regex("@sha256:[0-9a-f]{64}$", var.web.image))
    error_message = "Name the image by its digest: a tag can move, and a rollback would then roll back to something else."
  }

  validation {
    condition     = var.web.timeout_seconds >= 1 && var.web.timeout_seconds <= 3600
    error_message = "Cloud Run ends a request after 3600 seconds (PLAT-05B)."
  }

  validation {
    condition     = var.web.min_instances <= var.web.max_instances
    error_message = "More instances at least than at most."
  }
}

variable "services" {
  description = "Services beside web that answer requests, by name: each at NAME.DOMAIN, or at the host that it names (docs/runbooks/add-a-service.md). A retired one gets no requests and may be deleted."
  type = map(object({
    host            = optional(string)
    retired         = optional(bool, false)
    image           = optional(string)
    port            = optional(number, 9898)
    http2           = optional(bool, false)
    cpu             = optional(string, "1")
    memory          = optional(string, "512Mi")
    concurrency     = optional(number, 80)
    timeout_seconds = optional(number, 60)
    min_instances   = optional(number, 2)
    max_instances   = optional(number, 20)
    startup_path    = optional(string, "/readyz")
    liveness_path   = optional(string, "/healthz")
    probe_path      = optional(string, "/")
    environment     = optional(map(string), {})
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.services) : can(regex("^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$", name)) && !contains(["web", "worker", "job", "sample", "staging", "production"], name)])
    error_message = "A service has a name of at most 20 lower-case letters, digits and hyphens that nothing else here has."
  }

  validation {
    condition     = alltrue([for name in keys(var.services) : length("${var.name}-${name}") < 50])
    error_message = "Cloud Run takes names of at most 49 characters, and the name of the application begins this one."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.host == null || try(endswith(service.host, ".${var.domain}") && can(regex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", trimsuffix(service.host, ".${var.domain}"))), false)])
    error_message = "The certificate covers the domain and one level below it: name a host there."
  }

  validation {
    condition     = length(distinct([for name, service in var.services : coalesce(service.host, "${name}.${var.domain}")])) == length(var.services)
    error_message = "Each service has a host of its own."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.image == null || can(regex("@sha256:[0-9a-f]{64}$", service.image))])
    error_message = "Name the image by its digest: a tag can move, and a rollback would then roll back to something else."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.timeout_seconds >= 1 && service.timeout_seconds <= 3600])
    error_message = "Cloud Run ends a request after 3600 seconds (PLAT-05B)."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.min_instances <= service.max_instances])
    error_message = "More instances at least than at most."
  }
}

variable "worker" {
  description = "The worker pool, which pulls its work. Instances are counted per region and do not scale by themselves."
  type = object({
    image       = optional(string)
    cpu         = optional(string, "1")
    memory      = optional(string, "512Mi")
    instances   = optional(number, 1)
    environment = optional(map(string), {})
  })
  default = {}

  validation {
    condition     = var.worker.image == null || can(regex("@sha256:[0-9a-f]{64}$", var.worker.image))
    error_message = "Name the image by its digest: a tag can move."
  }
}

variable "secrets" {
  description = "Secrets by name: which workload reads it, in which environment variable, and which version. Without a version the secret exists but is not mounted, so that a value can be added first."
  type = map(object({
    workload             = string
    environment_variable = string
    version              = optional(string)
  }))
  default = {}

  validation {
    condition     = alltrue([for secret in values(var.secrets) : secret.version != "latest"])
    error_message = "Name a version by its number: with latest, a bad value reaches instances one by one and no revision to roll back to is left."
  }

  validation {
    condition     = alltrue([for secret in values(var.secrets) : contains(concat(["web", "worker"], keys(var.services)), secret.workload)])
    error_message = "A secret is for one of: web, worker, or one of services."
  }
}

variable "egress_domains" {
  description = "Domain names on the internet that workloads may call over HTTPS. Empty: nothing but Google APIs and egress_ranges, and no NAT."
  type        = list(string)
  default     = []
}

variable "egress_ranges" {
  description = "Private IPv4 ranges that workloads may reach over TCP, such as a database's."
  type        = list(string)
  default     = []
}

variable "alert_receiver" {
  description = "E-mail address or HTTPS webhook for alerts that wake somebody."
  type        = string

  validation {
    condition     = can(regex("^(https://.+|[^@ ]+@[^@ ]+)$", var.alert_receiver))
    error_message = "Give an e-mail address or an https:// address."
  }
}

variable "ticket_receiver" {
  description = "E-mail address or HTTPS webhook for alerts that can wait; the alert receiver where it is not given."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 30
}

variable "deletion_protection" {
  description = "Refuse to delete or replace services. Turn it off in a change of its own, before the change that deletes."
  type        = bool
  default     = true
}

variable "domain" {
  description = "Host name that web answers to; other services answer below it."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "Give a host name in lower case, without https:// and without a path."
  }
}

variable "waf_preview" {
  description = "Log what the web application firewall would block instead of blocking it."
  type        = bool
  default     = false
}

variable "requests_per_minute" {
  description = "Requests that one client address may make in a minute; more get status 429."
  type        = number
  default     = 600
}

variable "slo" {
  description = "Objectives over 30 days: share of requests answered without a server error, and share answered within latency_ms."
  type = object({
    availability = optional(number, 0.995)
    latency      = optional(number, 0.95)
    latency_ms   = optional(number, 800)
  })
  default = {}

  # The fast alert fires at 14.4 times the error budget. From 1 - 1/14.4 down, that is more than all requests.
  validation {
    condition     = alltrue([for goal in [var.slo.availability, var.slo.latency] : goal > 0.9306 && goal <= 0.999])
    error_message = "Objectives lie above 0.9306, since the fast burn-rate alert could never fire below, and at most at 0.999."
  }
}
