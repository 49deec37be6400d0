/** The variable `services` of both folders: what answers requests beside web. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { together } from '../code.ts';
import type { Settings } from './settings.ts';
import { validation, WEB_ATTRIBUTES, webChecks } from './workload-variables.ts';

/** A host name, and a secret of a key vault without its version: regular expressions, and what to say. */
export const HOST_NAME = '^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$';
export const HOST_MESSAGE = 'Give a host name in lower case, without https:// and without a path.';
export const VAULT_SECRET = '^https://[a-z0-9-]+\\.vault\\.azure\\.net/secrets/[A-Za-z0-9-]+$';
export const VAULT_SECRET_MESSAGE =
  'Give the secret of a certificate in the key vault of web, without a version, so that a renewed one is taken up.';

export function servicesVariable({ profile, exposed, environments }: Settings): HclExpression {
  const names = takenNames(environments);
  const hosts = exposed ? PUBLIC_HOSTS : PRIVATE_HOSTS;
  const every = webChecks(profile).map(({ condition, message }) =>
    validation(hcl`alltrue([for service in values(var.services) : ${condition(hcl`service`)}])`, message),
  );
  return hcl`
variable "services" {
  description = ${`Services that answer requests beside web, by name: that of the image (workloads/NAME), of the log, the identity and the key vault, which infra/bootstrap makes for each. ${hosts.says}`}
  type = map(object({
    ${WEB_ATTRIBUTES}
    ${hosts.attributes}
  }))
  default = {}

  ${nameCheck(hcl`keys(var.services)`, names)}

  ${hosts.checks}

  ${together(...every)}
}
`;
}

/** The same names in infra/bootstrap. */
export function serviceNamesVariable({ environments }: Settings): HclExpression {
  return hcl`
variable "services" {
  description = "Names of the services beside web, as in infra/container-apps: each gets an identity and a key vault of its own."
  type        = set(string)
  default     = []

  ${nameCheck(hcl`var.services`, takenNames(environments))}
}
`;
}

/** Other workloads, the sample, and what makes the host of another environment. */
const takenNames = (environments: Settings['environments']) => [
  'web',
  'worker',
  'job',
  'sample',
  ...environments.map(({ name }) => name),
];

function nameCheck(names: HclExpression, taken: readonly string[]): HclExpression {
  return validation(
    hcl`alltrue([for name in ${names} : length(name) <= 20 && can(regex("^[a-z]([a-z0-9]|-[a-z0-9])*$", name)) && !contains(${taken}, name)])`,
    `Name a service in up to 20 lower-case letters, digits and single hyphens, beginning with a letter; taken are ${taken.join(', ')}.`,
  );
}

const ONE_HOST = 'Two services cannot answer at one host.';

interface Hosts {
  readonly says: string;
  readonly attributes: HclExpression;
  readonly checks: HclExpression;
}

const HOST_FORM = validation(
  hcl`alltrue([for service in values(var.services) : service.host == null || can(regex(${HOST_NAME}, service.host))])`,
  HOST_MESSAGE,
);

const PUBLIC_HOSTS: Hosts = {
  says: 'Each answers to a host of its own: NAME.DOMAIN unless another is given.',
  attributes: hcl`host                = optional(string)`,
  checks: together(
    HOST_FORM,
    validation(
      hcl`length(distinct(concat([var.domain], [for name, service in var.services : coalesce(service.host, "\${name}.\${var.domain}")]))) == length(var.services) + 1`,
      ONE_HOST,
    ),
  ),
};

const PRIVATE_HOSTS: Hosts = {
  says: 'With a domain each answers to a host of its own, NAME.DOMAIN unless another is given, and with the certificate of the domain unless it has one of its own in the key vault of web.',
  attributes: hcl`host                = optional(string)
certificate         = optional(string)`,
  checks: together(
    HOST_FORM,
    validation(
      hcl`alltrue([for service in values(var.services) : service.host == null || service.host != try(var.domain.name, "") && length([for other in values(var.services) : other if other.host == service.host]) == 1])`,
      ONE_HOST,
    ),
    validation(
      hcl`alltrue([for service in values(var.services) : var.domain != null || (service.host == null) == (service.certificate == null)])`,
      'Without a domain a host needs a certificate, and a certificate a host.',
    ),
    validation(
      hcl`alltrue([for service in values(var.services) : service.certificate == null || can(regex(${VAULT_SECRET}, service.certificate))])`,
      VAULT_SECRET_MESSAGE,
    ),
  ),
};
