/** Steps that jobs of workflows begin with, indented by six and ending without a line feed. */
import type { StarterInput } from './part.ts';
import { pinnedAction } from './release.ts';

/** Leaves no token behind; a line after it may be one more of its settings. */
export function checkout(input: StarterInput): string {
  return `      - uses: ${pinnedAction(input, 'checkout')}
        with:
          persist-credentials: false`;
}

/** The repository, and the tools that it names in the versions that it names. */
export function checkoutWithTools(input: StarterInput): string {
  return `${checkout(input)}
      - uses: ${pinnedAction(input, 'mise')}`;
}
