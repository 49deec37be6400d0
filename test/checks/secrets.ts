/**
 * Looks for keys and passwords in emitted files. The starter's own pipeline runs gitleaks; this finds, without it, the
 * forms that a generator could write by mistake.
 *
 *     expect(findSecrets(files)).toEqual([]);
 */
import type { FileTree } from '../../src/files/tree.ts';

export interface SecretFinding {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly code: string;
}

const FORMS: readonly (readonly [code: string, form: RegExp])[] = [
  ['private-key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['google-service-account-key', /"private_key(_id)?"\s*:/],
  ['google-api-key', /\bAIza[0-9A-Za-z_-]{35}\b/],
  ['aws-access-key', /\b(AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['github-token', /\b(gh[pousr]_[0-9A-Za-z]{36}|github_pat_[0-9A-Za-z_]{22,})\b/],
  ['slack-token', /\bxox[abprs]-[0-9A-Za-z-]{10,}/],
  ['json-web-token', /\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\./],
  // A literal behind such a name; a reference, an expression or nothing at all is none.
  [
    'password',
    /\b(?:password|passwd|secret|token|api_?key)["']?\s*[:=]\s*["'](?![$<{]|REPLACE_ME|replace-me)[^"'\s]{8,}["']/i,
  ],
];

export function findSecrets(files: FileTree): readonly SecretFinding[] {
  const findings: SecretFinding[] = [];
  for (const [file, text] of files) {
    for (const [index, line] of text.split('\n').entries()) {
      for (const [code, form] of FORMS) if (form.test(line)) findings.push({ file, line: index + 1, code });
    }
  }
  return findings;
}
