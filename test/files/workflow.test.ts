import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeJson } from '../../src/files/json.ts';
import { workflowString, workflowText } from '../../src/files/workflow.ts';
import { hostileText } from './hostile-text.ts';

interface Token {
  readonly lexeme: string;
  readonly value?: unknown;
}
interface Expressions {
  Lexer: new (expression: string) => { lex(): { tokens: readonly Token[] } };
  Parser: new (tokens: unknown, contexts: string[], functions: unknown[]) => { parse(): unknown };
  Evaluator: new (tree: unknown, context: unknown) => { evaluate(): { coerceString(): string } };
  data: { Dictionary: new () => unknown };
}
let expressions: Expressions;
beforeAll(async () => {
  // The parser's own copy of the language; it is no dependency of ours.
  const parser = import.meta.resolve('@actions/workflow-parser');
  expressions = (await import(new URL('../../expressions/dist/index.js', parser).href)) as Expressions;
});

function evaluate(expression: string): string {
  const { Lexer, Parser, Evaluator, data } = expressions;
  // This copy of the language undoes only the first doubled quote of a string; the one that GitHub runs undoes all.
  const tokens = new Lexer(expression)
    .lex()
    .tokens.map(token =>
      token.lexeme.startsWith("'")
        ? { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") }
        : token,
    );
  const tree = new Parser(tokens, [], []).parse();
  return new Evaluator(tree, new data.Dictionary()).evaluate().coerceString();
}

/** The value of `env.TEXT` as GitHub's own parser has it, expressions evaluated. */
function environment(value: string): string {
  const job = { 'runs-on': 'ubuntu-24.04', steps: [{ run: 'true', env: { TEXT: value } }] };
  const content = writeJson({ on: 'push', jobs: { test: job } });
  const { value: root, context } = parseWorkflow({ name: 'w.yml', content }, new NoOperationTraceWriter());
  expect(context.errors.getErrors()).toEqual([]);
  let text = '';
  JSON.parse(JSON.stringify(root), (_key, pair: { Key?: string; Value?: string | { expr: string } }) => {
    if (pair?.Key === 'TEXT')
      text = typeof pair.Value === 'object' ? evaluate(pair.Value.expr) : (pair.Value ?? '');
    return pair;
  });
  return text;
}

describe('text in a GitHub workflow', () => {
  it('is the same text after GitHub evaluated the file', () => {
    fc.assert(
      fc.property(hostileText, text => {
        expect(environment(workflowText(text))).toBe(text);
      }),
    );
  });
  it('would run as an expression if it were not escaped', () => {
    expect(environment("${{ 'evil' }}")).toBe('evil');
    expect(environment(workflowText("${{ 'evil' }}"))).toBe("${{ 'evil' }}");
  });
  it('is the same text as a string within an expression', () => {
    fc.assert(
      fc.property(hostileText, text => {
        expect(evaluate(workflowString(text))).toBe(text);
      }),
    );
  });
});
