/** Draws lines of spans. The only place that knows what a tone looks like. */
import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { Line, Tone } from '../views/lines.ts';

interface Look {
  readonly bold?: true;
  readonly dimColor?: true;
  readonly color?: 'green' | 'red' | 'magenta';
}
/** Named colours that are legible on light and on dark backgrounds; each only underlines what words or signs say. */
const LOOKS: Readonly<Record<Tone, Look>> = {
  plain: {},
  strong: { bold: true },
  dim: { dimColor: true },
  good: { color: 'green' },
  bad: { color: 'red', bold: true },
  mark: { color: 'magenta', bold: true },
};

export function Lines({ lines }: { readonly lines: readonly Line[] }): ReactElement {
  return (
    <Box flexDirection="column" height={lines.length}>
      {lines.map((spans, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its place
        <Text key={row} wrap="truncate-end">
          {spans.length === 0
            ? ' '
            : spans.map((part, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: so is a span in its row
                <Text key={place} {...LOOKS[part.tone]}>
                  {part.text}
                </Text>
              ))}
        </Text>
      ))}
    </Box>
  );
}
