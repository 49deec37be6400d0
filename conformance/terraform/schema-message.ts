/** A derived provider schema as the answer to GetSchema of the plug-in protocol, version 5. */
import type { BlockSchema, NestedBlock, ProviderSchemas } from '../../test/provider-schemas/schema.ts';
import { type Field, flagField, mapEntry, messageField, numberField, textField } from './protobuf.ts';

/** The derived schemas write `optional` alone for what the provider fills in where nobody does; these always are. */
const FILLED_IN = new Set(['id', 'name']);
const NESTING: Readonly<Record<NestedBlock['nesting_mode'], number>> = { single: 1, list: 2, set: 3 };

export function schemaMessage(schemas: ProviderSchemas): Buffer {
  return Buffer.concat([
    messageField(1, schema(schemas.provider.block)),
    ...Object.entries(schemas.resource_schemas).map(([name, { block }]) => mapEntry(2, name, schema(block))),
    ...Object.entries(schemas.data_source_schemas).map(([name, { block }]) =>
      mapEntry(3, name, schema(block)),
    ),
  ]);
}

function schema(block: BlockSchema): readonly Field[] {
  return [messageField(2, blockFields(block))];
}

function blockFields({ attributes, block_types }: BlockSchema): readonly Field[] {
  return [
    ...Object.entries(attributes).map(([name, { type, required, optional, computed }]) =>
      messageField(2, [
        textField(1, name),
        textField(2, JSON.stringify(type)),
        flagField(4, required === true),
        flagField(5, optional === true),
        flagField(6, computed === true || (optional === true && FILLED_IN.has(name))),
      ]),
    ),
    ...Object.entries(block_types).map(([name, { block, nesting_mode, min_items = 0, max_items = 0 }]) =>
      messageField(3, [
        textField(1, name),
        messageField(2, blockFields(block)),
        numberField(3, NESTING[nesting_mode]),
        numberField(4, min_items),
        numberField(5, nesting_mode === 'single' ? 0 : max_items),
      ]),
    ),
  ];
}
