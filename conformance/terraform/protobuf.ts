/** Writes the few kinds of protobuf fields that a provider's schema consists of. */

export type Field = Buffer;

const LENGTH_DELIMITED = 2;

export function numberField(field: number, value: number): Field {
  return Buffer.concat([varint(field << 3), varint(value)]);
}

export function flagField(field: number, isSet: boolean): Field {
  return isSet ? numberField(field, 1) : Buffer.alloc(0);
}

export function textField(field: number, text: string): Field {
  return bytesField(field, Buffer.from(text, 'utf8'));
}

export function messageField(field: number, content: readonly Field[]): Field {
  return bytesField(field, Buffer.concat(content));
}

/** A map is a list of entries: key in field 1, value in field 2. */
export function mapEntry(field: number, key: string, value: readonly Field[]): Field {
  return messageField(field, [textField(1, key), messageField(2, value)]);
}

function bytesField(field: number, bytes: Buffer): Field {
  return Buffer.concat([varint((field << 3) | LENGTH_DELIMITED), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}
