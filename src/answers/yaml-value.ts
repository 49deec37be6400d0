/** Values as they stand in an answers file. */
import { Document, isCollection, visit } from 'yaml';

/** On one line, `[pci-dss, hipaa]`; read as YAML 1.2, so yes and no need no quotes. */
export function inlineValue(value: unknown): string {
  const document = new Document(value, { version: '1.2', schema: 'core', aliasDuplicateObjects: false });
  visit(document, {
    Collection(_key, node) {
      if (isCollection(node)) node.flow = true;
    },
  });
  return document
    .toString({ lineWidth: 0, flowCollectionPadding: false, blockQuote: false, singleQuote: false })
    .trimEnd();
}
