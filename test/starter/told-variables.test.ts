/** What a cluster is told: the bootstrap compares it with the infrastructure, and a script fills in what a cloud makes up. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { scratch } from '../cli/run.ts';
import { starterOf } from './platform-aws.ts';

const PROXY = { egress: 'proxy' };
const STACKS = {
  'EKS behind a proxy': starterOf('market-hall-aws', { pins: { ...PROXY, platform: 'kubernetes' } }),
  'AKS behind a proxy': starterOf('regulated-azure', { pins: PROXY }),
  'machines of AWS behind a proxy': starterOf('market-hall-aws', {
    pins: { ...PROXY, platform: 'kubernetes', 'control-plane': 'self-managed', distribution: 'rke2' },
  }),
  'EKS without a way out': starterOf('market-hall-aws', { answers: { 'egress-control': 'nothing' } }),
  GKE: starterOf('ride-dispatch-gcp'),
} as const;

type Values = Readonly<Record<string, string>>;

/** The first cluster of a tree, and what it is told. */
function toldOf(files: ReadonlyMap<string, string>) {
  const path = [...files.keys()].find(each => each.endsWith('/variables/cluster-vars.yaml')) ?? '';
  const { data } = parse(files.get(path) ?? '') as { data: Values };
  return { path, cluster: path.split('/')[1] ?? '', data };
}

function inFolder(files: Readonly<Record<string, string>>): string {
  const folder = join(scratch(), 'repository');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: 0o755 });
  }
  return folder;
}

const bash = (folder: string, script: string) =>
  spawnSync('bash', ['-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
  });

/** As OpenTofu prints it: compact, by name. */
const printed = (values: Values) =>
  JSON.stringify(Object.fromEntries(Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1))));
const TOFU = `#!/usr/bin/env bash
case "$*" in *'output -json cluster_vars'*) cat printed.json ;; esac
`;

describe.each(Object.entries(STACKS))('%s', (_name, { files }) => {
  const { path, cluster, data } = toldOf(files);
  const lines = (files.get('scripts/bootstrap.sh') ?? '').split('\n');
  const compared = lines.filter(line => /^(?:variables\(\)|diff <\(variables)/.test(line)).join('\n');
  const compare = (values: Values) =>
    bash(
      inFolder({ [path]: files.get(path) ?? '', 'printed.json': printed(values), tofu: TOFU }),
      `set -euo pipefail; cluster=${cluster}; CLUSTER_VARS=printed.json\n${compared}`,
    );

  test('the same is seen to be the same, whatever stands in it', () => {
    expect(compared).toContain('diff <(variables');
    const { status, stdout } = compare(data);
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
  test.each(Object.keys(data).filter(name => ['CLUSTER_NAME', 'NO_PROXY', 'NODE_SETTINGS'].includes(name)))(
    'another %s is seen',
    name => {
      expect(compare({ ...data, [name]: 'something else' }).status).toBe(1);
    },
  );
});

test('lists behind a proxy have commas, and settings of nodes braces', () => {
  const { data } = toldOf(STACKS['EKS behind a proxy'].files);
  expect(data.NO_PROXY).toContain(',');
  expect(data.NODE_SETTINGS).toMatch(/\{.+, .+\}/);
});

test.each(['EKS behind a proxy', 'AKS behind a proxy'] as const)(
  'what the cloud made up is filled in, and nothing else changes: %s',
  name => {
    const { files } = STACKS[name];
    const { path, cluster, data } = toldOf(files);
    const script = 'scripts/fill-cluster-vars.sh';
    const made = Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, value.replace(/replace[-_]me[-_][\w-]+/i, 'made-up')]),
    );
    const git = '#!/usr/bin/env bash\n';
    const folder = inFolder({
      [path]: files.get(path) ?? '',
      [script]: files.get(script) ?? '',
      'printed.json': printed(made),
      tofu: TOFU,
      git,
    });
    const { status } = bash(folder, `${script} ${cluster}`);
    expect(status).toBe(0);
    const filled = readFileSync(join(folder, path), 'utf8');
    expect((parse(filled) as { data: Values }).data).toEqual(made);
    expect(JSON.stringify(made)).toContain('made-up');
  },
);

test('the preflight of a cluster on EKS takes what the first apply makes up for no mistake', () => {
  const preflight = STACKS['EKS without a way out'].files.get('scripts/preflight.sh') ?? '';
  expect(preflight).toMatch(/else unknown "clusters\/\$cluster has placeholders/);
});
