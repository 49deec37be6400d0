# Follows ADR-0012 (docs/adr/0012-serverless-service-ecs-on-fargate.md).
# What differs between environments; the values are in envs/.

variable "account_id" {
  description = "The only AWS account that this state may touch: one per environment."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id)) && var.account_id != "000000000000"
    error_message = "Give the twelve digits of the account of this environment."
  }
}

variable "region" {
  description = "AWS region of everything here."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "Name a region, such as eu-central-1."
  }
}

variable "environment" {
  description = "Name of the environment: a tag on every resource."
  type        = string
}

variable "name" {
  description = "Name of the application: begins the name of every resource, the same in both folders of infra."
  type        = string
  default     = "harbour"

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$", var.name))
    error_message = "Use up to 32 lower-case letters, digits and hyphens, beginning with a letter: buckets and roles are named after it."
  }
}

variable "network_cidr" {
  description = "IPv4 range of the network. Cannot be changed later, and must not meet any network that is connected to it."
  type        = string

  validation {
    condition     = can(cidrhost(var.network_cidr, 0)) && tonumber(split("/", var.network_cidr)[1]) <= 23
    error_message = "Give an IPv4 range of /23 or larger: a load balancer wants a /27 in each of three zones."
  }
}

variable "architecture" {
  description = "Processor that the images are built for: X86_64 or ARM64."
  type        = string
  default     = "X86_64"

  validation {
    condition     = contains(["X86_64", "ARM64"], var.architecture)
    error_message = "A task has one of the architectures X86_64 and ARM64."
  }
}

variable "web" {
  description = "The web service. Without an image it runs the sample. CPU in units (1024 are a vCPU), memory in MiB."
  type = object({
    image                      = optional(string)
    port                       = optional(number, 9898)
    grpc                       = optional(bool, false)
    cpu                        = optional(number, 512)
    memory                     = optional(number, 1024)
    min_tasks                  = optional(number, 3)
    max_tasks                  = optional(number, 20)
    readiness_path             = optional(string, "/readyz")
    health_command             = optional(list(string))
    user                       = optional(string, "10001")
    scratch_path               = optional(string, "/data")
    stop_timeout_seconds       = optional(number, 60)
    canary_percent             = optional(number, 10)
    rollback_errors_per_minute = optional(number, 10)
    environment                = optional(map(string), {})
  })
  default = {}

  validation {
    condition     = var.web.image == null || can(regex("@sha256:[0-9a-f]{64}$", var.web.image))
    error_message = "Name the image by its digest: a tag can move, and a rollback would then roll back to something else."
  }

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096, 8192, 16384], var.web.cpu) && var.web.memory >= 2 * var.web.cpu && var.web.memory <= min(8 * var.web.cpu, 122880)
    error_message = "A task has 256 to 16384 CPU units (1024 are a vCPU), and 2 to 8 MiB of memory per unit, up to 122880 (PLAT-02)."
  }

  validation {
    condition     = var.web.min_tasks >= 1 && var.web.min_tasks <= var.web.max_tasks
    error_message = "At least one task, and not more at least than at most: ECS services do not scale to zero."
  }

  validation {
    condition     = var.web.stop_timeout_seconds <= 120
    error_message = "A task has 120 seconds to stop."
  }
}

variable "services" {
  description = "Services beside web that answer requests, by name (docs/runbooks/add-a-service.md): each at NAME.DOMAIN, or at the host that it names."
  type = map(object({
    host                       = optional(string)
    image                      = optional(string)
    port                       = optional(number, 9898)
    grpc                       = optional(bool, false)
    cpu                        = optional(number, 512)
    memory                     = optional(number, 1024)
    min_tasks                  = optional(number, 3)
    max_tasks                  = optional(number, 20)
    readiness_path             = optional(string, "/readyz")
    health_command             = optional(list(string))
    user                       = optional(string, "10001")
    scratch_path               = optional(string, "/data")
    stop_timeout_seconds       = optional(number, 60)
    canary_percent             = optional(number, 10)
    rollback_errors_per_minute = optional(number, 10)
    environment                = optional(map(string), {})
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.services) : can(regex("^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$", name)) && !contains(["web", "worker", "job", "sample", "collector", "edge", "endpoints", "staging", "production"], name)])
    error_message = "A service has a name of at most 20 lower-case letters, digits and hyphens that nothing else here has."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.host == null || try(endswith(service.host, ".${var.domain}") && !strcontains(trimsuffix(service.host, ".${var.domain}"), "."), false)])
    error_message = "The certificate covers the domain and one level below it: name a host there."
  }

  validation {
    condition     = length(distinct([for name, service in var.services : service.host == null ? "${name}.${var.domain}" : service.host])) == length(var.services)
    error_message = "Two services cannot answer at one host."
  }
  validation {
    condition     = alltrue([for service in values(var.services) : service.image == null || can(regex("@sha256:[0-9a-f]{64}$", service.image))])
    error_message = "Name the image by its digest: a tag can move, and a rollback would then roll back to something else."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : contains([256, 512, 1024, 2048, 4096, 8192, 16384], service.cpu) && service.memory >= 2 * service.cpu && service.memory <= min(8 * service.cpu, 122880)])
    error_message = "A task has 256 to 16384 CPU units (1024 are a vCPU), and 2 to 8 MiB of memory per unit, up to 122880 (PLAT-02)."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.min_tasks >= 1 && service.min_tasks <= service.max_tasks])
    error_message = "At least one task, and not more at least than at most: ECS services do not scale to zero."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.stop_timeout_seconds <= 120])
    error_message = "A task has 120 seconds to stop."
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
    condition     = alltrue([for secret in values(var.secrets) : secret.version == null || can(regex("^[0-9a-f-]{32,64}$", secret.version))])
    error_message = "Name a version by its id: with AWSCURRENT, a bad value reaches tasks one by one and no definition to roll back to is left."
  }

  validation {
    condition     = alltrue([for secret in values(var.secrets) : contains(concat(["web"], keys(var.services)), secret.workload)])
    error_message = "A secret is for one of: web, or one of services."
  }
}

variable "egress_domains" {
  description = "Domain names on the internet that workloads may call over HTTPS; *.example.com stands for all below it. Empty: nothing but AWS services and egress_ranges, and no NAT."
  type        = list(string)
  default     = []
}

variable "egress_ranges" {
  description = "Private IPv4 ranges that workloads may reach over TCP, such as a database's."
  type        = list(string)
  default     = []

  validation {
    condition     = !anytrue([for range in var.egress_ranges : endswith(range, "/0")])
    error_message = "The whole internet is not a private range."
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

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 365
}

variable "deletion_protection" {
  description = "Refuse to delete the load balancer and the allow-list of names. Turn it off in a change of its own, before the change that deletes."
  type        = bool
  default     = true
}

variable "exposure" {
  description = "Who reaches the web service: internet, or private for the networks in client_ranges alone."
  type        = string
  default     = "internet"

  validation {
    condition     = contains(["internet", "private"], var.exposure)
    error_message = "The service is reached from the internet or from private networks."
  }
}

variable "client_ranges" {
  description = "Private ranges that may open a connection, where exposure is private."
  type        = list(string)
  default     = []

  validation {
    condition     = !anytrue([for range in var.client_ranges : endswith(range, "/0")])
    error_message = "The whole internet is not a private network: set exposure to internet instead."
  }
}

variable "domain" {
  description = "Host name that the service answers to."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "Give a host name in lower case, without https:// and without a path."
  }
}

variable "waf_preview" {
  description = "Count what the web application firewall would block instead of blocking it; the limit per client stays."
  type        = bool
  default     = false
}

variable "requests_per_minute" {
  description = "Requests that one client address may make in a minute; more are blocked."
  type        = number
  default     = 600
}

variable "slo" {
  description = "Objectives over 30 days: share of requests answered without a server error, and share answered within latency_ms."
  type = object({
    availability = optional(number, 0.995)
    latency      = optional(number, 0.95)
    latency_ms   = optional(number, 800)
    min_requests = optional(number, 10)
  })
  default = {}

  # The fast alert fires at 14.4 times the error budget. From 1 - 1/14.4 down, that is more than all requests.
  validation {
    condition     = alltrue([for goal in [var.slo.availability, var.slo.latency] : goal > 0.9306 && goal <= 0.9999])
    error_message = "Objectives lie above 0.9306, since the fast burn-rate alert could never fire below, and at most at 0.9999."
  }
}
