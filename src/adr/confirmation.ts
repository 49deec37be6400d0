/** How to see that the decision is kept: commands over the generated repository, else what a person looks at. */
import type { Day } from '../content/catalogue.ts';
import { listed } from '../content/sentence.ts';
import { markdownCode, markdownText } from '../files/markdown.ts';
import type { AdrInput, Check } from './input.ts';
import { asSentence } from './prose.ts';

/** `byPerson` is used where nothing is generated that a command could read. */
export function confirmationLines(input: AdrInput, decision: string, byPerson: string): readonly string[] {
  const checks = input.checks.filter(check => check.decision === decision);
  if (checks.length === 0) return [byPerson];
  return [...new Set(checks.map(check => check.command))].map(command =>
    commandLine(
      command,
      checks.filter(check => check.command === command),
    ),
  );
}

/** `what` is what the record is about: `shop's pod network`. */
export function byPerson(what: string, until: Day): string {
  return `A person confirms it, since nothing is generated for it. By ${until} somebody compares this record with ${what} in production, and writes name, day and finding here.`;
}

/** Several checks of one command stand together. */
function commandLine(command: string, checks: readonly Check[]): string {
  const says = checks.map(check => markdownText(asSentence(check.says)));
  const paths = [...new Set(checks.map(check => markdownCode(check.path)))];
  return `${says.join(' ')} Run ${markdownCode(command)}; it reads ${listed(paths, 'and')}.`;
}
