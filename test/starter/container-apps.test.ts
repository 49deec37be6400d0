/** The Container Apps starter in all its shapes: complete, well formed, safe, and the same each time. */
import { describe, expect, test } from 'vitest';
import type { Catalogue } from '../../src/content/catalogue.ts';
import type { FileTree } from '../../src/files/tree.ts';
import { tokensIn } from '../../src/starter/placeholder-tokens.ts';
import { serverlessPart } from '../../src/starter/serverless.ts';
import { LIMITS } from '../../src/starter/serverless-service/container-apps/limits.ts';
import { containerApps } from '../../src/starter/serverless-service/container-apps.ts';
import { checkHcl, providerSchemas, resourcesIn } from '../checks/hcl.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { checkMermaid } from '../checks/mermaid.ts';
import { findSecrets } from '../checks/secrets.ts';
import { checkWorkflows } from '../checks/workflows.ts';
import { containerAppsInput, PRIVATE, SHAPES } from './container-apps-input.ts';
import { checkAzureSafety, findingsIn, forWebAlone } from './container-apps-safety.ts';

const AZURE = [providerSchemas('azurerm-4.55.0')];
const checkTerraform = (files: FileTree) => checkHcl(files, AZURE);
const RECORD = /ADR-000[123]\b.*\bdocs\/adr\/000[123]-[a-z-]+\.md/;
const FOLDER = 'infra/container-apps';

/** Records are written by others; links to them have to end somewhere. */
function withRecords(files: FileTree): FileTree {
  const records = [
    '0001-run-on-a-serverless-service',
    '0002-run-containers-on-container-apps',
    '0003-platform-defaults',
  ];
  return new Map([...files, ...records.map(name => [`docs/adr/${name}.md`, '# Record\n'] as const)]);
}

describe.each(Object.entries(SHAPES))('%s', (_shape, input) => {
  const part = containerApps(input);
  const { files } = part;

  test('Terraform matches the provider and refers to what exists', async () => {
    expect(await checkTerraform(files)).toEqual([]);
  });
  test('nothing is open, unprotected or too powerful', async () => {
    expect(await checkAzureSafety(files)).toEqual([]);
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
      if (filter !== undefined) expect([...files.keys()]).toContain(`${FOLDER}/${filter}`);
    }
  });
  test('runbooks and scripts that are named exist', () => {
    const all = [...files.values()].join('\n');
    const named = all.match(/docs\/runbooks\/[a-z-]+\.md|scripts\/[a-z-]+\.sh/g) ?? [];
    const common = ['scripts/validate.sh', 'scripts/check-placeholders.sh'];
    expect(named.filter(path => !files.has(path) && !common.includes(path))).toEqual([]);
  });
  test('the same answers give the same bytes', () => {
    expect([...containerApps(input).files]).toEqual([...files]);
  });
});

describe('files follow answers and picks', () => {
  const rows: readonly [Parameters<typeof containerAppsInput>, readonly string[]][] = [
    [[{ 'workload-kinds': ['web'] }], ['service-web.tf', 'edge.tf', 'slo.tf', 'egress.tf']],
    [[{ 'workload-kinds': ['worker'] }], ['worker.tf', 'egress.tf']],
    [[{ 'workload-kinds': ['batch'] }, { egress: 'no-egress' }], ['job.tf']],
    [[{ 'workload-kinds': ['worker'] }, { egress: 'proxy' }], ['worker.tf']],
    [
      [{ 'workload-kinds': ['web', 'batch'] }, { network: 'existing-network', egress: 'dns-policy' }],
      ['service-web.tf', 'edge.tf', 'slo.tf', 'job.tf'],
    ],
  ];
  test.each(rows)('%j', (given, expected) => {
    const optional = ['service-web.tf', 'edge.tf', 'slo.tf', 'worker.tf', 'job.tf', 'egress.tf'];
    const there = [...containerApps(containerAppsInput(...given)).files.keys()].map(path =>
      path.replace(`${FOLDER}/`, ''),
    );
    expect(optional.filter(name => there.includes(name)).sort()).toEqual([...expected].sort());
  });

  test('a service on the internet has Front Door, one for its own network has none', () => {
    const text = (picks: Readonly<Record<string, string>>) =>
      containerApps(containerAppsInput({}, picks)).files.get(`${FOLDER}/edge.tf`) ?? '';
    expect(text({})).toContain('azurerm_cdn_frontdoor_firewall_policy');
    expect(text({ network: 'existing-network' })).not.toContain('frontdoor');
    expect(text({ network: 'existing-network' })).toContain('azurerm_private_dns_zone');
  });

  test('the owner of a network that exists is asked for what a network of its own has', () => {
    const made = (network: string) =>
      containerApps(containerAppsInput(PRIVATE, { network, egress: 'central-firewall' })).files;
    const page = made('existing-network').get('docs/runbooks/given-network.md') ?? '';
    const own = made('create-network');
    const rules = (own.get(`${FOLDER}/network.tf`) ?? '')
      .split(/^resource "azurerm_network_security_rule" /m)
      .filter(rule => /access += "Allow"/.test(rule) && !rule.includes('var.egress_ranges'));
    const named = rules.flatMap(rule =>
      [...rule.matchAll(/(?:address_prefix|port_ranges?) += (.*)$/gm)].flatMap(([, value = '']) => [
        ...[...value.matchAll(/"([^"*]+)"/g)].map(([, text = '']) => text),
      ]),
    );
    const hosts = /platform_domains = \[([^\]]*)\]/.exec(own.get(`${FOLDER}/egress.tf`) ?? '')?.[1] ?? '';
    const domains = [...hosts.matchAll(/"(.*)"/g)].map(([, host = '']) => host);
    expect(rules.length).toBeGreaterThan(9);
    expect(domains.length).toBeGreaterThan(8);
    expect([...named, ...domains].filter(each => !page.includes(each))).toEqual([]);
    expect(own.has('docs/runbooks/given-network.md')).toBe(false);
  });

  test('a larger container gets a profile with room beside it', () => {
    const { files } = containerApps(containerAppsInput({ 'largest-unit': 'large' }));
    expect(files.get(`${FOLDER}/environment.tf`)).toContain('workload_profile_type = "E32"');
    expect(files.get(`${FOLDER}/service-web.tf`)).toContain('workload_profile_name        = "dedicated"');
    expect(files.get(`${FOLDER}/variables.tf`)).toContain('Limit of the workload profile E32 (PLAT-08)');
  });

  test('what was picked and is not set up is said', () => {
    const picks = {
      logs: 'vendor',
      secrets: 'vault',
      'image-signing': 'notary-project',
      'workload-identity': 'spiffe',
      'human-access': 'oidc-groups-jit',
      registry: 'harbor',
      'dns-and-certificates': 'corporate-pki',
    };
    const alone = containerAppsInput({}, { platform: 'serverless', ...picks });
    const { missing = [], files } = containerApps(alone);
    expect(missing.map(({ decision }) => decision).sort()).toEqual(Object.keys(picks).sort());
    expect([...files.keys()]).not.toContain('scripts/verify-images.sh');
    expect(containerApps(containerAppsInput()).missing).toEqual([]);
  });

  test('what is set up is not said to be missing', () => {
    const said = (picks: Readonly<Record<string, string>>) =>
      (containerApps(containerAppsInput({}, { platform: 'serverless', ...picks })).missing ?? []).map(
        ({ decision }) => decision,
      );
    const written = { 'human-access': 'oidc-groups', egress: 'open-nat', network: 'create-network' };
    expect(said(written)).toEqual([]);
    const given = { network: 'existing-network', 'dns-and-certificates': 'corporate-pki' };
    expect(said({ ...given, egress: 'central-firewall' })).toEqual([]);
    expect(said({ egress: 'central-firewall' })).toEqual(['egress']);
  });
});

describe('answers beyond a limit are refused by its name, with the fact', () => {
  const rows: readonly [name: string, answers: Parameters<typeof containerAppsInput>[0]][] = [
    ['operating system', { windows: 'yes' }],
    ['architecture', { architecture: 'arm64' }],
    ['ingress protocols', { protocols: ['http', 'udp'] }],
    ['access to nodes', { 'workload-kinds': ['web', 'agent'] }],
    ['request timeout', { 'workload-kinds': ['web'], 'max-duration': 'hours' }],
    ['CPU and memory of a replica', { 'largest-unit': 'very-large' }],
    ['GPU profiles', { 'workload-kinds': ['gpu', 'batch'] }],
  ];
  const picks = { 'serverless-service': 'container-apps' };

  test.each(rows)('%s', (name, answers) => {
    const { part, missing } = serverlessPart(containerAppsInput(answers, picks));
    expect(part).toBeNull();
    const fact = LIMITS.find(limit => limit.name === name)?.fact;
    expect(missing.map(({ because }) => because).join()).toContain(`"${name}" (${fact})`);
  });
  test('no limit is without a case, and every fact is there', () => {
    expect(rows.map(([name]) => name)).toEqual(LIMITS.map(({ name }) => name));
    const facts = containerAppsInput().catalogue.facts.map(({ id }) => id);
    for (const { fact } of LIMITS) expect(facts).toContain(fact);
  });
  test('beside a cluster the rest goes there, and long work fits a job', () => {
    const both = containerAppsInput({ windows: 'yes' }, { ...picks, platform: 'both' });
    expect(serverlessPart(both).part).not.toBeNull();
    const job = containerAppsInput({ 'workload-kinds': ['web', 'batch'], 'max-duration': 'hours' }, picks);
    expect(serverlessPart(job).part).not.toBeNull();
  });
});

test('versions come from the table of releases and from nowhere else', () => {
  const input = containerAppsInput();
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
  const { files } = containerApps({ ...input, catalogue });
  const text = [...files.values()].join('\n').replaceAll('99.98.97', '');
  // What is left are addresses and versions of formats that Azure gives out.
  const left = text.match(/(?<![\d./-])\d+\.\d+\.\d+(?![\d./])/g) ?? [];
  expect(left).toEqual([]);
});

test('project details reach values files and pages only, never a workflow or a script', () => {
  const details = {
    name: 'evil-name',
    organisation: 'EVIL',
    domain: 'EVIL',
    regions: ['EVIL'],
    teams: ['EVIL'],
    alertReceiver: 'EVIL',
  };
  const { files, nextSteps } = containerApps(containerAppsInput({}, {}, details));
  const reached = [...files].filter(([, text]) => /EVIL|evil-name/.test(text)).map(([file]) => file);
  expect(reached.filter(file => !/\.tfvars\.example$|^docs\/.+\.md$/.test(file))).toEqual([]);
  expect(nextSteps.join('\n')).not.toContain('EVIL');
});

test('scripts find the state where Terraform puts it', () => {
  const { files } = containerApps(containerAppsInput());
  const providers = files.get(`${FOLDER}/providers.tf`) ?? '';
  expect(providers).toContain(
    'substr(sha256("${var.subscription_id}/${var.name}/${var.environment}"), 0, 18)',
  );
  for (const name of ['scripts/infra.sh', 'scripts/bootstrap.sh']) {
    const script = files.get(name) ?? '';
    expect(script).toContain('"$(value subscription_id)/$(value name)/$(value environment)"');
    expect(script).toContain('openssl dgst -sha256 -r | cut -c1-18');
  }
  expect(files.get('infra/bootstrap/state.tf')).toContain('name                = "st${local.unique}"');
});

test('the owner of a network lets identities in after they are made, that of the plan among them', () => {
  const { nextSteps, files } = containerApps(
    SHAPES['web, worker and job in a network that exists'] ?? containerAppsInput(),
  );
  const [made, letIn] = ['scripts/bootstrap.sh', 'ENVIRONMENT-github-plan'].map(part =>
    nextSteps.findIndex(step => step.includes(part)),
  );
  expect(made).toBeGreaterThan(0);
  expect(letIn).toBe((made ?? 0) + 1);
  // What the owner is asked for names service tags; what is written here has none.
  const pages = [...files].filter(
    ([file]) => file.startsWith('docs/') && !file.endsWith('/given-network.md'),
  );
  expect(pages.join('\n')).not.toMatch(/Front Door|network of its own|service tag/);
});

test('without signatures and traces images are built and locked all the same, and nobody may write telemetry', () => {
  const { files } = containerApps(SHAPES['web, worker and job behind a proxy'] ?? containerAppsInput());
  const image = files.get('.github/workflows/image.yaml') ?? '';
  expect(image).toContain('--write-enabled false');
  expect(image).not.toContain('cosign');
  expect(files.get('infra/bootstrap/identity.tf')).not.toContain('Monitoring Metrics Publisher');
  expect(files.get('docs/runbooks/slo-burn.md')).not.toContain('traces');
});

describe('a mutated repository is caught', () => {
  const { files } = containerApps(containerAppsInput({ 'workload-kinds': ['web', 'worker', 'batch'] }));
  const checks = {
    'unknown-argument': checkTerraform,
    'missing-argument': checkTerraform,
    undeclared: checkTerraform,
    unpinned: checkWorkflows,
    permissions: checkWorkflows,
  };
  const parsed = resourcesIn(files);
  /** Of the file that changed alone, with the resources of all others as they were. */
  const findings = async (
    file: string,
    text: string,
    finding: string,
  ): Promise<readonly { readonly code: string }[]> => {
    const changed = new Map([[file, text]]);
    if (finding in checks) {
      const folder = [...files].filter(([path]) => path.startsWith(`${FOLDER}/`));
      const around = file.startsWith(FOLDER) ? folder : [];
      return checks[finding as keyof typeof checks](new Map([...around, ...changed]));
    }
    const others = (await parsed).filter(resource => resource.file !== file);
    return [
      ...findingsIn([...others, ...(await resourcesIn(changed))]),
      ...forWebAlone(changed),
      ...findSecrets(changed),
    ];
  };
  const at = (name: string) => `${FOLDER}/${name}`;
  const rows: readonly [name: string, file: string, from: string | RegExp, to: string, finding: string][] = [
    [
      'a network open to the world',
      at('network.tf'),
      /source_address_prefix {7}= "VirtualNetwork"/,
      'source_address_prefix       = "*"',
      'open-to-the-world',
    ],
    [
      'the last rule for what leaves turned round',
      at('network.tf'),
      /(?<="Outbound"\n {2}access +)= "Deny"/,
      '= "Allow"',
      'unrestricted-egress',
    ],
    ['an environment on the internet', at('environment.tf'), '"Disabled"', '"Enabled"', 'public-environment'],
    [
      'an environment in one zone',
      at('environment.tf'),
      'zone_redundancy_enabled = true',
      'zone_redundancy_enabled = false',
      'one-zone',
    ],
    [
      'plain HTTP',
      at('service-web.tf'),
      'allow_insecure_connections = false',
      'allow_insecure_connections = true',
      'plain-http',
    ],
    [
      'no redirect',
      at('edge.tf'),
      'https_redirect_enabled = true',
      'https_redirect_enabled = false',
      'plain-http',
    ],
    ['old TLS', at('edge.tf'), '"TLS12"', '"TLS10"', 'old-tls'],
    [
      'no firewall',
      at('edge.tf'),
      /resource "azurerm_cdn_frontdoor_security_policy"[\s\S]+?\n}\n/,
      '',
      'no-firewall',
    ],
    [
      'an origin that anybody reaches',
      at('edge.tf'),
      'sharedPrivateLinkResource',
      'otherResource',
      'origin-past-the-firewall',
    ],
    [
      'the admin of the registry',
      'infra/bootstrap/registry.tf',
      /admin_enabled( +)= false/,
      'admin_enabled = true',
      'shared-password',
    ],
    [
      'keys of the state',
      'infra/bootstrap/state.tf',
      /shared_access_key_enabled( +)= false/,
      'shared_access_key_enabled = true',
      'shared-password',
    ],
    [
      'a password for the registry',
      at('worker.tf'),
      /server( +)= data/,
      'password_secret_name = "registry"\n    server = data',
      'shared-password',
    ],
    [
      'an identity of another workload',
      at('worker.tf'),
      'workload["worker"].id]',
      'workload["web"].id]',
      'shared-identity',
    ],
    [
      'the identity of web for every service',
      at('service-web.tf'),
      'workload[each.key].id]',
      'workload["web"].id]',
      'shared-identity',
    ],
    [
      'the secrets of web for every service',
      at('service-web.tf'),
      'local.mounted_secrets[each.key]',
      'local.mounted_secrets["web"]',
      'for-web-alone',
    ],
    [
      'an alarm on the replicas of web alone',
      at('observability.tf'),
      'local.services[each.key].max_replicas',
      'var.web.max_replicas',
      'for-web-alone',
    ],
    ['the host of web alone', at('edge.tf'), '= each.value.host', '= var.domain', 'for-web-alone'],
    [
      'a firewall before the host of web alone',
      at('edge.tf'),
      'for_each = azurerm_cdn_frontdoor_custom_domain.main',
      'for_each = { web = azurerm_cdn_frontdoor_custom_domain.main["web"] }',
      'host-past-the-firewall',
    ],
    [
      'a host that goes before the firewall lets it',
      at('edge.tf'),
      'create_before_destroy = true',
      'create_before_destroy = false',
      'stuck-host',
    ],
    [
      'a service without a probe',
      at('service-web.tf'),
      /\n {6}liveness_probe \{[\s\S]+?\n {6}\}/,
      '',
      'no-probe',
    ],
    ['all requests at once', at('service-web.tf'), '"Multiple"', '"Single"', 'all-at-once'],
    [
      'a registry without a lock',
      'infra/bootstrap/registry.tf',
      /resource "azurerm_management_lock"[\s\S]+?\n}\n/,
      '',
      'unprotected',
    ],
    [
      'logs that a plan may destroy',
      'infra/bootstrap/logs.tf',
      'prevent_destroy = true',
      'prevent_destroy = false',
      'unprotected',
    ],
    ['a vault for everybody', 'infra/bootstrap/vaults.tf', '"Deny"', '"Allow"', 'open-vault'],
    ['an owner', 'infra/bootstrap/federation.tf', '"Contributor"', '"Owner"', 'too-much-power'],
    [
      'a contributor to the base',
      'infra/bootstrap/federation.tf',
      /azurerm_resource_group\.main\.id\n {2}role_definition_name = "Contributor"/,
      'azurerm_resource_group.base.id\n  role_definition_name = "Contributor"',
      'too-much-power',
    ],
    [
      'a token from anywhere',
      'infra/bootstrap/federation.tf',
      /subject( +)= each.value\n/,
      'subject = "repo:*"\n',
      'anybody-may-deploy',
    ],
    [
      'an environment without logs',
      at('environment.tf'),
      /resource "azurerm_monitor_diagnostic_setting"[\s\S]+?\n}\n/,
      '',
      'no-logs',
    ],
    ['an alert that nobody gets', at('slo.tf'), /\n {2}action \{[\s\S]+?\n {2}\}/, '', 'silent-alert'],
    [
      'an unknown argument',
      at('service-web.tf'),
      'max_inactive_revisions ',
      'max_idle_revisions     ',
      'unknown-argument',
    ],
    ['a variable that is not declared', at('job.tf'), 'var.job.schedule', 'var.jobs.schedule', 'undeclared'],
    ['a key', 'scripts/infra.sh', /$/, '-----BEGIN PRIVATE KEY-----\n', 'private-key'],
    [
      'a password in a values file',
      at('envs/staging.tfvars.example'),
      /$/,
      '# password = "hunter2hunter2"\n',
      'password',
    ],
    ['an action on a branch', '.github/workflows/image.yaml', /login@\S+ # \S+/, 'login@main', 'unpinned'],
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
    const found = await findings(file, after, finding);
    expect(found.map(({ code }) => code)).toContain(finding);
  });
});
