/** The serverless half of a starter, with what of the stack it does not carry out. */
import type { MissingPart } from '../module.ts';
import type { StarterPart } from '../part.ts';

export interface ServerlessPart extends StarterPart {
  readonly missing?: readonly MissingPart[];
}
