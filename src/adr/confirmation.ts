/** How to see that the decision is kept: commands over the generated repository. */
import { markdownCode, markdownText } from '../files/markdown.ts';
import type { AdrInput } from './input.ts';
import { asSentence } from './prose.ts';

export function confirmationLines(input: AdrInput, decision: string): readonly string[] {
  const checks = input.checks.filter(check => check.decision === decision);
  if (checks.length === 0) {
    return [
      'No check is generated for this decision; compare the running system with it at the review date.',
    ];
  }
  return checks.map(
    check =>
      `${markdownText(asSentence(check.says))} Run ${markdownCode(check.command)}; it reads ${markdownCode(check.path)}.`,
  );
}
