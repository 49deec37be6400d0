/** The ECS starter in all its shapes: complete, well formed, safe, and the same each time. */
import { describe, expect, test } from 'vitest';
import type { FileTree } from '../../src/files/tree.ts';
import { tokensIn } from '../../src/starter/placeholder-tokens.ts';
import { ecsFargate } from '../../src/starter/serverless-service/ecs.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { checkMermaid } from '../checks/mermaid.ts';
import { findSecrets } from '../checks/secrets.ts';
import { checkWorkflows } from '../checks/workflows.ts';
import { ECS_SHAPES, ecsInput } from './ecs-input.ts';
import { checkEcsSafety } from './ecs-safety.ts';

const AWS = [providerSchemas('aws-6.25.0')];
const checkTerraform = (files: FileTree) => checkHcl(files, AWS);
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

describe.each(Object.entries(ECS_SHAPES))('%s', (_shape, [make, input]) => {
  const part = make(input);
  const { files } = part;

  test('Terraform matches the provider and refers to what exists', async () => {
    expect(await checkTerraform(files)).toEqual([]);
  });
  test('nothing is open, unprotected or too powerful', async () => {
    expect(await checkEcsSafety(files)).toEqual([]);
    expect(findSecrets(files)).toEqual([]);
  });
  test('workflows are understood by GitHub, pinned and may do little', async () => {
    expect(await checkWorkflows(files)).toEqual([]);
  });
  test('pages are well formed, links lead somewhere, diagrams can be drawn', async () => {
    expect(await checkMarkdown(withRecords(files))).toEqual([]);
    expect(await checkMermaid(files)).toEqual([]);
  });
  test('every file opens with the record that it follows from, and is tidy', () => {
    const opens = (text: string) =>
      text
        .split('\n')
        .slice(0, 4)
        .some(line => RECORD.test(line) || line.includes(']('));
    const silent = [...files].filter(([, text]) => !opens(text));
    expect(silent.map(([path]) => path)).toEqual([]);
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
  test('every check of a decision, and every runbook that an alert names, is there', () => {
    for (const { command, path } of part.checks) {
      expect([...files.keys()]).toContain(path);
      const filter = /-filter=(\S+)/.exec(command)?.[1];
      if (filter !== undefined) expect([...files.keys()]).toContain(`infra/ecs/${filter}`);
    }
    const named = [...files.values()].flatMap(text => text.match(/docs\/runbooks\/[a-z-]+\.md/g) ?? []);
    expect(named.filter(path => !files.has(path))).toEqual([]);
  });
  test('roles that tasks, schedules and pipelines name are made by the bootstrap', () => {
    const made = files.get('infra/bootstrap/identity.tf') ?? '';
    const used = [...files]
      .filter(([path]) => path.startsWith('infra/ecs/') && path.endsWith('.tf'))
      .flatMap(([, text]) =>
        [...text.matchAll(/:role\/\$\{var\.name\}-([a-z-]+)"/g)].map(([, name]) => name),
      );
    expect(used.length).toBeGreaterThan(0);
    for (const name of used)
      expect(made).toMatch(
        new RegExp(`name += "(\\$\\{var\\.name\\}-)?(\\$\\{each\\.key\\}-)?${name?.replace(/^-/, '')}"`),
      );
  });
  test('the same answers give the same bytes', () => {
    expect([...make(input).files]).toEqual([...files]);
  });
});

describe('workloads follow the answers', () => {
  const rows: readonly [kinds: readonly string[], files: readonly string[]][] = [
    [['web'], ['service-web.tf', 'edge.tf', 'slo.tf']],
    [['worker'], ['service-worker.tf']],
    [['batch'], ['job.tf']],
    [
      ['web', 'worker', 'batch'],
      ['service-web.tf', 'edge.tf', 'slo.tf', 'service-worker.tf', 'job.tf'],
    ],
  ];
  test.each(rows)('%j', (kinds, expected) => {
    const optional = ['service-web.tf', 'edge.tf', 'slo.tf', 'service-worker.tf', 'job.tf'];
    const there = [...ecsFargate(ecsInput({ 'workload-kinds': kinds })).files.keys()];
    expect(optional.filter(name => there.includes(`infra/ecs/${name}`))).toEqual(expected);
  });
});

test('nothing of a cluster and no long number of a version stands in it but from the table of releases', () => {
  const input = ecsInput({ 'workload-kinds': ['web', 'worker', 'batch'] });
  const { releases } = input.catalogue;
  const known = [...releases.components, ...releases.providers, ...releases.tools].map(each =>
    each.version.replace(/^v/, ''),
  );
  const tags = releases.actions.map(({ tag }) => tag.replace(/^v/, ''));
  const text = [...ecsFargate(input).files].flat().join('\n');
  const found = text.match(/(?<![\d./-])\d+\.\d+\.\d+(?![\d./])/g) ?? [];
  const addresses = new Set(['127.0.0.1']);
  expect(found.filter(each => !known.includes(each) && !tags.includes(each) && !addresses.has(each))).toEqual(
    [],
  );
  expect(text).not.toMatch(/apiVersion|kubectl|\bpods?\b/i);
});

test('a long name is cut before a bucket or a role cannot carry it', () => {
  const name = 'a-name-of-exactly-forty-letters-and-more';
  const { files } = ecsFargate(ecsInput({}, { ...ecsInput().project, name, regions: ['eu-central-1'] }));
  const used = /default += "(a-name[a-z-]*)"/.exec(files.get('infra/ecs/variables.tf') ?? '')?.[1] ?? '';
  expect(used).toBe('a-name-of-exactly-forty-letters');
  expect(`${used}-000000000000-access-logs`.length).toBeLessThanOrEqual(63);
  expect(files.get('scripts/infra.sh')).toContain(`:-${used}}`);
});

describe('a mutated repository is caught', () => {
  const [make, input] = ECS_SHAPES['web, worker and job on arm64, two regions named'] ?? [
    ecsFargate,
    ecsInput(),
  ];
  const { files } = make(input);
  const checks = {
    'unknown-argument': checkTerraform,
    undeclared: checkTerraform,
    unpinned: checkWorkflows,
    permissions: checkWorkflows,
  };
  const findings = async (tree: FileTree, finding: string): Promise<readonly { readonly code: string }[]> => {
    if (finding in checks) return checks[finding as keyof typeof checks](tree);
    return [...(await checkEcsSafety(tree)), ...findSecrets(tree)];
  };
  const infra = (file: string) => `infra/ecs/${file}.tf`;
  const bootstrap = (file: string) => `infra/bootstrap/${file}.tf`;
  const rows: readonly [name: string, file: string, from: string | RegExp, to: string, finding: string][] = [
    [
      'an open security group',
      infra('edge'),
      'referenced_security_group_id = aws_security_group.edge.id',
      'cidr_ipv4                    = "0.0.0.0/0"',
      'open-security-group',
    ],
    [
      'a security group with rules of its own',
      infra('egress'),
      'description = "AWS services, from tasks."',
      'description = "x"\n  ingress {\n    from_port = 0\n    to_port = 0\n    protocol = "-1"\n    cidr_blocks = ["0.0.0.0/0"]\n  }',
      'open-security-group',
    ],
    [
      'everything allowed to leave',
      infra('egress'),
      'cidr_ipv4         = each.value.range',
      'cidr_ipv4         = "0.0.0.0/0"',
      'unrestricted-egress',
    ],
    ['every name resolves', infra('egress'), '"BLOCK"', '"ALLOW"', 'unrestricted-egress'],
    [
      'a missing redirect',
      infra('edge'),
      /protocol {10}= "HTTP"\n\n {2}default_action \{\n {4}type = "redirect"\n\n {4}redirect \{[^}]+\}/,
      'protocol          = "HTTP"\n\n  default_action {\n    type             = "forward"\n    target_group_arn = aws_lb_target_group.web["blue"].arn',
      'no-redirect',
    ],
    [
      'nothing on port 80',
      infra('edge'),
      'port              = 80',
      'port              = 8080',
      'no-redirect',
    ],
    [
      'old TLS',
      infra('edge'),
      'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      'ELBSecurityPolicy-2016-08',
      'old-tls',
    ],
    [
      'no firewall on the load balancer',
      infra('edge'),
      /resource "aws_wafv2_web_acl_association"[\s\S]+?\n\}\n/,
      '',
      'no-firewall',
    ],
    [
      'a load balancer that anybody may delete',
      infra('edge'),
      'enable_deletion_protection = var.deletion_protection',
      'enable_deletion_protection = false',
      'unprotected',
    ],
    [
      'an alarm on the tasks of web alone',
      infra('observability'),
      'each.value.max_tasks',
      'var.web.max_tasks',
      'for-web-alone',
    ],
    [
      'the role of web for every service',
      infra('tasks'),
      'local.roles.task[each.key]',
      'local.roles.task["web"]',
      'for-web-alone',
    ],
    [
      'a key that can be destroyed',
      bootstrap('encryption'),
      'prevent_destroy = true',
      'prevent_destroy = false',
      'unprotected',
    ],
    [
      'an address on the internet',
      infra('service-worker'),
      'assign_public_ip = false',
      'assign_public_ip = true',
      'public-address',
    ],
    [
      'a shell in a task',
      infra('service-web'),
      /enable_execute_command( +)= false/,
      'enable_execute_command = true',
      'shell-in-a-task',
    ],
    [
      'no way back for the worker',
      infra('service-worker'),
      'rollback = true',
      'rollback = false',
      'no-way-back',
    ],
    [
      'alarms that do not roll back',
      infra('service-web'),
      'rollback    = true',
      'rollback    = false',
      'no-way-back',
    ],
    ['the default identity', infra('tasks'), /\n {2}task_role_arn .+/, '', 'default-identity'],
    [
      'a container that may write',
      infra('tasks'),
      'readonlyRootFilesystem = true\n      linuxParameters',
      'readonlyRootFilesystem = false\n      linuxParameters',
      'open-container',
    ],
    ['a log that is not encrypted', infra('tasks'), /\n {2}kms_key_id .+/, '', 'not-encrypted'],
    [
      'any repository on GitHub',
      bootstrap('federation'),
      'test     = "StringEquals"\n      variable = "token.actions.githubusercontent.com:sub"',
      'test     = "StringLike"\n      variable = "token.actions.githubusercontent.com:sub"',
      'anybody-on-github',
    ],
    ['all rights', bootstrap('federation'), '"ecs:*"', '"iam:*"', 'too-much-power'],
    ['an alert that nobody gets', infra('service-worker'), /\n {2}alarm_actions .+/, '', 'silent-alert'],
    ['tags that move', bootstrap('registry'), '"IMMUTABLE"', '"MUTABLE"', 'mutable-tags'],
    [
      'images that nobody scans',
      bootstrap('registry'),
      'scan_on_push = true',
      'scan_on_push = false',
      'unscanned',
    ],
    [
      'an open bucket',
      bootstrap('state'),
      'restrict_public_buckets = true',
      'restrict_public_buckets = false',
      'open-bucket',
    ],
    [
      'a key of a user',
      bootstrap('federation'),
      'resource "aws_iam_openid_connect_provider" "github" {',
      'resource "aws_iam_access_key" "github" {\n  user = "x"\n}\n\nresource "aws_iam_openid_connect_provider" "github" {',
      'long-lived-key',
    ],
    ['a private key', 'scripts/infra.sh', /$/, '-----BEGIN PRIVATE KEY-----\n', 'private-key'],
    [
      'a key of AWS in a values file',
      'infra/ecs/envs/staging.tfvars.example',
      /$/,
      `# ${['AKIA', 'ABCDEFGHIJKLMNOP'].join('')}\n`,
      'aws-access-key',
    ],
    [
      'an unknown argument',
      infra('edge'),
      'drop_invalid_header_fields =',
      'drop_invalid_headers =',
      'unknown-argument',
    ],
    [
      'an unknown nested argument',
      infra('service-web'),
      'canary_percent              =',
      'canary_percentage           =',
      'unknown-argument',
    ],
    ['a variable that is not declared', infra('job'), 'var.job.schedule', 'var.jobs.schedule', 'undeclared'],
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
    const alone = file.startsWith('.github/');
    const found = await findings(new Map([...(alone ? [] : files), [file, after]]), finding);
    expect(found.map(({ code }) => code)).toContain(finding);
  });
});
