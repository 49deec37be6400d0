/** OpenShift on Google Cloud in a network that nothing leaves: where releases come from, how Google is reached, and which mistakes are seen. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { type Mutation, replace } from './mutation.ts';
import { closedOpenshiftOnGoogle, openshiftOnGoogle } from './openshift-gcp-stack.ts';

const GOOGLE = providerSchemas('google-6.50.0');
const own = closedOpenshiftOnGoogle();
const given = closedOpenshiftOnGoogle(
  { fips: 'yes' },
  { network: 'existing-network', 'dns-and-certificates': 'corporate-pki' },
);

describe.each([
  ['a network of its own', own],
  ['a network that is given, with FIPS and certificates of the house', given],
])('%s', (_name, { files, notGenerated }) => {
  test('is closed, and everything in it fits together', async () => {
    expect(notGenerated).toEqual([]);
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect(checkKustomizations(files).map(formatFinding)).toEqual([]);
    expect(await checkHcl(files, [GOOGLE])).toEqual([]);
    expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
  });

  test('every load balancer of a Service is internal', () => {
    expect(files.get('platform-config/base/router/balancer.yaml')).toMatch(/load-balancer-type: Internal/);
  });
});

test('pages name the registry of releases, and say what that of the cloud cannot do', () => {
  const page = own.files.get('docs/runbooks/no-way-out.md');
  expect(page).toMatch(/\| `replace-me-release-registry\.example\.com` \|/);
  expect(page).toContain('Artifact Registry does not');
  expect(page).not.toContain('ECR');
  expect(own.files.get('docs/runbooks/upgrade-cluster.md')).toContain('--allow-explicit-upgrade');
  expect(own.files.get('docs/runbooks/bootstrap.md')).not.toContain('name servers that it puts out');
});

test('where there is a way out nothing of it is written', () => {
  const { files } = openshiftOnGoogle();
  expect(files.has('image-set.yaml')).toBe(false);
  expect(files.get('infra/machines/firewall.tf')).not.toContain('no-way-out');
  expect(files.get('scripts/bootstrap.sh')).toContain('oc adm upgrade channel stable-4.22');
});

const INSTALL_CONFIG = 'infra/openshift/install-config.yaml';
const FIREWALL = 'infra/machines/firewall.tf';
const MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'machines look for releases where oc-mirror puts none',
    change: replace(INSTALL_CONFIG, 'openshift/release-images', 'ocp-release'),
    code: 'openshift-closed',
    says: /looks for releases where oc-mirror puts none/,
  },
  {
    mistake: 'the values name no registry of releases',
    change: replace('infra/machines/envs/production.tfvars.example', /^release_registry.*\n/m, ''),
    code: 'openshift-closed',
    says: /production\.tfvars\.example: openshift-closed: names no registry/,
  },
  {
    mistake: 'the template asks for a registry that nobody gives',
    change: replace('infra/machines/install.tf', /^ +release_registry += .*\n/m, ''),
    code: 'openshift',
    says: /gives no release_registry/,
  },
  {
    mistake: 'machines are given the pull secret of the subscription',
    change: replace('scripts/prepare-install.sh', '<"$sign_in")', '<"$pull_secret")'),
    code: 'openshift-closed',
    says: /gives machines the pull secret/,
  },
  {
    mistake: 'the installer asks for a public zone',
    change: replace(INSTALL_CONFIG, 'publish: Internal', 'publish: External'),
    code: 'openshift-closed',
    says: /asks for a public zone/,
  },
  {
    mistake: 'operators are led to Google by the addresses of everybody',
    change: replace('infra/machines/network.tf', '"199.36.153.4", ', ''),
    code: 'openshift-closed',
    says: /leads operators to Google by addresses outside/,
  },
  {
    mistake: 'Flux reads as an account that nothing makes',
    change: replace('infra/machines/source-controller.tf', '}-sou-con"', '}-reader"'),
    code: 'openshift-google',
    says: /names the account SHORT_NAME-sou-con, which nothing makes/,
  },
  {
    mistake: 'machines may not call Google',
    change: replace(FIREWALL, '"199.36.153.4/30"', ''),
    code: 'openshift-closed',
    says: /reach neither Google nor the registry/,
  },
  {
    mistake: 'a route that somebody adds leads out',
    change: replace(FIREWALL, 'deny {', 'allow {'),
    code: 'openshift-closed',
    says: /lets machines out when somebody adds a route/,
  },
];

test.each(MUTATIONS)('a check sees that $mistake', ({ change, code, says }) => {
  const found = crossFindings(change(own.files), code);
  expect(found.map(formatFinding).join('\n')).toMatch(says);
});
