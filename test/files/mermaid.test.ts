import DOMPurify from 'dompurify';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { mermaidLabel } from '../../src/files/mermaid.ts';
import { hostileText } from './hostile-text.ts';

interface FlowDatabase {
  getVertices(): Map<string, { text: string; labelType: string }>;
  getEdges(): { start: string; end: string; text: string }[];
}
let read: (source: string) => Promise<FlowDatabase>;

beforeAll(async () => {
  // Mermaid wants a browser for these two; reading a diagram needs neither.
  Object.assign(DOMPurify, { addHook: () => {}, sanitize: (text: string) => text });
  const { default: mermaid } = await import('mermaid');
  await mermaid.parse('flowchart TD\n a');
  read = async source => {
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(source);
    return diagram.db as unknown as FlowDatabase;
  };
});

/** Mermaid keeps entity codes in a form of its own until it writes HTML. */
function shown(text: string): string {
  return text.replace(/ﬂ°°(\d+)¶ß/g, (_all, code: string) => String.fromCodePoint(Number(code)));
}
function visible(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.replace(
    /[\0-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu,
    '\ufffd',
  );
}

describe('a Mermaid label', () => {
  it('shows the text, whatever it is, and draws nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (node, edge) => {
        const database = await read(
          `flowchart TD\n  a[${mermaidLabel(node)}] -->|${mermaidLabel(edge)}| b[${mermaidLabel(node)}]\n`,
        );
        const vertices = database.getVertices();
        expect([...vertices.keys()]).toEqual(['a', 'b']);
        expect(shown(vertices.get('a')?.text ?? '').trim()).toBe(visible(node));
        expect(shown(vertices.get('b')?.text ?? '').trim()).toBe(visible(node));
        expect(vertices.get('a')?.labelType).toBe('string');
        expect(database.getEdges().map(({ text }) => shown(text).trim())).toEqual([visible(edge)]);
      }),
      { numRuns: 200 },
    );
  });
  it('leaves plain words as they are', () => {
    expect(mermaidLabel('Container network: Cilium (1.20)')).toBe('"Container network: Cilium (1.20)"');
    expect(mermaidLabel('say "hi" #1')).toBe('"say #34;hi#34; #35;1"');
    expect(mermaidLabel('')).toBe('" "');
  });
});
