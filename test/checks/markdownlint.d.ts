/** The part of markdownlint that the checks use: its package has no types on this path. */
declare module 'markdownlint-cli2/markdownlint/promise' {
  export interface MarkdownToken {
    readonly type: string;
    readonly text: string;
    readonly startLine: number;
    readonly children: readonly MarkdownToken[];
  }
  export interface LintError {
    readonly lineNumber: number;
    readonly ruleNames: readonly string[];
    readonly ruleDescription: string;
    readonly errorDetail: string | null;
    readonly errorContext: string | null;
  }
  export interface CustomRule {
    readonly names: readonly string[];
    readonly description: string;
    readonly tags: readonly string[];
    readonly parser: 'micromark';
    readonly function: (parameters: {
      readonly name: string;
      readonly parsers: { readonly micromark: { readonly tokens: readonly MarkdownToken[] } };
    }) => void;
  }
  export function lint(options: {
    readonly strings: Readonly<Record<string, string>>;
    readonly config: Readonly<Record<string, unknown>>;
    readonly frontMatter?: RegExp | null;
    readonly customRules?: readonly CustomRule[];
  }): Promise<Readonly<Record<string, readonly LintError[]>>>;
}
