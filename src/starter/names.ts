/** Names made of project details, or of a token where the project does not give them. */
import type { StarterInput } from './part.ts';
import { TOKENS } from './placeholder-tokens.ts';

/** The domain that all names of the platform lie in. */
export function domainOf({ project }: StarterInput): string {
  return project.domain ?? `${TOKENS.domain}.example.com`;
}

/** Who owns the code, as CODEOWNERS has it. */
export function ownerOf(input: StarterInput): string {
  const name = accountName(input.project.organisation ?? '');
  return `@${name === '' ? repositoryOwner(input) : name}/${TOKENS.team}`;
}

/** The account that the repository and its images lie under: letters, digits and hyphens. */
export function repositoryOwner(input: StarterInput): string {
  const name = accountName(repositoryPath(input).split('/')[0] ?? '');
  return name === '' ? TOKENS.organisation : name;
}

function accountName(text: string): string {
  return text.replace(/[^A-Za-z0-9-]+/g, '-');
}

/** https URL of the repository, without `.git` at its end. */
export function repositoryUrl({ project }: StarterInput): string {
  const url = project.repository ?? `https://github.com/${TOKENS.organisation}/${TOKENS.repository}`;
  // What a reader of templates could take for one of its own is encoded by this.
  return new URL(url).href.replace(/(?:\.git)?\/?$/, '');
}

/** `owner/name`. */
export function repositoryPath(input: StarterInput): string {
  return new URL(repositoryUrl(input)).pathname.slice(1);
}
