/** The pages of a starter, its placeholders, and what it says where something is not generated yet. */
import { describe, expect, test } from 'vitest';
import { numberAdrs } from '../../src/adr/number.ts';
import { mergeTrees } from '../../src/files/tree.ts';
import { CHOICES } from '../../src/starter/choices.ts';
import { CNIS } from '../../src/starter/cni/options.ts';
import { CONTROL_PLANES } from '../../src/starter/control-plane/options.ts';
import { EDGES } from '../../src/starter/edge/options.ts';
import { DELIVERIES } from '../../src/starter/gitops/options.ts';
import { tokensIn } from '../../src/starter/placeholder-tokens.ts';
import { SERVERLESS } from '../../src/starter/serverless.ts';
import { TOPOLOGIES } from '../../src/starter/topology/clusters.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { checkMermaid } from '../checks/mermaid.ts';
import { catalogue, exampleInput, starterOf } from './platform-aws.ts';

describe('every option of a decision has an entry', () => {
  test.each([
    ['serverless-service', SERVERLESS],
    ['control-plane', CONTROL_PLANES],
    ['topology', TOPOLOGIES],
    ['cni', CNIS],
    ['edge', EDGES],
    ['gitops', DELIVERIES],
    ...Object.entries(CHOICES).filter(([id]) => catalogue.decisions.some(each => each.id === id)),
  ] as const)('%s', (decision, table) => {
    const known = catalogue.decisions.find(({ id }) => id === decision)?.options.map(({ id }) => id);
    expect(Object.keys(table).sort()).toEqual([...(known ?? [])].sort());
  });
});

describe('the pages of platform-aws', () => {
  const { files, placeholders, checks } = starterOf('platform-aws');

  test('are well-formed, and every link ends at a file', async () => {
    const { stack } = exampleInput('platform-aws');
    const records = [...numberAdrs(stack, catalogue).values()].map(({ path }) => path);
    const folder = new Map([...records, 'index.md'].map(path => [`docs/adr/${path}`, '# Record\n']));
    expect(await checkMarkdown(mergeTrees(files, folder))).toEqual([]);
    expect(await checkMermaid(files)).toEqual([]);
  });

  test('list exactly the tokens of the tree, and where each one first stands', () => {
    const listed = placeholders.map(({ token }) => token);
    const page = files.get('PLACEHOLDERS.md') ?? '';
    const rest = [...files].filter(([path]) => path !== 'PLACEHOLDERS.md');
    expect([...new Set(rest.flatMap(([, text]) => tokensIn(text)))].sort()).toEqual([...listed].sort());
    expect([...page.matchAll(/^\| `([^`]+)`/gm)].map(([, token]) => token)).toEqual(listed);
    for (const { token, file } of placeholders) expect(files.get(file)).toContain(token);
    expect(starterOf('market-hall-aws').files.get('PLACEHOLDERS.md')).toContain(
      '`scripts/fill-cluster-vars.sh` writes it',
    );
  });

  test('name the record in every file', () => {
    const silent = [...files]
      .filter(([, text]) => !/ADR-\d{4}/.test(text.slice(0, 500)))
      .map(([path]) => path);
    expect(silent).toEqual([]);
  });

  test('confirm decisions with commands that name files of the tree', () => {
    for (const { path, decision } of checks) {
      expect(
        [...files.keys()].some(file => file === path || file.startsWith(`${path}/`)),
        path,
      ).toBe(true);
      expect(exampleInput('platform-aws').adrOf(decision)).not.toBeNull();
    }
  });
});

test('where two halves share a domain its zone is delegated before the first record', () => {
  const { nextSteps } = starterOf('market-hall-aws');
  const [zone, record] = ['made and delegated', 'Create the record'].map(part =>
    nextSteps.findIndex(step => step.includes(part)),
  );
  expect(zone).toBeGreaterThan(-1);
  expect(record).toBeGreaterThan(zone ?? 0);
});

test('the same input gives the same bytes', () => {
  expect([...starterOf('platform-aws').files]).toEqual([...starterOf('platform-aws').files]);
});

const LEFT_OUT = [
  {
    example: 'ride-dispatch-gcp',
    answers: { 'support-contract': 'yes', hosts: 9 },
    pins: { 'control-plane': 'self-managed', distribution: 'openshift', cni: 'cilium' },
    decision: 'cni',
    says: ['installed with OVN-Kubernetes'],
  },
  {
    example: 'onprem-airgap',
    answers: {},
    pins: { 'control-plane': 'managed' },
    decision: 'control-plane',
    says: ['No provider manages a control plane'],
  },
] as const;

describe('a stack of which the cluster is not generated', () => {
  test.each(LEFT_OUT)(
    '$example gets a README that says so, and nothing else',
    ({ example, answers, pins, decision, says }) => {
      const { files, notGenerated, nextSteps } = starterOf(example, { answers, pins });
      expect([...files.keys()]).toEqual(['README.md']);
      for (const words of says) expect(files.get('README.md')).toContain(words);
      expect(notGenerated.map(each => each.decision)).toEqual([decision]);
      expect(nextSteps).toEqual([]);
    },
  );
});

describe('a stack with another choice', () => {
  test('without a generated edge the workload has no route, and the README says so', () => {
    const pins = { edge: 'gateway-cloud', mesh: 'istio-ambient', gitops: 'flux' };
    const { files } = starterOf('regulated-azure', { pins });
    expect(files.has('apps/base/demo-web/route.yaml')).toBe(false);
    expect(files.has('platform-config/base/gateway/gateway.yaml')).toBe(false);
    expect(files.get('README.md')).toContain('nothing reaches it from outside');
    expect([...files.values()].join('\n')).not.toContain('kubectl -n gateway');
  });
  test('with a mesh that is not generated the rest is', () => {
    const { files, notGenerated } = starterOf('platform-aws', { pins: { mesh: 'cilium-mesh' } });
    expect(files.has('clusters/production/apps.yaml')).toBe(true);
    expect(notGenerated.map(({ pick }) => pick)).toContain('cilium-mesh');
  });
  test('without a generated delivery nothing of the cluster is', () => {
    const { files, notGenerated } = starterOf('onprem-airgap', { pins: { gitops: 'push' } });
    expect([...files.keys()]).toEqual(['README.md']);
    expect(notGenerated.map(({ pick }) => pick)).toContain('push');
  });
  test('regions and tiers get a cluster each in every environment, with networks apart', () => {
    const { files } = starterOf('platform-aws', {
      pins: { topology: 'cluster-per-region-and-tier' },
      answers: { regions: 2, 'criticality-tiers': 2, environments: 2 },
      project: { regions: ['eu-central-1', 'eu-west-1'] },
    });
    const clusters = [...files.keys()].flatMap(
      path => /^clusters\/([^/]+)\/kustomization/.exec(path)?.[1] ?? [],
    );
    expect(clusters).toHaveLength(8);
    expect(clusters).toContain('production-eu-west-1-tier-2');
  });
  test('without project details every value that is missing is a placeholder', () => {
    const bare = {
      organisation: undefined,
      domain: undefined,
      repository: undefined,
      regions: undefined,
      alertReceiver: undefined,
      network: undefined,
    };
    const { placeholders } = starterOf('platform-aws', {
      project: bare,
      answers: { 'private-api': 'no' },
      pins: { 'api-exposure': 'allow-listed' },
    });
    expect(placeholders.map(({ token }) => token)).toEqual(
      expect.arrayContaining([
        'REPLACE_ME_API_ALLOWED_CIDRS',
        'REPLACE_ME_AWS_REGION',
        'replace-me-alert-receiver',
        'replace-me-domain',
        'replace-me-organisation',
        'replace-me-repository',
      ]),
    );
  });
});

test('with a serverless part and a cluster, the part that is generated is there and the other is named', () => {
  const { files, notGenerated } = starterOf('small-saas-gcp', {
    pins: { platform: 'both', 'control-plane': 'self-managed', distribution: 'openshift', cni: 'cilium' },
  });
  expect([...files.keys()].some(path => path.startsWith('infra/cloud-run/'))).toBe(true);
  expect([...files.keys()].some(path => path.startsWith('clusters/'))).toBe(false);
  expect(files.get('README.md')).toContain('So nothing of the cluster is written');
  expect(notGenerated.map(({ decision }) => decision)).toContain('cni');
});

test('pages of EKS name what brings new images, and everything that holds off the end', () => {
  const { files } = starterOf('platform-aws');
  expect(files.get('infra/eks/nodes.tf')).not.toContain('release_version');
  expect(files.get('docs/day-2.md')).toContain('aws eks update-nodegroup-version');
  expect(files.get('docs/runbooks/teardown.md')).toContain(
    "grep -lE 'deletion_protection|prevent_destroy' infra/eks/*.tf",
  );
});
