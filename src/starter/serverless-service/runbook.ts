/** Pages under docs/runbooks, and the one that every service shares. */
import { markdownCodeBlock } from '../../files/markdown.ts';
import type { FileTree } from '../../files/tree.ts';
import { DEFAULTS, markdownHeadline } from '../headline.ts';
import type { StarterInput } from '../part.ts';

export interface Runbook {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export function runbookPages(input: StarterInput, runbooks: readonly Runbook[]): FileTree {
  const headline = markdownHeadline(input, DEFAULTS, '../../');
  return new Map(
    runbooks.map(({ id, title, text }) => [
      `docs/runbooks/${id}.md`,
      `# ${title}\n\n${headline}\n\n${text.trim()}\n`,
    ]),
  );
}

/** Lines of shell as a code block. */
export const shell = (...lines: readonly string[]) => markdownCodeBlock('sh', lines.join('\n')).trimEnd();

/** Within a numbered list. */
export function indented(text: string): string {
  return text
    .split('\n')
    .map(line => (line === '' ? line : `   ${line}`))
    .join('\n');
}

interface Objectives {
  /** Where they are declared. */
  readonly file: string;
  /** Where requests are counted. */
  readonly measured: string;
  readonly traced: boolean;
  /** How to see which requests fail: the text of a list item, further lines indented by three. */
  readonly failing: string;
}

/** Links to the pages deploy-and-rollback and quota-and-region. */
export function sloBurn({ file, measured, traced, failing }: Objectives): Runbook {
  return {
    id: 'slo-burn',
    title: 'An objective burns its error budget',
    text: `
The objectives are in \`${file}\`, measured ${measured} over 30 days: requests answered without a server error, and requests answered in time.

| Alert | Means | Answer |
| --- | --- | --- |
| fast | 2 % of the budget within an hour: all of it within two days | now |
| slow | 5 % within six hours: all of it within five days | now, without hurry |
| steady | 10 % within a day: all of it within ten days | a ticket for the next working day |

## In the first five minutes

1. Was something deployed? Then roll back first and look later: [Deploy and roll back](deploy-and-rollback.md).
2. ${failing}
3. Instances at their limit, or a region that answers worse than others: [Quota reached or region lost](quota-and-region.md).
4. Only slow, no errors: look at CPU and memory on the dashboard, then ${traced ? 'at the traces' : 'in the logs'} for the call that takes long.

## Afterwards

- Budget left: work goes on. Budget gone: changes that do not make the service more reliable wait until it is back.
- An alert that needed no answer is wrong. Change the objective or the threshold, not the habit of answering.
- With little traffic one failed request can burn much. If that is why it fired, lengthen the short window before you raise the threshold.
`,
  };
}
