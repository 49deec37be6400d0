/** Destinations by name, in the form of each network plugin: whole, and which mistakes in it are seen. */
import { describe, expect, test } from 'vitest';
import { CROSS_CHECKS } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const pins = { egress: 'dns-policy' };
const FORMS = [
  { plugin: 'EKS Auto Mode', name: 'shift-rota-aws', kind: 'ApplicationNetworkPolicy' },
  { plugin: 'Dataplane V2', name: 'ride-dispatch-gcp', kind: 'FQDNNetworkPolicy' },
  { plugin: 'Cilium', name: 'steel-works-talos', kind: 'CiliumNetworkPolicy' },
] as const;
const trees = new Map(FORMS.map(({ name }) => [name, starterOf(name, { pins }).files]));
const LIST = 'platform-config/base/names-that-may-be-called/demo.yaml';

describe.each(FORMS)('names that may be called with $plugin', ({ name, kind }) => {
  const files = trees.get(name) ?? new Map<string, string>();
  test('are a list for each team, and nothing reaches any address', async () => {
    expect(files.get(LIST)).toContain(`kind: ${kind}`);
    expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
    expect(CROSS_CHECKS.flatMap(({ check }) => check(files)).map(formatFinding)).toEqual([]);
  });
});

const TO_ANY_ADDRESS = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: out, namespace: demo}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]
`;
const MISTAKES: readonly Mutation[] = [
  {
    mistake: 'a list says everything',
    change: replace(LIST, /- "\*\..*"/, '- "*"'),
    code: 'called-by-name',
    says: /names everything/,
  },
  {
    mistake: 'a team has no list',
    change: drop(LIST, 'ApplicationNetworkPolicy'),
    code: 'called-by-name',
    says: /demo: called-by-name: has no list/,
  },
  {
    mistake: 'a team opens a way to any address',
    change: tree => new Map([...tree, [LIST, `${tree.get(LIST)}${TO_ANY_ADDRESS}`]]),
    code: 'called-by-name',
    says: /reaches any address/,
  },
  {
    mistake: 'a controller may call none of its names',
    change: drop('platform/kyverno/network-policies.yaml', 'kind: ApplicationNetworkPolicy'),
    code: 'reachability',
    says: /reaches the API of the cloud/,
  },
];

describe('a mistake in names', () => {
  const files = trees.get('shift-rota-aws') ?? new Map<string, string>();
  test.each(MISTAKES)('$mistake', ({ change, code, says }) => {
    const tree = change(files);
    const findings = CROSS_CHECKS.filter(check => check.code === code).flatMap(({ check }) => check(tree));
    expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
  });
});
