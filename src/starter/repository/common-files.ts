/** Files that every starter has, whatever it runs on. */
import type { FileTree } from '../../files/tree.ts';
import { commented, headline } from '../headline.ts';
import { ownerOf } from '../names.ts';
import type { StarterInput } from '../part.ts';
import type { RecordChecks } from './decision-checks.ts';
import { mise } from './mise.ts';
import { renovate } from './renovate.ts';
import { REVIEW_WORKFLOW_PATH, reviewWorkflow } from './review-workflow.ts';
import { CHECK_DECISIONS_PATH, checkDecisionsScript } from './scripts/check-decisions.ts';
import { CHECK_PLACEHOLDERS } from './scripts/check-placeholders.ts';
import { validateScript } from './scripts/validate.ts';
import { security } from './security.ts';

/** `tree` is what the parts have written: files are only named where they are. */
export function commonFiles(input: StarterInput, tree: FileTree, checks: readonly RecordChecks[]): FileTree {
  const comment = commented(headline(input, 'platform-defaults'));
  const files = new Map([
    ['.editorconfig', `${comment}\n${EDITORCONFIG}`],
    ['.gitignore', `${comment}\n${gitIgnore(tree)}`],
    ['.gitleaks.toml', `${comment}\n${GITLEAKS}`],
    ['CODEOWNERS', codeowners(input, comment)],
    ['SECURITY.md', security(input)],
    ['mise.toml', mise(input, tree, comment)],
    ['renovate.json5', renovate(input, tree)],
    [REVIEW_WORKFLOW_PATH, reviewWorkflow(input)],
    [CHECK_DECISIONS_PATH, script(comment, checkDecisionsScript(checks))],
    ['scripts/check-placeholders.sh', script(comment, CHECK_PLACEHOLDERS)],
    ['scripts/validate.sh', script(comment, validateScript(input, tree))],
  ]);
  // A part may know better; one with a Makefile has its own way to run its checks.
  if (tree.has('Makefile')) files.delete('scripts/validate.sh');
  return new Map([...files].filter(([path]) => !tree.has(path)));
}

export function script(comment: string, body: string): string {
  return `#!/usr/bin/env bash\n${comment}\n${body}`;
}

const EDITORCONFIG = `root = true

[*]
charset = utf-8
end_of_line = lf
indent_size = 2
indent_style = space
insert_final_newline = true
trim_trailing_whitespace = true
`;

const GITIGNORE = `.terraform/
*.tfplan
*.tfstate
*.tfstate.*
crash.log
kubeconfig*
*.key
*.pem
.env
`;

/** What the bootstrap has people make here, by the folder of the distribution: whoever has it owns the cluster. */
const MADE_ONCE: Readonly<Record<string, string>> = {
  'infra/kubeadm/': 'secrets-of-*\n',
  'infra/talos/': '/secrets.yaml\ntalosconfig\n',
  'infra/rke2/': 'token-of-*\n',
  'infra/k3s/': 'token-of-*\n',
};

/** Authorities that are believed are no secret: what a part writes for them is kept. */
function gitIgnore(tree: FileTree): string {
  const paths = [...tree.keys()];
  const made = Object.entries(MADE_ONCE)
    .filter(([folder]) => paths.some(path => path.startsWith(folder)))
    .map(([, names]) => names);
  const kept = paths.filter(path => path.endsWith('.pem')).map(path => `!/${path}\n`);
  return [GITIGNORE, ...made, ...kept].join('');
}

/** Without it, the default rules take the checksum beside a file named for secrets or access for a key. */
const GITLEAKS = `[extend]
useDefault = true

[[allowlists]]
description = "The lock file holds checksums of generated files beside their names, and nothing else."
paths = ['''^(?:.*/)?\\.chartroom/lock\\.json$''']
`;

/** One team owns all of it; what others may own is a line after these, since the last match wins. */
function codeowners(input: StarterInput, comment: string): string {
  return `${comment}\n* ${ownerOf(input)}\n`;
}

export function hasFolder(tree: FileTree, folder: string): boolean {
  const within = `${folder}/`;
  for (const path of tree.keys()) if (path.startsWith(within)) return true;
  return false;
}

export function hasTerraform(tree: FileTree): boolean {
  return [...tree.keys()].some(path => path.startsWith('infra/') && path.endsWith('.tf'));
}
