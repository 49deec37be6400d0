/** Each line of the table is one way to break a small workflow; the check names it. */
import { expect, test } from 'vitest';
import { checkWorkflows } from './workflows.ts';

const WORKFLOW = `name: validate
on:
  pull_request:
  push:
    branches: [main]
permissions: {}
jobs:
  validate:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
    strategy:
      matrix:
        environment: [staging, production]
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: jdx/mise-action@v4.2.5 # Renovate pins the commit
      - name: Check
        env:
          TITLE: \${{ github.event.pull_request.title }}
          ENVIRONMENT: \${{ matrix.environment }}
        run: make check
`;

const codes = async (text: string) => {
  const findings = await checkWorkflows(new Map([['.github/workflows/validate.yaml', text]]));
  return findings.map(({ code }) => code);
};

test('a sound workflow passes', async () => {
  expect(await codes(WORKFLOW)).toEqual([]);
});

const rows: readonly [name: string, from: string, to: string, finding: string][] = [
  ['unknown key', 'runs-on:', 'run-on:', 'github'],
  ['unknown permission', 'contents: read', 'content: read', 'github'],
  ['unknown context', 'matrix.environment', 'matrix.region', 'github'],
  ['unclosed expression', '{{ matrix.environment }}', '{{ matrix.environment }', 'github'],
  ['unknown input of an action', 'persist-credentials: false', 'persist-credential: false', 'github'],
  ['no permissions', 'permissions: {}\n', '', 'permissions'],
  ['write for all jobs', 'permissions: {}\n', 'permissions:\n  contents: write\n', 'permissions'],
  ['no time limit', '    timeout-minutes: 10\n', '', 'timeout'],
  ['script injection', 'run: make check', 'run: echo "${{ github.event.pull_request.title }}"', 'injection'],
  [
    'branch instead of a commit',
    'mise-action@v4.2.5 # Renovate pins the commit',
    'mise-action@main',
    'unpinned',
  ],
  ['moving tag', '@v4.2.5 #', '@v4 #', 'unpinned'],
  ['commit without its tag', ' # v7.0.1', '', 'unpinned'],
  ['token left on disk', 'persist-credentials: false', 'fetch-depth: 1', 'credentials'],
  [
    'key',
    'TITLE: ${{ github.event.pull_request.title }}',
    'AWS_SECRET_ACCESS_KEY: ${{ secrets.KEY }}',
    'long-lived-key',
  ],
  ['pull_request_target', '  pull_request:\n', '  pull_request_target:\n', 'pull-request-target'],
  ['action without a table of inputs', 'jdx/mise-action', 'jdx/mice-action', 'unknown-action'],
];
test.each(rows)('%s is named', async (_name, from, to, finding) => {
  expect(WORKFLOW).toContain(from);
  expect(await codes(WORKFLOW.replace(from, () => to))).toContain(finding);
});
