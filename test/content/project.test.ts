import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkProject } from '../../src/content/project.ts';
import { checkFreeText } from '../../src/content/text.ts';

const problemsOf = (raw: unknown): readonly string[] => {
  const checked = checkProject(raw);
  if ('project' in checked) return [];
  return checked.problems.map(({ path, code, message, help }) =>
    [`${path.join('.')}: ${code}: ${message}`, help].filter(part => part !== '').join(' | '),
  );
};

test('a full project is taken with the keys of the program', () => {
  const checked = checkProject({
    name: 'shop',
    organisation: 'acme',
    domain: 'shop.example.com',
    repository: 'https://github.com/acme/platform',
    regions: ['eu-central-1', 'eu-west-1'],
    teams: ['checkout', 'catalogue'],
    'oidc-groups': { platform: 'acme:platform-admins', developers: 'b5f0a3de-0000-4000-8000-000000000000' },
    deciders: ['Ada "the boss" Lovelace', 'O’Neill, `Chief` | ${x} {{y}}'],
    'alert-receiver': 'oncall@example.com',
    network: { vpc: '10.0.0.0/16', pods: '100.64.0.0/14', services: '172.20.0.0/16' },
  });
  expect(checked).toEqual({
    project: {
      name: 'shop',
      organisation: 'acme',
      domain: 'shop.example.com',
      repository: 'https://github.com/acme/platform',
      regions: ['eu-central-1', 'eu-west-1'],
      teams: ['checkout', 'catalogue'],
      oidcGroups: { platform: 'acme:platform-admins', developers: 'b5f0a3de-0000-4000-8000-000000000000' },
      deciders: ['Ada "the boss" Lovelace', 'O’Neill, `Chief` | ${x} {{y}}'],
      alertReceiver: 'oncall@example.com',
      network: { vpc: '10.0.0.0/16', pods: '100.64.0.0/14', services: '172.20.0.0/16' },
    },
  });
});

test('a name is all it takes', () => {
  expect(checkProject({ name: 'shop' })).toEqual({ project: { name: 'shop' } });
});

describe('what does not fit is refused with its reason', () => {
  test.each<[string, unknown, string[]]>([
    ['nothing', null, [': wrong-type: "project" has no value; write a map with at least a name']],
    ['no name', {}, ['name: missing-key: "name" is missing | Write text.']],
    ['an empty name', { name: ' ' }, ['name: empty: "name" is empty | Write something, or leave it out.']],
    [
      'an unknown key',
      { name: 'shop', orgnisation: 'acme' },
      [
        'orgnisation: unknown-key: no key "orgnisation" here; did you mean "organisation"? | Keys: name, organisation, domain, repository, regions, teams, oidc-groups, deciders, alert-receiver, network.',
      ],
    ],
    [
      'a team twice and one of Kubernetes',
      { name: 'shop', teams: ['a', 'a', 'kube-system'] },
      [
        'teams.2: reserved: item 3 of "teams" is a namespace of Kubernetes itself | Each team gets a namespace of its name.',
        'teams.1: repeated: item 2 of "teams" is listed twice | Keep one.',
      ],
    ],
    [
      'a group with rights of its own',
      { name: 'shop', 'oidc-groups': { platform: 'system:masters' } },
      [
        'oidc-groups.platform: reserved: "platform" is a group of Kubernetes itself | Name a group of your identity provider.',
      ],
    ],
    [
      'a list that is none',
      { name: 'shop', regions: 'eu-west-1' },
      ['regions: wrong-type: "regions" is "eu-west-1"; write a list'],
    ],
    [
      'a range with bits behind its prefix',
      { name: 'shop', network: { vpc: '10.0.1.0/16' } },
      [
        'network.vpc: bad-cidr: "vpc" does not begin a range: /16 ranges begin at multiples of 65,536 addresses | The range around it is 10.0.0.0/16.',
      ],
    ],
    [
      'ranges that overlap',
      { name: 'shop', network: { vpc: '10.0.0.0/14', pods: '10.2.0.0/16', services: '10.4.0.0/16' } },
      [
        'network.pods: overlap: "pods" 10.2.0.0/16 (10.2.0.0 to 10.2.255.255) overlaps "vpc" 10.0.0.0/14 (10.0.0.0 to 10.3.255.255) | Addresses in both would be routed to one of them only.',
      ],
    ],
    [
      'the metadata service',
      { name: 'shop', network: { services: '169.254.0.0/20' } },
      [
        'network.services: reserved: "services" lies in 169.254.0.0/16, which is reserved for link-local addresses, among them the metadata service of every cloud | Take one within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10.',
      ],
    ],
    [
      'documentation',
      { name: 'shop', network: { vpc: '192.0.2.0/24' } },
      [
        'network.vpc: reserved: "vpc" lies in 192.0.2.0/24, which is reserved for documentation | Take one within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10.',
      ],
    ],
    [
      'public addresses',
      { name: 'shop', network: { vpc: '8.8.0.0/16' } },
      [
        'network.vpc: not-private: "vpc" (8.8.0.0 to 8.8.255.255) is not private | Take one within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10.',
      ],
    ],
    [
      'a range too small',
      { name: 'shop', network: { vpc: '10.0.0.0/30' } },
      ['network.vpc: bad-size: "vpc" holds 4 addresses | Take a range from /8 to /28.'],
    ],
    [
      'IPv6',
      { name: 'shop', network: { vpc: 'fd00::/8' } },
      ['network.vpc: bad-cidr: "vpc" is not an IPv4 range | Write it like 10.0.0.0/16.'],
    ],
  ])('%s', (_, raw, expected) => {
    expect(problemsOf(raw)).toEqual(expected);
  });
});

describe('an address or name that another system would read differently is refused', () => {
  test.each<[string, string]>([
    ['domain', 'Shop.Example.com'],
    ['domain', 'localhost'],
    ['domain', '10.0.0.1'],
    ['domain', 'shop.example.com.'],
    ['domain', '-a.example.com'],
    ['domain', 'bücher.example'],
    ['repository', 'http://github.com/acme/platform'],
    ['repository', 'https://user:secret@github.com/acme/platform'],
    ['repository', 'https://github.com/acme'],
    ['repository', 'https://github.com/acme/platform?x=1'],
    ['repository', 'https://github.com/acme/../platform'],
    ['repository', 'git@github.com:acme/platform.git'],
    ['alert-receiver', 'oncall'],
    ['alert-receiver', 'http://hooks.example.com'],
    ['alert-receiver', 'a b@example.com'],
    ['organisation', 'acme inc'],
  ])('%s: %s', (key, value) => {
    expect(problemsOf({ name: 'shop', [key]: value })).toHaveLength(1);
  });
});

const HOSTILE = [
  '"',
  "'",
  '${x}',
  '{{ x }}',
  '`id`',
  '|',
  '$(id)',
  ';',
  '<',
  '\\',
  '\n',
  '\t',
  '\0',
  '\u001b[31m',
  '\u202e',
  '\u200b',
  '\u2028',
];
const NAMES = [
  (value: string) => ({ name: value }),
  (value: string) => ({ name: 'shop', organisation: value }),
  (value: string) => ({ name: 'shop', domain: `${value}.example.com` }),
  (value: string) => ({ name: 'shop', repository: `https://github.com/acme/${value}` }),
  (value: string) => ({ name: 'shop', regions: [value] }),
  (value: string) => ({ name: 'shop', teams: [value] }),
  (value: string) => ({ name: 'shop', 'oidc-groups': { platform: value } }),
  (value: string) => ({ name: 'shop', 'alert-receiver': `${value}@example.com` }),
  (value: string) => ({ name: 'shop', 'alert-receiver': `https://example.com/${value}` }),
  (value: string) => ({ name: 'shop', network: { vpc: value } }),
];

test('no name lets through what a shell, a template, YAML or Markdown would read as its own', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...NAMES),
      fc.constantFrom(...HOSTILE),
      fc.stringMatching(/^[a-z]{0,5}$/),
      fc.stringMatching(/^[a-z]{0,5}$/),
      (project, hostile, before, after) => {
        expect(problemsOf(project(`${before}${hostile}${after}`))).not.toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});

test('no value whatsoever makes the check throw', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (whole, part) => {
      checkProject(whole);
      checkProject({ name: part, teams: part, network: part, deciders: [part] });
    }),
    { numRuns: 300 },
  );
});

describe('free text', () => {
  test.each<[string, string, string | null]>([
    ['quotes, templates, pipes and backticks', 'He said "no" `twice` | ${HOME} {{ x }} \'', null],
    ['other scripts and emoji', '日本語 Žluťoučký עברית 🚢', null],
    ['a family of joined emoji', '👨\u200d👩', 'direction-character'],
    ['an escape sequence', 'a\u001b[2J', 'control-character'],
    ['a C1 control', 'a\u009b2J', 'control-character'],
    ['a right-to-left override', 'a\u202eb', 'direction-character'],
    ['an isolate', 'a\u2066b', 'direction-character'],
    ['a tag character', 'a\u{e0041}b', 'direction-character'],
    ['a byte order mark', '\ufeffa', 'direction-character'],
    ['a line break', 'a\nb', 'line-break'],
    ['a paragraph separator', 'a\u2029b', 'line-break'],
    ['nothing', '  ', 'empty'],
    ['half a character', 'a\ud83d', 'lone-surrogate'],
    ['too much', 'x'.repeat(501), 'too-long'],
  ])('%s', (_, text, code) => {
    expect(checkFreeText(text)?.code ?? null).toBe(code);
  });
});
