/** The proxy of the house as infrastructure is told of it: a variable, its values, and what is reached without it. */
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../../files/hcl.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { NEVER_BY_PROXY, PROXY_RANGE, PROXY_URL } from './settings.ts';

/** Of every variable with a proxy in it. */
export const PROXY_IS_SOUND = hcl`
  validation {
    condition     = startswith(var.proxy.url, "http://") && can(cidrhost(var.proxy.range, 0)) && !endswith(var.proxy.range, "/0")
    error_message = "The address of the proxy begins with http://, and its range is a CIDR that is not all addresses."
  }
`;

export const PROXY_VARIABLE = hcl`
variable "proxy" {
  description = "The proxy of the house, and the range that it has its addresses in."
  type = object({
    url   = string
    range = string
  })
${PROXY_IS_SOUND}}
`;

export const PROXY_VALUES: HclBody = [
  gap,
  comment(`${TOKENS.proxyRange}: the range that the proxy has its addresses in.`),
  attribute('proxy', { url: PROXY_URL, range: PROXY_RANGE }),
];

export const PROXY_TESTED = hcl`

proxy = { url = ${PROXY_URL}, range = ${PROXY_RANGE} }`;

/** \`local.no_proxy\` on one line, in the order in which manifests have it; \`zone\` and \`names\` are HCL and plain names. */
export function pastProxyLocal(zone: string, names: readonly string[]): HclExpression {
  const past = [
    ...NEVER_BY_PROXY.map(name => `"${name}"`),
    'var.vpc_cidr',
    'var.pod_cidr',
    'var.service_cidr',
    `".\${${zone}}"`,
    ...names.map(name => `"${name}"`),
  ];
  return { kind: 'expression', code: `join(",", [${past.join(', ')}])` };
}
