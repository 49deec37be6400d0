/** What answers requests, in variables.tf of both folders: web, and the services beside it. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import type { Settings } from './settings.ts';

/** What has to hold of web and of each service, by its address. */
interface Rule {
  readonly condition: (one: HclExpression) => HclExpression;
  readonly message: string;
}

const RULES: readonly Rule[] = [
  {
    condition: one => hcl`${one}.image == null || can(regex("@sha256:[0-9a-f]{64}$", ${one}.image))`,
    message:
      'Name the image by its digest: a tag can move, and a rollback would then roll back to something else.',
  },
  {
    condition: one => hcl`${one}.timeout_seconds >= 1 && ${one}.timeout_seconds <= 3600`,
    message: 'Cloud Run ends a request after 3600 seconds (PLAT-05B).',
  },
  {
    condition: one => hcl`${one}.min_instances <= ${one}.max_instances`,
    message: 'More instances at least than at most.',
  },
];

const validation = (condition: HclExpression, message: string): HclExpression => hcl`validation {
  condition     = ${condition}
  error_message = ${message}
}`;

const attributesOf = ({ closed }: Settings): HclExpression => hcl`image           = optional(string)
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
${closed ? hcl`` : PROBE_PATH}environment     = optional(map(string), {})`;

/** Asked from outside. */
const PROBE_PATH = hcl`probe_path      = optional(string, "/")
`;

export const webVariables = (settings: Settings): HclExpression => hcl`
variable "web" {
  description = "The web service. Without an image it runs the sample; instances are counted per region."
  type = object({
    ${attributesOf(settings)}
  })
  default = {}

  ${together(...RULES.map(({ condition, message }) => validation(condition(hcl`var.web`), message)))}
}

variable "services" {
  description = "Services beside web that answer requests, by name: each at NAME.DOMAIN, or at the host that it names (docs/runbooks/add-a-service.md). A retired one gets no requests and may be deleted."
  type = map(object({
    host            = optional(string)
    retired         = optional(bool, false)
    ${attributesOf(settings)}
  }))
  default = {}

  ${namesOfServices(hcl`keys(var.services)`)}

  ${LENGTH}

  ${HOSTS}

  ${together(...RULES.map(ofEachService))}
}
`;

const ofEachService = ({ condition, message }: Rule): HclExpression =>
  validation(hcl`alltrue([for service in values(var.services) : ${condition(hcl`service`)}])`, message);

/** Those of environments too: below the domain of one lies that of another. */
const namesOfServices = (names: HclExpression): HclExpression =>
  validation(
    hcl`alltrue([for name in ${names} : can(regex("^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$", name)) && !contains(["web", "worker", "job", "sample", "staging", "production"], name)])`,
    'A service has a name of at most 20 lower-case letters, digits and hyphens that nothing else here has.',
  );

const LENGTH = validation(
  hcl`alltrue([for name in keys(var.services) : length("\${var.name}-\${name}") < 50])`,
  'Cloud Run takes names of at most 49 characters, and the name of the application begins this one.',
);

const HOSTS = together(
  validation(
    hcl`alltrue([for service in values(var.services) : service.host == null || try(endswith(service.host, ".\${var.domain}") && can(regex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", trimsuffix(service.host, ".\${var.domain}"))), false)])`,
    'The certificate covers the domain and one level below it: name a host there.',
  ),
  validation(
    hcl`length(distinct([for name, service in var.services : coalesce(service.host, "\${name}.\${var.domain}")])) == length(var.services)`,
    'Each service has a host of its own.',
  ),
);

/** Of infra/bootstrap. */
export const NAMED_SERVICES = hcl`
variable "services" {
  description = "Services beside web that answer requests, each with an identity of its own (docs/runbooks/add-a-service.md)."
  type        = set(string)
  default     = []

  ${namesOfServices(hcl`var.services`)}
}
`;
