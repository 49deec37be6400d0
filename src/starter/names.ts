/** Names made of project details, or of a token where the project does not give them. */
import type { StarterInput } from './part.ts';
import { TOKENS } from './placeholder-tokens.ts';

/** The domain that all names of the platform lie in. */
export function domainOf({ project }: StarterInput): string {
  return project.domain ?? `${TOKENS.domain}.example.com`;
}

/** Who owns the code, as CODEOWNERS has it. */
export function ownerOf(input: StarterInput): string {
  const [owner] = repositoryPath(input).split('/');
  const name = (input.project.organisation ?? owner ?? '').replace(/[^A-Za-z0-9-]+/g, '-');
  return `@${name === '' ? TOKENS.organisation : name}/${TOKENS.team}`;
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
