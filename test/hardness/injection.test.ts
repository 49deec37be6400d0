/**
 * Hostile text in every place that people or packs fill with text: project details, pins, and every sentence of the
 * catalogue. Whole repositories are generated from it; each file is read by a parser of its format, and text is text.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parseAnswers } from '../../src/answers/parse.ts';
import { decideAll } from '../../src/cli/decide-all.ts';
import { produceRepository } from '../../src/cli/produce.ts';
import type { Catalogue } from '../../src/content/catalogue.ts';
import type { Project } from '../../src/content/project.ts';
import { createEngine } from '../../src/engine/compile.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkMarkdown, descend, parseMarkdown } from '../checks/markdown.ts';
import { checkMermaid } from '../checks/mermaid.ts';
import { checkWorkflows } from '../checks/workflows.ts';
import { checkYamlFiles, documentsOf } from '../checks/yaml-files.ts';
import { root } from '../cli/run.ts';
import { shipped } from '../cli/run-in-process.ts';

const LONG = process.env.CHARTROOM_LONG === '1';
vi.setConfig({ testTimeout: LONG ? 3_600_000 : 300_000 });

/** What ends, opens or steers something in one of the formats. */
const CORPUS: readonly string[] = [
  'a"b\'c`d\\e',
  '${var.x} ${{ github.token }} %{ if true } {{ .Values.x }} $(id) `id` $IFS',
  '[click](javascript:alert) ![x](https://evil.example/y.png) [a]: b',
  '<script>alert(1)</script> <!-- --> <img src=x onerror=y> &amp; &#35;',
  '# heading * star _under_ ~tilde~ | pipe > quote',
  '--- ... %YAML !!binary &a *a <<: {x: y} [z] ? key : value',
  'line one\n---\n# line two\n* Status: accepted\r\nEOT\nEOF',
  'next\u2028line \u2029 \u202egnp.exe\u202c \u2066x\u2069 \u200b\ufeff \u0007 \u0000 \u009b2J \u001b[31m \u001b]0;t\u0007',
  'https://evil.example www.evil.example a@b.example //evil',
  'end; style x fill:#f00; classDef y; subgraph z; click a "javascript:b" %%{init}%%',
  '*/ } ; } EOT } "} \'; rm -rf / #',
  'yes', 'null', '08', '1e3', '2026-11-20', '~', '', ' ', '-', '=', '!', '::error::x', '##[error]',
]; // biome-ignore format: a table of texts

const IDS =
  /^(?:id|decision|option|question|rule|fact|argument|kind|op|driver|drivers|facts|topic|values|options|requires|day|url|published|checked|reviewBy|name|version|chart|repository|image|digest)$/;

/** The catalogue with `hostile` in front of every sentence; ids, addresses, versions and days stay what they are. */
function poisoned(catalogue: Catalogue, hostile: string): Catalogue {
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string')
      return value.includes(' ') && !IDS.test(key) ? `${hostile} ${MARK} ${value}` : value;
    if (Array.isArray(value)) return value.map(each => walk(each, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, name === 'releases' ? each : walk(each, name)]),
    );
  };
  return walk(catalogue, '') as Catalogue;
}

const MARK = 'poisoned';

interface Stack {
  readonly example: string;
  readonly provider: string;
}
const STACKS: readonly Stack[] = [
  { example: 'small-saas-gcp', provider: 'google-6.50.0' },
  { example: 'platform-aws', provider: 'aws-6.25.0' },
];

function treeOf(example: string, hostile: string): ReadonlyMap<string, string> {
  const path = join(root, `examples/${example}.yaml`);
  const { file } = parseAnswers(readFileSync(path, 'utf8'), path, shipped);
  if (file === null) throw new Error(`${path} does not load`);
  const catalogue = poisoned(shipped, hostile);
  const pin = { choose: 'flux', because: hostile, owner: hostile, approver: hostile };
  const pins = example === 'platform-aws' ? new Map([['gitops', pin]]) : new Map();
  const decision = decideAll(createEngine(catalogue), { answers: file.answers, pins, asOf: '2026-11-20' });
  // More than the answers file lets in: it refuses most of this before anything is written.
  const project: Project = {
    ...file.project,
    deciders: [hostile, 'Ana'],
    organisation: hostile,
    oidcGroups: { platform: hostile, developers: hostile },
  };
  return produceRepository(catalogue, project, decision, 'everything').files;
}

/** Control characters, marks that turn the direction of text, and what is invisible. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
const DANGER = /^(?:htmlFlow|htmlText|image|definition)$/;

async function problemsOf(tree: ReadonlyMap<string, string>, provider: string): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [path, text] of tree) {
    if (UNSEEN.test(text)) problems.push(`${path}: holds what nobody sees`);
    if (path.endsWith('.json')) JSON.parse(text);
    if (!path.endsWith('.md')) continue;
    for (const token of descend(await parseMarkdown(text))) {
      const isOurs = token.type.startsWith('html') && token.text.startsWith('<!--');
      if (DANGER.test(token.type) && !isOurs)
        problems.push(`${path}: ${token.type} ${token.text.slice(0, 80)}`);
      if (token.type === 'resourceDestinationString' && /javascript:|evil\.example/i.test(token.text))
        problems.push(`${path}: links to ${token.text}`);
    }
  }
  const found = [
    ...checkYamlFiles(tree).map(({ place, message }) => `${place}: ${message}`),
    ...(await checkWorkflows(tree)).map(({ file, message }) => `${file}: ${message}`),
    ...(await checkMermaid(tree)).map(one => JSON.stringify(one)),
    ...(await checkHcl(tree, [providerSchemas(provider)])).map(({ file, message }) => `${file}: ${message}`),
    ...(await checkMarkdown(tree))
      .filter(({ code }) => code === 'dead-link' || code === 'dead-anchor')
      .map(({ file, message }) => `${file}: ${message}`),
  ];
  return [...problems, ...found];
}

/** Every text in every stack in the long mode; in turn otherwise. */
const CASES = STACKS.flatMap((stack, turn) =>
  CORPUS.filter((_text, index) => LONG || index % 12 === turn * 3 + 1).map(text => ({ ...stack, text })),
);

describe.each(CASES)('the text $text in every place of $example', ({ example, provider, text }) => {
  const tree = treeOf(example, text);

  it('leaves every file in its form, and shows what is hidden', async () => {
    expect(await problemsOf(tree, provider)).toEqual([]);
  });

  it('comes back as data', () => {
    expect([...tree.values()].filter(each => each.includes(MARK)).length).toBeGreaterThan(20);
    const decisions = JSON.parse(tree.get('docs/adr/decisions.json') ?? '') as {
      readonly decisions: readonly {
        readonly id: string;
        readonly pin?: { readonly because: string } | null;
      }[];
    };
    const gitops = decisions.decisions.find(({ id }) => id === 'gitops');
    if (gitops?.pin != null) expect(gitops.pin.because).toBe(text);
    const [front] = documentsOf(/^---\n([\s\S]*?)\n---\n/.exec(firstRecord(tree))?.[1] ?? '') as [
      { readonly 'decision-makers': readonly string[] },
    ];
    expect(front['decision-makers'].at(-1)).toBe('Ana');
    expect(Object.keys(front)).toContain('status');
  });
});

function firstRecord(tree: ReadonlyMap<string, string>): string {
  const path = [...tree.keys()].find(each => /^docs\/adr\/0001-.*\.md$/.test(each));
  return tree.get(path ?? '') ?? '';
}
