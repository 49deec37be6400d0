/** infra/traffic: a root module of its own, since what shares requests out belongs to none of the regions that may be lost. */

import type { Id } from '../../../content/catalogue.ts';
import {
  attribute,
  attributes,
  comment,
  gap,
  type HclBody,
  type HclExpression,
  hcl,
  writeHcl,
} from '../../../files/hcl.ts';
import { type FileTree, mergeTrees } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { alarmsFile } from '../../control-plane/provider-alarms.ts';
import { headline } from '../../headline.ts';
import { provider } from '../../release.ts';
import { together } from '../../serverless-service/code.ts';
import { terraformText } from '../../terraform.ts';
import { sharesNames } from '../places.ts';

export const TRAFFIC_FOLDER = 'infra/traffic';
/** The values, as they are called once they are copied. */
export const TRAFFIC_VALUES = `${TRAFFIC_FOLDER}/envs/production.tfvars`;

interface Traffic {
  readonly decision: Id;
  readonly cloud: string;
  /** The id of the provider in the table of releases. */
  readonly provider: Id;
  readonly backend: HclExpression;
  readonly settings: HclExpression;
  /** Variables beside those that every cloud has. */
  readonly variables: HclExpression;
  /** The highest share that a region may have. */
  readonly most: number;
  readonly names: HclExpression;
  readonly receivers: string;
  readonly alarms: HclExpression;
  /** Values beside the clusters, and where the state lies. */
  readonly values: HclBody;
  readonly state: HclBody;
}

export function trafficModule(input: ClusterInput, traffic: Traffic): FileTree {
  const write = (name: string, says: string, code: HclExpression) =>
    [`${TRAFFIC_FOLDER}/${name}.tf`, terraformText(input, traffic.decision, says, code)] as const;
  return mergeTrees(
    new Map([
      write('versions', 'Exact versions: an upgrade is a change that is reviewed.', versions(input, traffic)),
      write(
        'backend',
        'State lies in a region that may be the one that is lost: docs/runbooks/lost-region.md takes it out without it.',
        traffic.backend,
      ),
      write('providers', 'Whose account this is belongs to what is reviewed.', traffic.settings),
      write(
        'variables',
        'One set of values for all regions of production.',
        together(traffic.variables, clusters(traffic)),
      ),
      write(
        'names',
        'One record for all names that regions share; what fails its check gets no requests.',
        traffic.names,
      ),
      [`${TRAFFIC_VALUES}.example`, values(input, traffic)],
      [`${TRAFFIC_FOLDER}/envs/production.tfbackend.example`, state(input, traffic)],
    ]),
    alarmsFile(input, {
      folder: TRAFFIC_FOLDER,
      cloud: traffic.cloud,
      receivers: traffic.receivers,
      way: traffic.alarms,
    }),
  );
}

function versions(input: ClusterInput, traffic: Traffic): HclExpression {
  const { source, version } = provider(input, traffic.provider);
  const name: HclExpression = { kind: 'expression', code: traffic.provider };
  return hcl`
terraform {
  required_version = ${`>= ${provider(input, 'terraform').version}`}

  required_providers {
    ${name} = {
      source  = ${source}
      version = ${version}
    }
  }
}
`;
}

function clusters({ most }: Traffic): HclExpression {
  return hcl`
variable "clusters" {
  description = "Clusters that serve the same names, by name: the domain that these lie in, and the share of requests. A share of 0 takes a region out."
  type = map(object({
    domain = string
    share  = number
  }))

  validation {
    condition     = alltrue([for cluster in var.clusters : cluster.share >= 0 && cluster.share <= ${most}])
    error_message = ${`A share lies between 0 and ${most}.`}
  }

  validation {
    condition     = alltrue([for domain in distinct([for cluster in var.clusters : cluster.domain]) : anytrue([for cluster in var.clusters : cluster.domain == domain && cluster.share > 0])])
    error_message = "At least one region of each domain has to get requests."
  }
}

variable "health_path" {
  description = "What the check asks of each region, by the name of the region itself: recovery/region-name says who answers."
  type        = string
  default     = "/readyz"
}
`;
}

function values(input: ClusterInput, traffic: Traffic): string {
  return writeHcl([
    comment(
      headline(
        input,
        traffic.decision,
        'Values of the names that regions share. Copy to production.tfvars, replace what is marked, and commit it: it holds no secret.',
      ),
    ),
    gap,
    ...traffic.values,
    gap,
    comment('A share of 0 takes a region out, once this is applied (docs/runbooks/lost-region.md).'),
    attribute(
      'clusters',
      Object.fromEntries(
        input.clusters.filter(sharesNames).map(({ name, domain }) => [name, { domain, share: 100 }]),
      ),
    ),
  ]);
}

function state(input: ClusterInput, traffic: Traffic): string {
  return writeHcl([
    comment(
      headline(
        input,
        traffic.decision,
        'Where the state of the shared names lies: tofu init -backend-config=envs/production.tfbackend',
      ),
    ),
    gap,
    ...traffic.state,
  ]);
}

/** Values of a backend, after its comment. */
export function stateAt(says: string, values: Readonly<Record<string, string>>): HclBody {
  return [comment(says), ...attributes(values)];
}
