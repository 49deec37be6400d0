/** Where the infrastructure of a cluster in Google Cloud lies, and how IAM names the pods of one of its service accounts. */
import type { HclExpression } from '../../files/hcl.ts';
import type { ServiceAccount } from '../foundation.ts';

export interface GoogleGround {
  readonly folder: string;
  /** A member of IAM, as an expression: there is no key, and no account in between. */
  readonly memberOf: (account: ServiceAccount) => HclExpression;
  /** What pods carry so that they are handed their credentials. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Whether pods of one name are one identity in all clusters of a project: what lets the first in lets the others in as well. */
  readonly identities: 'of-the-project' | 'of-each-cluster';
}
