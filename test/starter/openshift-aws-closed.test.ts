/** OpenShift on AWS in a network that nothing leaves: where releases come from, who writes names, and which mistakes are seen. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { type Mutation, replace } from './mutation.ts';
import { closedOpenshiftOnAws, openshiftOnAws } from './openshift-aws-stack.ts';

const AWS = providerSchemas('aws-6.25.0');
const own = closedOpenshiftOnAws();
const given = closedOpenshiftOnAws(
  { fips: 'yes' },
  { network: 'existing-network', 'dns-and-certificates': 'corporate-pki', registry: 'cloud-registry' },
);

const sandboxed = closedOpenshiftOnAws({}, { 'tenant-isolation': 'sandbox' });

describe.each([
  ['a network of its own', own],
  ['a sandbox, whose operator comes from the registry of releases', sandboxed],
  ['a network that is given, with FIPS and certificates of the house', given],
])('%s', (_name, { files, notGenerated }) => {
  test('is closed, and everything in it fits together', async () => {
    expect(notGenerated).toEqual([]);
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect(checkKustomizations(files).map(formatFinding)).toEqual([]);
    expect(await checkHcl(files, [AWS])).toEqual([]);
    expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
  });

  test('every load balancer of a Service is internal', () => {
    expect(files.get('platform-config/base/router/balancer.yaml')).toContain(
      'aws-load-balancer-internal: "true"',
    );
  });
});

test('the page names the registry of releases among what the network reaches, and an upgrade names a digest', () => {
  expect(own.files.get('docs/runbooks/no-way-out.md')).toMatch(
    /\| `replace-me-release-registry\.example\.com` \|/,
  );
  expect(own.files.get('docs/runbooks/upgrade-cluster.md')).toContain('--allow-explicit-upgrade');
  expect(own.files.get('docs/runbooks/upgrade-cluster.md')).not.toContain('oc adm upgrade channel');
});

test('the catalog of operators lies where oc-mirror puts it', () => {
  expect(sandboxed.files.get('infra/openshift/operators.yaml')).toContain(
    'image: replace-me-release-registry.example.com/red-hat/redhat/redhat-operator-index:v4.22',
  );
  expect(sandboxed.files.get('image-set.yaml')).toContain('name: sandboxed-containers-operator');
});

test('where there is a way out nothing of it is written', () => {
  const { files } = openshiftOnAws();
  expect(files.has('image-set.yaml')).toBe(false);
  expect(files.has('infra/machines/names.tf')).toBe(false);
  expect(files.get('docs/runbooks/upgrade-cluster.md')).toContain('oc adm upgrade channel stable-NEXT');
  expect(files.get('scripts/bootstrap.sh')).toContain('oc adm upgrade channel stable-4.22');
});

const INSTALL_CONFIG = 'infra/openshift/install-config.yaml';
const PREPARE = 'scripts/prepare-install.sh';
const MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'machines look for releases where oc-mirror puts none',
    change: replace(INSTALL_CONFIG, 'openshift/release-images', 'ocp-release'),
    code: 'openshift-closed',
    says: /looks for releases where oc-mirror puts none/,
  },
  {
    mistake: 'another release is carried in than is installed',
    change: replace('image-set.yaml', '"4.22.9"', '"4.22.8"'),
    code: 'openshift-closed',
    says: /is of another release than 4\.22\.8/,
  },
  {
    mistake: 'the values name no registry of releases',
    change: replace('infra/machines/envs/production.tfvars.example', /^release_registry.*\n/m, ''),
    code: 'openshift-closed',
    says: /production\.tfvars\.example: openshift-closed: names no registry/,
  },
  {
    mistake: 'the cluster follows a channel',
    change: replace(
      'scripts/bootstrap.sh',
      /^kubectl patch clusterversion.*$/m,
      'oc adm upgrade channel stable-4.22',
    ),
    code: 'openshift-closed',
    says: /follows a channel/,
  },
  {
    mistake: 'catalogs of Red Hat stay on',
    change: files => new Map([...files].filter(([file]) => file !== 'platform/openshift/catalogs.yaml')),
    code: 'openshift-closed',
    says: /leaves catalogs on/,
  },
  {
    mistake: 'machines are given the pull secret of the subscription',
    change: replace(PREPARE, '<"$sign_in")', '<"$pull_secret")'),
    code: 'openshift-closed',
    says: /gives machines the pull secret/,
  },
  {
    mistake: 'the installer makes a zone of its own',
    change: replace(INSTALL_CONFIG, /^ +hostedZone: .*\n/m, ''),
    code: 'openshift-closed',
    says: /has a zone made that nothing else here knows/,
  },
  {
    mistake: 'the operator of the router is told of a zone',
    change: replace(PREPARE, /^( +baseDomain: .*)$/m, '$1\n  privateZone: {id: Z1}'),
    code: 'openshift-closed',
    says: /leaves the operator of the router a zone/,
  },
  {
    mistake: 'nobody makes the name of the router',
    change: replace('infra/machines/names.tf', '"*.apps.', '"apps.'),
    code: 'openshift-closed',
    says: /nobody makes the name of the router/,
  },
  {
    mistake: 'load balancers are made at an address outside',
    change: replace('infra/machines/endpoints.tf', /^ +"elasticloadbalancing",\n/m, ''),
    code: 'openshift-closed',
    says: /asks elasticloadbalancing, which has no endpoint/,
  },
  {
    mistake: 'an apply takes the marks of the installer off its subnets',
    change: replace('infra/machines/providers.tf', 'kubernetes.io/cluster/', 'kubernetes.io/role/'),
    code: 'openshift-closed',
    says: /takes away the marks/,
  },
];

test.each(MUTATIONS)('a check sees that $mistake', ({ change, code, says }) => {
  const found = crossFindings(change(own.files), code);
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});
