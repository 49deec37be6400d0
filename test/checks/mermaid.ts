/**
 * Parses every Mermaid diagram of emitted Markdown with Mermaid's own parser, without a browser.
 *
 *     expect(await checkMermaid(files)).toEqual([]);
 */
import DOMPurify from 'dompurify';
import type { FileTree } from '../../src/files/tree.ts';
import { descend, parseMarkdown } from './markdown.ts';

export interface MermaidFinding {
  readonly file: string;
  /** Line of the fence, 1-based. */
  readonly line: number;
  readonly code: 'no-mermaid';
  readonly message: string;
}
export interface Diagram {
  readonly line: number;
  readonly text: string;
}

/** All diagrams that Mermaid refuses; an empty list means that nothing was found. */
export async function checkMermaid(files: FileTree): Promise<readonly MermaidFinding[]> {
  const findings: MermaidFinding[] = [];
  for (const [file, text] of files) {
    if (!file.endsWith('.md') || !text.includes('mermaid')) continue;
    for (const diagram of await diagramsOf(text)) {
      const message = await problemOf(diagram.text);
      if (message !== null) findings.push({ file, line: diagram.line, code: 'no-mermaid', message });
    }
  }
  return findings;
}

export async function diagramsOf(text: string): Promise<readonly Diagram[]> {
  return descend(await parseMarkdown(text))
    .filter(token => token.type === 'codeFenced')
    .flatMap(token => {
      const parts = descend(token.children);
      if (parts.find(part => part.type === 'codeFencedFenceInfo')?.text !== 'mermaid') return [];
      const lines = parts.filter(part => part.type === 'codeFlowValue').map(part => part.text);
      return [{ line: token.startLine, text: lines.join('\n') }];
    });
}

async function problemOf(diagram: string): Promise<string | null> {
  // Mermaid asks for a sanitiser that needs a document; parsing never prints what it would clean.
  Object.assign(DOMPurify, { addHook: () => {}, sanitize: (text: string) => text });
  const { default: mermaid } = await import('mermaid');
  try {
    await mermaid.parse(diagram);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
