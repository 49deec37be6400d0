/** AKS in both modes: every file in its form, and the parts of each stack held against each other. */
import { describe, expect, test } from 'vitest';
import { CROSS_CHECKS } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { checkWorkflows } from '../checks/workflows.ts';
import { starterOf } from './platform-aws.ts';

const BY_FLUX = { gitops: 'flux', mesh: 'none', logs: 'loki', backup: 'velero', secrets: 'external-secrets' };
const IN_THE_CLUSTER = {
  'data-services': 'existing',
  metrics: 'kube-prometheus-stack',
  logs: 'loki',
  traces: 'tempo',
  backup: 'velero',
  mesh: 'none',
};
const OWN_NETWORK = { windows: 'no', 'support-contract': 'yes' };
const STACKS = [
  { stack: 'AKS Standard with Windows beside Linux', name: 'city-services-azure', changes: {} },
  {
    stack: 'AKS Standard with pods in a subnet, every kind of node and a firewall',
    name: 'city-services-azure',
    changes: {
      pins: {
        cni: 'azure-cni-pod-subnet',
        egress: 'central-firewall',
        upgrades: 'release-channel',
        ...IN_THE_CLUSTER,
      },
      answers: {
        'workload-kinds': ['web', 'gpu'],
        interruptible: 'yes',
        architecture: 'both',
        compliance: ['pci-dss'],
      },
      project: { network: undefined, regions: undefined, oidcGroups: undefined },
    },
  },
  {
    stack: 'AKS Standard with a fixed number of nodes and an API for a list of networks',
    name: 'city-services-azure',
    changes: {
      pins: {
        autoscaling: 'fixed',
        'api-exposure': 'allow-listed',
        upgrades: 'extended-support',
        backup: 'provider-backup',
        secrets: 'csi-driver',
        registry: 'mirror',
        edge: 'gateway-cloud',
        'data-services': 'managed-database',
        metrics: 'managed-metrics',
        logs: 'managed-logs',
        traces: 'managed-traces',
        mesh: 'none',
      },
      answers: { windows: 'no', 'pod-reachability': 'yes', regions: 2, 'edge-needs': [] },
    },
  },
  {
    stack: 'AKS Standard with Calico as its network',
    name: 'city-services-azure',
    changes: {
      pins: { ...IN_THE_CLUSTER, cni: 'calico', edge: 'gateway-envoy', upgrades: 'release-channel' },
      answers: { ...OWN_NETWORK, 'node-encryption': 'yes' },
    },
  },
  {
    stack: 'AKS Standard with Cilium as its network',
    name: 'city-services-azure',
    changes: {
      pins: { ...IN_THE_CLUSTER, cni: 'cilium', edge: 'gateway-cilium', backup: 'provider-backup' },
      answers: { ...OWN_NETWORK, environments: 1 },
    },
  },
  {
    stack: 'AKS Automatic in a network that exists',
    name: 'regulated-azure',
    changes: { pins: BY_FLUX, answers: { environments: 1 } },
  },
  {
    stack: 'AKS Automatic in a network of its own',
    name: 'regulated-azure',
    changes: {
      pins: {
        ...BY_FLUX,
        network: 'create-network',
        egress: 'open-nat',
        topology: 'cluster-per-environment',
      },
      answers: { environments: 1, 'criticality-tiers': 1 },
    },
  },
] as const;

describe.each(STACKS)('$stack', ({ name, changes }) => {
  const { files, notGenerated } = starterOf(name, changes);

  test('has a cluster', () => {
    expect(notGenerated.map(({ decision }) => decision)).not.toContain('control-plane');
    expect(files.has('infra/aks/cluster.tf')).toBe(true);
  });
  test.each(CROSS_CHECKS)('$says', ({ check }) => {
    expect(check(files).map(formatFinding)).toEqual([]);
  });
  test('every kustomization builds, every expression parses', () => {
    expect([...checkKustomizations(files), ...checkPromql(files)].map(formatFinding)).toEqual([]);
  });
  test('every resource has the arguments of its type, and every reference ends somewhere', async () => {
    expect(await checkHcl(files, [providerSchemas('azurerm-4.55.0')])).toEqual([]);
  });
});

// Objects differ between these stacks by their values alone; one of each mode is enough.
test.each([STACKS[0], STACKS[5]])(
  'every object of $stack has the type of its kind',
  async ({ name, changes }) => {
    expect((await checkKubernetes(starterOf(name, changes).files)).map(formatFinding)).toEqual([]);
  },
);

test('workflows are pinned, may do little and are understood by GitHub', async () => {
  const { files } = starterOf('city-services-azure');
  expect(await checkWorkflows(files)).toEqual([]);
});

test('nothing of the preflight waits for what only the apply makes up, and it counts the address of the bastion', () => {
  const preflight = starterOf('city-services-azure').files.get('scripts/preflight.sh') ?? '';
  const [held] = /^if scripts\/check-placeholders\.sh .*\nthen good "no placeholder/m.exec(preflight) ?? [''];
  expect(held).toContain('"$values" platform');
  expect(held).not.toContain('clusters/');
  expect(preflight).toContain('then good "clusters/$cluster"\nelse unknown');
  expect(preflight).toMatch(/at_least 'public addresses' .* 6 0$/m);
});

test('logs that have to be kept for years outlive what a workspace answers queries for', async () => {
  const { files } = starterOf('city-services-azure', {
    answers: { 'log-retention': 'years' },
    pins: { logs: 'managed-logs' },
  });
  const text = files.get('infra/aks/logs.tf') ?? '';
  expect(text).toMatch(/total_retention_in_days = 2556/);
  for (const table of ['AKSAuditAdmin', 'AKSControlPlane', 'ContainerLogV2'])
    expect(text).toContain(`"${table}"`);
  const code = new Map([...files].filter(([file]) => file.startsWith('infra/')));
  expect(await checkHcl(code, [providerSchemas('azurerm-4.55.0')])).toEqual([]);
  expect(starterOf('city-services-azure').files.get('infra/aks/logs.tf')).not.toContain('total_retention');
});
