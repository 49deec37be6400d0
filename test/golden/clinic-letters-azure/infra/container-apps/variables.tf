# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# What differs between environments; the values are in envs/.

variable "subscription_id" {
  description = "Azure subscription of this environment."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.subscription_id))
    error_message = "Give the id of a subscription in lower case: az account show --query id"
  }
}

variable "name" {
  description = "Name of the application: begins the name of every resource group."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$", var.name))
    error_message = "Use up to 40 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "environment" {
  description = "Name of the environment, the same as that of the GitHub environment whose jobs may change it."
  type        = string
}

variable "location" {
  description = "Azure region, one with availability zones."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+[0-9]?$", var.location))
    error_message = "Name a region as Azure does, such as westeurope or westus3."
  }
}

variable "environment_subnet_id" {
  description = "Id of a subnet for this environment alone, /27 or larger, delegated to Microsoft.App/environments."
  type        = string

  validation {
    condition     = can(regex("^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft.Network/virtualNetworks/[^/]+/subnets/[^/]+$", var.environment_subnet_id))
    error_message = "Give the whole id of a subnet, from /subscriptions on."
  }
}

variable "endpoint_subnet_id" {
  description = "Id of the subnet for private endpoints."
  type        = string

  validation {
    condition     = can(regex("^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft.Network/virtualNetworks/[^/]+/subnets/[^/]+$", var.endpoint_subnet_id))
    error_message = "Give the whole id of a subnet, from /subscriptions on."
  }
}

variable "private_zone_ids" {
  description = "Ids of the private DNS zones for private endpoints, which the network's owner keeps: privatelink.azurecr.io and privatelink.vaultcore.azure.net."
  type = object({
    registry = string
    vault    = string
  })
}

variable "web" {
  description = "The web service. Without an image it runs the sample. Container Apps ends a request after 240 seconds (PLAT-07B)."
  type = object({
    image               = optional(string)
    port                = optional(number, 9898)
    http2               = optional(bool, false)
    cpu                 = optional(number, 0.5)
    memory              = optional(string, "1Gi")
    concurrent_requests = optional(number, 50)
    min_replicas        = optional(number, 3)
    max_replicas        = optional(number, 30)
    startup_path        = optional(string, "/readyz")
    readiness_path      = optional(string, "/readyz")
    liveness_path       = optional(string, "/healthz")
    environment         = optional(map(string), {})
  })
  default = {}

  validation {
    condition     = var.web.image == null || can(regex("@sha256:[0-9a-f]{64}$", var.web.image))
    error_message = "Name the image by its digest: a tag can move, and a rollback would then roll back to something else."
  }

  validation {
    condition     = var.web.min_replicas <= var.web.max_replicas && var.web.max_replicas <= 1000
    error_message = "Limit of replicas: at least the minimum, at most 1000 for a revision."
  }

  validation {
    condition     = var.web.cpu >= 0.25 && var.web.cpu <= 4 && floor(var.web.cpu * 4) == var.web.cpu * 4 && try(tonumber(trimsuffix(var.web.memory, "Gi")), 0) == var.web.cpu * 2
    error_message = "Limit of the Consumption profile (PLAT-08): 0.25 to 4 vCPU in steps of 0.25, and twice as many GiB of memory."
  }
}

variable "services" {
  description = "Services that answer requests beside web, by name: that of the image (workloads/NAME), of the log, the identity and the key vault, which infra/bootstrap makes for each. With a domain each answers to a host of its own, NAME.DOMAIN unless another is given, and with the certificate of the domain unless it has one of its own in the key vault of web."
  type = map(object({
    image               = optional(string)
    port                = optional(number, 9898)
    http2               = optional(bool, false)
    cpu                 = optional(number, 0.5)
    memory              = optional(string, "1Gi")
    concurrent_requests = optional(number, 50)
    min_replicas        = optional(number, 3)
    max_replicas        = optional(number, 30)
    startup_path        = optional(string, "/readyz")
    readiness_path      = optional(string, "/readyz")
    liveness_path       = optional(string, "/healthz")
    environment         = optional(map(string), {})
    host                = optional(string)
    certificate         = optional(string)
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.services) : length(name) <= 20 && can(regex("^[a-z]([a-z0-9]|-[a-z0-9])*$", name)) && !contains(["web", "worker", "job", "sample", "staging", "production"], name)])
    error_message = "Name a service in up to 20 lower-case letters, digits and single hyphens, beginning with a letter; taken are web, worker, job, sample, staging, production."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.host == null || can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", service.host))])
    error_message = "Give a host name in lower case, without https:// and without a path."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.host == null || service.host != try(var.domain.name, "") && length([for other in values(var.services) : other if other.host == service.host]) == 1])
    error_message = "Two services cannot answer at one host."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : var.domain != null || (service.host == null) == (service.certificate == null)])
    error_message = "Without a domain a host needs a certificate, and a certificate a host."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.certificate == null || can(regex("^https://[a-z0-9-]+\\.vault\\.azure\\.net/secrets/[A-Za-z0-9-]+$", service.certificate))])
    error_message = "Give the secret of a certificate in the key vault of web, without a version, so that a renewed one is taken up."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.image == null || can(regex("@sha256:[0-9a-f]{64}$", service.image))])
    error_message = "Name the image by its digest: a tag can move, and a rollback would then roll back to something else."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.min_replicas <= service.max_replicas && service.max_replicas <= 1000])
    error_message = "Limit of replicas: at least the minimum, at most 1000 for a revision."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.cpu >= 0.25 && service.cpu <= 4 && floor(service.cpu * 4) == service.cpu * 4 && try(tonumber(trimsuffix(service.memory, "Gi")), 0) == service.cpu * 2])
    error_message = "Limit of the Consumption profile (PLAT-08): 0.25 to 4 vCPU in steps of 0.25, and twice as many GiB of memory."
  }
}

variable "worker" {
  description = "The worker, which pulls its work. It scales by a rule of KEDA: on CPU unless another one is given; secrets are parameters of the rule, by name of the secret."
  type = object({
    image         = optional(string)
    cpu           = optional(number, 0.5)
    memory        = optional(string, "1Gi")
    min_replicas  = optional(number, 1)
    max_replicas  = optional(number, 10)
    liveness_port = optional(number)
    liveness_path = optional(string, "/healthz")
    environment   = optional(map(string), {})
    scale_rule = optional(object({
      type     = string
      metadata = map(string)
      secrets  = optional(map(string), {})
    }), { type = "cpu", metadata = { type = "Utilization", value = "70" } })
  })
  default = {}

  validation {
    condition     = var.worker.image == null || can(regex("@sha256:[0-9a-f]{64}$", var.worker.image))
    error_message = "Name the image by its digest: a tag can move."
  }

  validation {
    condition     = var.worker.min_replicas <= var.worker.max_replicas && var.worker.max_replicas <= 1000
    error_message = "Limit of replicas: at least the minimum, at most 1000 for a revision."
  }

  validation {
    condition     = var.worker.min_replicas > 0 || !contains(["cpu", "memory"], var.worker.scale_rule.type)
    error_message = "A rule on CPU or memory cannot start a worker that has no replica: keep one, or scale on a queue."
  }

  validation {
    condition     = var.worker.cpu >= 0.25 && var.worker.cpu <= 4 && floor(var.worker.cpu * 4) == var.worker.cpu * 4 && try(tonumber(trimsuffix(var.worker.memory, "Gi")), 0) == var.worker.cpu * 2
    error_message = "Limit of the Consumption profile (PLAT-08): 0.25 to 4 vCPU in steps of 0.25, and twice as many GiB of memory."
  }
}

variable "job" {
  description = "The scheduled job. The schedule is read in UTC."
  type = object({
    image           = optional(string)
    cpu             = optional(number, 0.5)
    memory          = optional(string, "1Gi")
    schedule        = optional(string, "17 3 * * *")
    timeout_seconds = optional(number, 1800)
    max_retries     = optional(number, 2)
    environment     = optional(map(string), {})
  })
  default = {}

  validation {
    condition     = var.job.image == null || can(regex("@sha256:[0-9a-f]{64}$", var.job.image))
    error_message = "Name the image by its digest: a tag can move."
  }

  validation {
    condition     = length(split(" ", var.job.schedule)) == 5
    error_message = "Write the schedule as five fields of cron."
  }

  validation {
    condition     = var.job.cpu >= 0.25 && var.job.cpu <= 4 && floor(var.job.cpu * 4) == var.job.cpu * 4 && try(tonumber(trimsuffix(var.job.memory, "Gi")), 0) == var.job.cpu * 2
    error_message = "Limit of the Consumption profile (PLAT-08): 0.25 to 4 vCPU in steps of 0.25, and twice as many GiB of memory."
  }
}

variable "secrets" {
  description = "Secrets by their name in the workload's key vault: which workload reads it, in which environment variable, and which version. Without a version it is not mounted."
  type = map(object({
    workload             = string
    environment_variable = string
    version              = optional(string)
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", name))])
    error_message = "Names of secrets are lower-case letters, digits and hyphens."
  }

  validation {
    condition     = alltrue([for secret in values(var.secrets) : secret.version == null || can(regex("^[0-9a-f]{32}$", secret.version))])
    error_message = "Name a version by its id: with the newest, a bad value reaches replicas one by one and no revision to roll back to is left."
  }

  validation {
    condition     = alltrue([for secret in values(var.secrets) : contains(concat(["web", "worker", "job"], keys(var.services)), secret.workload)])
    error_message = "A secret is for one of: web, worker, job, or an entry of services."
  }
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

variable "domain" {
  description = "Host name of your own that the service answers to, within the network. Without it, the name that Azure gives it."
  type = object({
    name        = string
    certificate = string
  })
  default = null

  validation {
    condition     = var.domain == null || can(regex("^https://[a-z0-9-]+\\.vault\\.azure\\.net/secrets/[A-Za-z0-9-]+$", var.domain.certificate))
    error_message = "Give the secret of a certificate in the key vault of web, without a version, so that a renewed one is taken up."
  }
}
