/** Steps that jobs of workflows begin with, indented by six and ending without a line feed; and what `gh` is given in one. */
import { repositoryUrl } from './names.ts';
import type { StarterInput } from './part.ts';
import { pinnedAction } from './release.ts';
import { hasOnlyOwnRunners } from './runners.ts';

/** Leaves no token behind; a line after it may be one more of its settings. */
export function checkout(input: StarterInput): string {
  return `      - uses: ${pinnedAction(input, 'checkout')}
        with:
          persist-credentials: false`;
}

/** The repository, and the tools that it names in the versions that it names. */
export function checkoutWithTools(input: StarterInput): string {
  return `${checkout(input)}${toolsStep(input)}`;
}

/** Begins with a line feed. Empty where nothing can be fetched: runners have the tools in their image. */
export function toolsStep(input: StarterInput): string {
  return hasOnlyOwnRunners(input) ? '' : `\n      - uses: ${pinnedAction(input, 'mise')}`;
}

/** The variable that `gh` takes its token from: an Enterprise Server has one of its own. */
export function tokenVariable(input: StarterInput): 'GH_TOKEN' | 'GH_ENTERPRISE_TOKEN' {
  const host = hostOf(input);
  return host === 'github.com' || host.endsWith('.ghe.com') ? 'GH_TOKEN' : 'GH_ENTERPRISE_TOKEN';
}

/** Lines of an environment that sign `gh` in, indented by ten and without a line feed at the end. */
export function signsInGh(input: StarterInput): string {
  const host = hostOf(input);
  const token = `          ${tokenVariable(input)}: \${{ github.token }}`;
  return host === 'github.com' ? token : `          GH_HOST: ${host}\n${token}`;
}

function hostOf(input: StarterInput): string {
  return new URL(repositoryUrl(input)).host;
}
