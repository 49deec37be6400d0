/** AWS: what EventBridge publishes to a topic is let through. */
import type { CrossCheck } from './cross-check.ts';

const STATEMENT = /^ {2}statement \{[\s\S]*?^ {2}\}$/gm;

export const publishedEvents: CrossCheck = {
  code: 'published-events',
  says: 'EventBridge may publish to a topic and use its key without a condition: it gives none of their values.',
  check: tree =>
    [...tree].flatMap(([file, text]) =>
      !file.endsWith('.tf')
        ? []
        : [...text.matchAll(STATEMENT)]
            .filter(
              ([statement]) =>
                statement.includes('"events.amazonaws.com"') &&
                /"(?:sns:Publish|kms:GenerateDataKey\*?)"/.test(statement) &&
                statement.includes('condition {'),
            )
            .map(() => ({
              code: 'published-events',
              place: file,
              message: 'lets EventBridge in under a condition, which no event meets',
            })),
    ),
};
