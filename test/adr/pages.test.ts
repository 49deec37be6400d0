/** What the pages beside the decisions say: defaults, index, open questions, and the form for adr-tools. */
import { describe, expect, test } from 'vitest';
import { numberAdrs } from '../../src/adr/number.ts';
import { writeAdrs } from '../../src/adr/write.ts';
import type { Answer } from '../../src/content/catalogue.ts';
import type { Outcome, Stack } from '../../src/engine/outcome.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { diagramsOf } from '../checks/mermaid.ts';
import { catalogue } from './catalogue-fixture.ts';
import { parseRecord, section } from './parse-record.ts';
import { readByAdrTools } from './readers.ts';
import { cni, decided, flips, mesh, platform, ruledOut, stack } from './stack-fixture.ts';

const DEFAULTS = 'platform-defaults-safe-from-the-first-day.md';

function write(change: Partial<Stack>, format: 'madr' | 'nygard' = 'madr'): ReadonlyMap<string, string> {
  const run: Stack = { ...stack, ...change };
  const numbers = numberAdrs(run, catalogue);
  const checks = [
    {
      decision: 'cni',
      says: 'Only the VPC CNI is installed',
      command: 'make check-cni',
      path: 'infrastructure/cni',
    },
  ];
  return writeAdrs({ stack: run, catalogue, project: { name: 'shop' }, flips, numbers, checks }, format);
}
const page = (tree: ReadonlyMap<string, string>, end: string): string =>
  [...tree].find(([path]) => path.endsWith(end))?.[1] ?? '';
const notNeeded = (decision: string): Outcome => ({
  status: 'not-needed',
  decision,
  because: 'Nothing runs on a cluster.',
});

describe('the platform defaults', () => {
  const answers = (extra: Record<string, Answer>): ReadonlyMap<string, Answer> =>
    new Map([...stack.answers, ...Object.entries(extra)]);

  test('of a cluster name nodes over zones, Pod Security, default-deny, requests, alerts, cost and the version', () => {
    const text = page(write({}), DEFAULTS);
    for (const part of [
      'Three or more worker nodes run over three zones',
      'level restricted of Pod Security',
      'denies all traffic by default; DNS is allowed',
      'DaemonSet states requests and limits',
      'how fast its error budget burns',
      'labels for team, service and environment',
      'Kubernetes 1.35',
    ]) {
      expect(text).toContain(part);
    }
  });
  test('of a serverless stack keep only the rows that apply', () => {
    const text = page(
      write({
        outcomes: [decided('platform', 'serverless'), notNeeded('cni'), notNeeded('mesh')],
        versions: { kubernetes: null, gatewayApi: null, components: {}, notices: [] },
      }),
      DEFAULTS,
    );
    expect(text).toContain('an identity of its own');
    expect(text).toContain('how fast its error budget burns');
    expect(text).not.toMatch(/worker nodes|Pod Security|Kubernetes version/);
  });
  test.each([
    ['windows', 'yes', 'Windows pods name their operating system'],
    ['cloud', 'on-prem', 'Racks with their own power stand in for zones'],
    ['on-call', 'none', 'Nobody is on call'],
  ])('say where an answer makes them deviate: %s %s', (question, answer, words) => {
    expect(page(write({}), DEFAULTS)).not.toContain(words);
    expect(page(write({ answers: answers({ [question]: answer }) }), DEFAULTS)).toContain(words);
  });
  test('are reviewed when support for the Kubernetes version ends', () => {
    expect(page(write({}), DEFAULTS)).toContain('Review by 2027-03-27');
  });
});

describe('the index', () => {
  test('lists every record with pick, status, verdict and confidence, and one sentence each', () => {
    const index = page(write({}), 'index.md');
    expect(index).toContain(
      '| [ADR-0002](0002-pod-network-amazon-vpc-cni.md) | Pod network | Amazon VPC CNI | proposed | not settled | low |',
    );
    expect(index.match(/^\* ADR-\d{4}: In the context of /gm)).toHaveLength(4);
  });
  test('says which decisions were not needed, and why', () => {
    const tree = write({ outcomes: [platform, notNeeded('cni'), mesh] });
    expect(page(tree, 'index.md')).toMatch(/## Not needed\n\n\* Pod network: Nothing runs on a cluster\.\n/);
    expect(page(write({}), 'index.md')).not.toContain('Not needed');
  });
  test('names the answers and pins that leave a decision without an option', () => {
    const impossible: Outcome = {
      status: 'impossible',
      decision: 'cni',
      ruledOut: [ruledOut('cni/no-windows', 'cilium')],
      conflict: { questions: ['windows'], pins: ['mesh'] },
    };
    const index = page(write({ outcomes: [platform, impossible] }), 'index.md');
    expect(index).toContain(
      '* Pod network: these cannot hold together: "Do some containers need Windows nodes?" and the pin for "Service mesh".',
    );
  });
  test('stays a clean page where nothing could be decided', async () => {
    const impossible: Outcome = {
      status: 'impossible',
      decision: 'platform',
      ruledOut: [],
      conflict: { questions: ['windows', 'cloud'], pins: [] },
    };
    const tree = write({ outcomes: [impossible], openQuestions: [] });
    expect([...tree.keys()].filter(path => /^\d/.test(path))).toEqual([]);
    expect(page(tree, 'index.md')).toContain('## No option left');
    expect(await checkMarkdown(tree)).toEqual([]);
  });
  test('links to records by their numbers where others come before them', async () => {
    const numbers = numberAdrs(stack, catalogue, 17);
    const tree = writeAdrs({ stack, catalogue, project: { name: 'shop' }, flips, numbers, checks: [] });
    expect(page(tree, 'index.md')).toContain('[ADR-0018](0018-pod-network-amazon-vpc-cni.md)');
    expect(page(tree, 'pod-network-amazon-vpc-cni.md')).toContain('links: [{target: 17, kind: relatesto}]');
    expect(await checkMarkdown(tree)).toEqual([]);
  });
  test('draws the decisions and says the same in words', async () => {
    const index = page(write({}), 'index.md');
    const [diagram] = await diagramsOf(index);
    expect(diagram?.text.split('\n')).toEqual([
      'flowchart TD',
      '  d1["Platform: Kubernetes"]',
      '  d2["Pod network: Amazon VPC CNI"]',
      '  d3["Service mesh: No mesh"]',
      '  d4["Platform defaults: Safe from the first day"]',
      '  d1 --> d2',
      '  d1 --> d3',
      '  d1 --> d4',
    ]);
    expect(index).toContain('* ADR-0002 (Pod network: Amazon VPC CNI) builds on ADR-0001.');
  });
});

describe('open questions', () => {
  test('have a page that says what was assumed, what it can change and who can answer', () => {
    const text = page(write({}), 'open-questions.md');
    expect(text).toContain('### How deep must network policies reach?');
    expect(text).toContain('* Assumed: Network policies must reach addresses and ports.');
    expect(text).toContain('* Who can answer: Security.');
    expect(text).toContain('* Can change: [Pod network: Amazon VPC CNI](0002-pod-network-amazon-vpc-cni.md)');
    expect(text.indexOf('change a pick')).toBeLessThan(
      text.indexOf('Do some containers need Windows nodes?'),
    );
  });
  test('have none where every answer is given', () => {
    const settled = { ...cni, verdict: 'clear' as const, unsettledBy: [] };
    const tree = write({ outcomes: [platform, settled, mesh], openQuestions: [], assumed: [] });
    expect([...tree.keys()]).not.toContain('open-questions.md');
    expect(page(tree, 'index.md')).toContain('None: every answer that was asked for is given.');
  });
});

describe('confirmation', () => {
  test('hands over the checks of the starter as commands', () => {
    const record = parseRecord('x', page(write({}), 'pod-network-amazon-vpc-cni.md'));
    expect(section(record, 'Confirmation')).toBe(
      '* Only the VPC CNI is installed. Run `make check-cni`; it reads `infrastructure/cni`.',
    );
  });
  test('says so where there is no check', () => {
    const record = parseRecord('x', page(write({}), 'platform-kubernetes.md'));
    expect(section(record, 'Confirmation')).toMatch(
      /^\* A person confirms it, since nothing is generated for it\. By \d{4}/,
    );
  });
});

describe('the form for adr-tools', () => {
  const tree = write({}, 'nygard');
  const files = [...tree.keys()].filter(path => /^\d{4}-/.test(path));

  test.each(files)('%s has its title with the number on line 1, its status and its links', file => {
    const reading = readByAdrTools(tree.get(file) ?? '');
    const number = Number(file.slice(0, 4));
    expect(reading.title).toMatch(new RegExp(`^${number}\\. \\S`));
    expect(reading).toMatchObject({ status: 'Proposed', date: '2026-11-20' });
    expect(reading.links).toEqual(number === 1 ? ['2', '3', '4'] : ['1']);
  });
  test('has the four parts of Nygard, in order, and clean Markdown', async () => {
    for (const file of files) {
      const headings = (tree.get(file) ?? '').match(/^## .*$/gm);
      expect(headings).toEqual(['## Status', '## Context', '## Decision', '## Consequences']);
    }
    expect(await checkMarkdown(tree)).toEqual([]);
  });
});
