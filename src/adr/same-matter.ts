/** Whether the title of a record that others wrote decides what one of our decisions is about. */
import type { Decision } from '../content/catalogue.ts';

/** By the option or the decision that it names, word for word; single common words such as "platform" do not count. */
export function isSameMatter(title: string, decision: Decision): boolean {
  const said = ` ${words(title)} `;
  return namesOf(decision).some(name => said.includes(` ${name} `));
}

function namesOf({ id, title, options }: Decision): readonly string[] {
  const names = [title, id].map(words).filter(name => name.includes(' ') || name !== words(title));
  const labels = options.map(option => words(option.label.replace(/\([^()]*\)/g, '')));
  return [...names, ...labels].filter(name => name.length > 2);
}

function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
