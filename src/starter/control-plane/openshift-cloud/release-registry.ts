/** The registry of the house that machines of a closed network have releases from: its placeholder, value and variable. */
import { attribute, comment, gap, type HclBody, type HclExpression, hcl } from '../../../files/hcl.ts';
import type { Placeholder } from '../../part.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { RED_HAT } from '../openshift/project.ts';

/** Where oc-mirror lays down what it copies. */
export const RELEASES = `${TOKENS.releaseRegistry}.example.com/${RED_HAT}`;

export const CLOSED_PLACEHOLDER: Omit<Placeholder, 'file'> = {
  token: TOKENS.releaseRegistry,
  meaning:
    'Host of the registry of the house that oc-mirror fills with releases of OpenShift; replace the whole name.',
  example: 'registry.acme.example',
};

export const RELEASE_VALUES: HclBody = [
  gap,
  comment('What oc-mirror fills, in the house: machines have no other place for releases.'),
  attribute('release_registry', RELEASES),
];

/** `cloud`: how hosts of the registry of the cloud end, what it is called, and when its password does. */
export function releaseVariable(cloud: {
  readonly ending: string;
  readonly title: string;
  readonly lasts: string;
}): HclExpression {
  const { ending, title, lasts } = cloud;
  return hcl`
variable "release_registry" {
  description = "Host and path that oc-mirror fills with releases of OpenShift."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)+$", var.release_registry)) && !endswith(split("/", var.release_registry)[0], ${ending})
    error_message = ${`A host and a path; not ${title}, whose password ends after ${lasts} and would have to stand in the pull secret of machines.`}
  }
}
`;
}

/** In the tests of the module. */
export const RELEASE_TEST_VALUES = hcl`

release_registry = ${RELEASES}`;
