/** The Cloud Run starter in all its shapes: complete, well formed, safe, and the same each time. */
import { describe, expect, test } from 'vitest';
import type { Catalogue } from '../../src/content/catalogue.ts';
import type { FileTree } from '../../src/files/tree.ts';
import { tokensIn } from '../../src/starter/placeholder-tokens.ts';
import { cloudRun } from '../../src/starter/serverless-service/cloud-run.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { checkMermaid } from '../checks/mermaid.ts';
import { findSecrets } from '../checks/secrets.ts';
import { checkWorkflows } from '../checks/workflows.ts';
import { cloudRunInput, SHAPES } from './cloud-run-input.ts';
import { checkSafety } from './cloud-run-safety.ts';

const GOOGLE = ['google-6.50.0', 'google-beta-6.50.0'].map(providerSchemas);
const checkTerraform = (files: FileTree) => checkHcl(files, GOOGLE);
const RECORD = /ADR-000[123]\b.*\bdocs\/adr\/000[123]-[a-z-]+\.md/;

/** Records are written by others; links to them have to end somewhere. */
function withRecords(files: FileTree): FileTree {
  const records = [
    '0001-run-on-a-serverless-service',
    '0002-run-containers-on-cloud-run',
    '0003-platform-defaults',
  ];
  return new Map([...files, ...records.map(name => [`docs/adr/${name}.md`, '# Record\n'] as const)]);
}

describe.each(Object.entries(SHAPES))('%s', (_shape, input) => {
  const part = cloudRun(input);
  const { files } = part;

  test('Terraform matches the provider and refers to what exists', async () => {
    expect(await checkTerraform(files)).toEqual([]);
  });
  test('nothing is open, unprotected or too powerful', async () => {
    expect(await checkSafety(files)).toEqual([]);
    expect(findSecrets(files)).toEqual([]);
  });
  test('workflows are understood by GitHub, pinned and may do little', async () => {
    expect(await checkWorkflows(files)).toEqual([]);
  });
  test('pages are well formed, links lead somewhere, diagrams can be drawn', async () => {
    expect(await checkMarkdown(withRecords(files))).toEqual([]);
    expect(await checkMermaid(files)).toEqual([]);
  });
  test('every file opens with the record that it follows from', () => {
    const silent = [...files].filter(
      ([, text]) =>
        !text
          .split('\n')
          .slice(0, 4)
          .some(line => RECORD.test(line) || line.includes('](')),
    );
    expect(silent.map(([path]) => path)).toEqual([]);
  });
  test('text files end with one line feed and hold no trailing space', () => {
    const untidy = [...files].filter(
      ([, text]) => !/[^\n]\n$/.test(text) || /[ \t]$/m.test(text) || text.includes('\r'),
    );
    expect(untidy.map(([path]) => path)).toEqual([]);
  });
  test('every placeholder is explained, and stands where the list says', () => {
    const tokens = new Set([...files.values()].flatMap(tokensIn));
    const listed = part.placeholders.filter(({ file }) => file !== 'CODEOWNERS');
    expect(listed.map(({ token }) => token).sort()).toEqual([...tokens].sort());
    for (const { token, file } of listed) expect(files.get(file)).toContain(token);
  });
  test('every check of a decision names files that are there', () => {
    for (const { command, path } of part.checks) {
      expect([...files.keys()]).toContain(path);
      const filter = /-filter=(\S+)/.exec(command)?.[1];
      if (filter !== undefined) expect([...files.keys()]).toContain(`infra/cloud-run/${filter}`);
    }
  });
  test('runbooks named in alerts and pages exist', () => {
    const named = [...files.values()].flatMap(text => text.match(/docs\/runbooks\/[a-z-]+\.md/g) ?? []);
    expect(named.filter(path => !files.has(path))).toEqual([]);
  });
  test('the same answers give the same bytes', () => {
    expect([...cloudRun(input).files]).toEqual([...files]);
  });
});

describe('workloads follow the answers', () => {
  const paths = (kinds: readonly string[]) => [
    ...cloudRun(cloudRunInput({ 'workload-kinds': kinds })).files.keys(),
  ];
  const rows: readonly [kinds: readonly string[], files: readonly string[]][] = [
    [['web'], ['service-web.tf', 'edge.tf', 'slo.tf']],
    [['api'], ['service-web.tf', 'edge.tf', 'slo.tf']],
    [['worker'], ['worker-pool.tf']],
    [['batch'], ['job.tf']],
    [
      ['web', 'worker', 'batch'],
      ['service-web.tf', 'edge.tf', 'slo.tf', 'worker-pool.tf', 'job.tf'],
    ],
    [[], ['service-web.tf', 'edge.tf', 'slo.tf']],
  ];
  test.each(rows)('%j', (kinds, expected) => {
    const optional = ['service-web.tf', 'edge.tf', 'slo.tf', 'worker-pool.tf', 'job.tf'];
    const there = paths(kinds).map(path => path.replace('infra/cloud-run/', ''));
    expect(optional.filter(name => there.includes(name))).toEqual(expected);
  });
});

test('versions come from the table of releases and from nowhere else', () => {
  const input = cloudRunInput();
  const { releases } = input.catalogue;
  const next = <T extends { readonly version: string }>(list: readonly T[]) =>
    list.map(item => ({ ...item, version: '99.98.97' }));
  const catalogue: Catalogue = {
    ...input.catalogue,
    releases: {
      ...releases,
      components: next(releases.components),
      providers: next(releases.providers),
      tools: next(releases.tools),
      actions: releases.actions.map(action => ({ ...action, tag: 'v99.98.97', commit: null })),
    },
  };
  const { files } = cloudRun({ ...input, catalogue });
  const text = [...files.values()].join('\n').replaceAll('99.98.97', '');
  // What is left are addresses and the runner's name.
  expect(text.match(/(?<![\d./-])\d+\.\d+\.\d+(?![\d./])/g) ?? []).toEqual([]);
});

test('workloads may write traces where traces are kept by Google, and nowhere else', () => {
  const identities = (input = cloudRunInput()) =>
    cloudRun(input).files.get('infra/bootstrap/identity.tf') ?? '';
  expect(identities()).toContain('roles/cloudtrace.agent');
  expect(identities(SHAPES['only a name, no traces'])).not.toContain('cloudtrace');
});

test('nothing of a cluster is in it', () => {
  const text = [...cloudRun(cloudRunInput()).files].flat().join('\n');
  expect(text).not.toMatch(/apiVersion|kubectl|helm|\bpods?\b/i);
});

describe('a mutated repository is caught', () => {
  const { files } = cloudRun(SHAPES['web, worker and job in two regions'] ?? cloudRunInput());
  const checks = {
    'unknown-argument': checkTerraform,
    undeclared: checkTerraform,
    unpinned: checkWorkflows,
    permissions: checkWorkflows,
  };
  const findings = async (tree: FileTree, finding: string): Promise<readonly { readonly code: string }[]> => {
    if (finding in checks) return checks[finding as keyof typeof checks](tree);
    return [...(await checkSafety(tree)), ...findSecrets(tree)];
  };
  const redirect = /\n {2}default_url_redirect \{\n {4}https_redirect[^}]+\}/;
  const rows: readonly [name: string, file: string, from: string | RegExp, to: string, finding: string][] = [
    [
      'an open ingress',
      'infra/cloud-run/service-web.tf',
      'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER',
      'INGRESS_TRAFFIC_ALL',
      'open-ingress',
    ],
    [
      'a missing redirect',
      'infra/cloud-run/edge.tf',
      redirect,
      '\n  default_service = google_compute_backend_service.web.id',
      'no-redirect',
    ],
    [
      'nothing on port 80',
      'infra/cloud-run/edge.tf',
      'port_range            = "80"',
      'port_range            = "8080"',
      'no-redirect',
    ],
    [
      'an unknown argument',
      'infra/cloud-run/service-web.tf',
      'deletion_protection =',
      'delete_protection =',
      'unknown-argument',
    ],
    [
      'an unknown nested argument',
      'infra/cloud-run/slo.tf',
      'good_total_ratio {',
      'good_total_ratios {',
      'unknown-argument',
    ],
    [
      'a variable that is not declared',
      'infra/cloud-run/job.tf',
      'var.job.schedule',
      'var.jobs.schedule',
      'undeclared',
    ],
    [
      'the identity of web for every service',
      'infra/cloud-run/service-web.tf',
      'local.identities[each.value.service]',
      'local.identities["web"]',
      'for-web-alone',
    ],
    [
      'an alert on the instances of web alone',
      'infra/cloud-run/observability.tf',
      'each.value.max_instances',
      'var.web.max_instances',
      'for-web-alone',
    ],
    [
      'one backend for every host',
      'infra/cloud-run/edge.tf',
      'backend_service.web[path_matcher.key]',
      'backend_service.web["web"]',
      'for-web-alone',
    ],
    ['a key', 'scripts/infra.sh', /$/, '-----BEGIN PRIVATE KEY-----\n', 'private-key'],
    [
      'a service account key in a values file',
      'infra/cloud-run/envs/staging.tfvars.example',
      /$/,
      '# {"private_key": "x"}\n',
      'google-service-account-key',
    ],
    [
      'a password in a values file',
      'infra/cloud-run/envs/staging.tfvars.example',
      /$/,
      '# password = "hunter2hunter2"\n',
      'password',
    ],
    [
      'a key as a resource',
      'infra/bootstrap/federation.tf',
      'resource "google_service_account" "plan" {',
      'resource "google_service_account_key" "plan" {',
      'long-lived-key',
    ],
    ['no firewall on the backend', 'infra/cloud-run/edge.tf', /\n {2}security_policy .+/, '', 'no-firewall'],
    ['old TLS', 'infra/cloud-run/edge.tf', '"TLS_1_2"', '"TLS_1_0"', 'old-tls'],
    [
      'the default identity',
      'infra/cloud-run/worker-pool.tf',
      /\n {4}service_account = .+/,
      '',
      'default-identity',
    ],
    [
      'a service without a probe',
      'infra/cloud-run/service-web.tf',
      /\n {6}liveness_probe \{[\s\S]+?\n {6}\}/,
      '',
      'no-probe',
    ],
    [
      'egress around the network',
      'infra/cloud-run/job.tf',
      '"ALL_TRAFFIC"',
      '"PRIVATE_RANGES_ONLY"',
      'unrestricted-egress',
    ],
    [
      'everything allowed to leave',
      'infra/cloud-run/network.tf',
      'action          = "deny"',
      'action          = "allow"',
      'unrestricted-egress',
    ],
    [
      'an owner',
      'infra/bootstrap/federation.tf',
      '"roles/secretmanager.viewer"',
      '"roles/owner"',
      'too-much-power',
    ],
    [
      'a pipeline that may make no endpoint group',
      'infra/bootstrap/federation.tf',
      '    "roles/compute.loadBalancerAdmin",\n',
      '',
      'too-little-power',
    ],
    [
      'everybody',
      'infra/cloud-run/job.tf',
      '"serviceAccount:${local.scheduler}"',
      '"allUsers"',
      'public-member',
    ],
    [
      'an alert that nobody gets',
      'infra/cloud-run/slo.tf',
      /\n {2}notification_channels .+/,
      '',
      'silent-alert',
    ],
    [
      'an action on a branch',
      '.github/workflows/deploy.yaml',
      /checkout@\S+ # \S+/,
      'checkout@main',
      'unpinned',
    ],
    [
      'write permission for every job',
      '.github/workflows/deploy.yaml',
      'permissions: {}',
      'permissions: write-all',
      'permissions',
    ],
  ];
  test.each(rows)('%s', async (_name, file, from, to, finding) => {
    const before = files.get(file) ?? '';
    const after = before.replace(from, () => to);
    expect(after).not.toBe(before);
    const found = await findings(new Map([...files, [file, after]]), finding);
    expect(found.map(({ code }) => code)).toContain(finding);
  });
});
