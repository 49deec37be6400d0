import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeJson } from '../../src/files/json.ts';
import { hostileText } from './hostile-text.ts';

describe('a written JSON file', () => {
  it('reads back as the same data and shows what cannot be seen', () => {
    fc.assert(
      fc.property(fc.dictionary(hostileText, hostileText, { noNullPrototype: true }), data => {
        const text = writeJson(data);
        expect(JSON.parse(text)).toEqual(data);
        expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e\ufeff]|[\u{e0041}]/u);
      }),
    );
  });
  it('ends with a line feed', () => {
    expect(writeJson({ a: ['\u202e', '\u{e0041}'] })).toBe(
      '{\n  "a": [\n    "\\u202e",\n    "\\udb40\\udc41"\n  ]\n}\n',
    );
  });
});
