/** Where the infrastructure of a cluster in Google Cloud lies, and how IAM names the pods of one of its service accounts. */
import type { HclExpression } from '../../files/hcl.ts';
import type { ServiceAccount } from '../foundation.ts';

/** An account of the project that pods act for: what makes it, and how their service account names it. */
export interface StandIn {
  readonly code: HclExpression;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface GoogleGround {
  readonly folder: string;
  /** A member of IAM, as an expression: there is no key. */
  readonly memberOf: (account: ServiceAccount) => HclExpression;
  /** What pods carry so that they are handed their credentials. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Where what hands out credentials knows accounts of the project and no others. */
  readonly standIn?: (account: ServiceAccount) => StandIn;
  /** Whether pods of one name are one identity in all clusters of a project: what lets the first in lets the others in as well. */
  readonly identities: 'of-the-project' | 'of-each-cluster';
}
