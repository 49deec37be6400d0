/** A Terraform file: its headline, then code. */
import type { Id } from '../content/catalogue.ts';
import { comment, type HclExpression, writeHcl } from '../files/hcl.ts';
import { headline } from './headline.ts';
import type { StarterInput } from './part.ts';

/** Code written with the `hcl` tag, which turns all that is interpolated into literals. */
export function terraformText(input: StarterInput, decision: Id, says: string, code: HclExpression): string {
  return `${writeHcl([comment(headline(input, decision, says))])}\n${code.code.trim()}\n`;
}
