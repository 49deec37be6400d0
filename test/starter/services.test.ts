/** Options of services that platform-aws is not advised to take: what each writes, and mistakes in it that are seen. */
import { describe, expect, test } from 'vitest';
import type { FileTree } from '../../src/files/tree.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const OUTSIDE = starterOf('platform-aws', {
  answers: { telemetry: 'vendor' },
  pins: {
    'dns-and-certificates': 'corporate-pki',
    'image-signing': 'none',
    'policy-engine': 'gatekeeper',
    logs: 'vendor',
    metrics: 'vendor',
    registry: 'harbor',
    secrets: 'vault',
    traces: 'vendor',
  },
});
const OF_CLOUD = starterOf('platform-aws', {
  pins: {
    'human-access': 'oidc-groups-jit',
    'image-signing': 'notary-project',
    logs: 'managed-logs',
    metrics: 'managed-metrics',
    registry: 'cloud-registry',
    secrets: 'csi-driver',
    traces: 'managed-traces',
  },
});
const ENCRYPTED = starterOf('platform-aws', { pins: { secrets: 'sops', traces: 'jaeger' } });
const JAEGER = starterOf('city-services-azure', { pins: { secrets: 'external-secrets', traces: 'jaeger' } });

const WRITTEN = [
  {
    option: 'Jaeger keeps traces in a store outside, with a password that lies in no file',
    starter: ENCRYPTED,
    file: 'platform/jaeger/values.yaml',
    holds: /password_file: \/etc\/trace-store\/password/,
  },
  {
    option: 'its password is asked for by a name that the vault of Azure can have',
    starter: JAEGER,
    file: 'platform-config/base/trace-store/password.yaml',
    holds: /key: trace-store\n/,
  },
  {
    option: 'harbor puts itself in front of every image',
    starter: OUTSIDE,
    file: 'platform/cert-manager/values.yaml',
    holds: /imageRegistry: replace-me-harbor\.example\.com\/quay/,
  },
  {
    option: 'gatekeeper judges by the same expression as the other engines',
    starter: OUTSIDE,
    file: 'platform/gatekeeper-templates/account-of-its-own.yaml',
    holds: /object\.spec\.serviceAccountName != 'default'/,
  },
  {
    option: 'gatekeeper refuses from the first day what nothing breaks',
    starter: OUTSIDE,
    file: 'platform-config/base/admission-policies/no-way-around-the-gateway.yaml',
    holds: /enforcementAction: deny/,
  },
  {
    option: 'vault is signed in to with a token of the cluster',
    starter: OUTSIDE,
    file: 'platform-config/base/secret-stores/vault.yaml',
    holds: /audiences:\n\s+- vault/,
  },
  {
    option: 'an authority of your own issues from a key that lies in the store',
    starter: OUTSIDE,
    file: 'platform-config/base/issuers/issuing-authority.yaml',
    holds: /issuing-authority/,
  },
  {
    option: 'a vendor is told where the rules are judged',
    starter: OUTSIDE,
    file: 'docs/runbooks/metrics-missing.md',
    holds: /live at the vendor/,
  },
  {
    option: 'the managed service judges the rules that stand in Git',
    starter: OF_CLOUD,
    file: 'infra/eks/metric-rules.tf',
    holds: /platform-config\/base\/slo\/demo-web\.yaml/,
  },
  {
    option: 'silence of the cluster raises an alarm outside of it',
    starter: OF_CLOUD,
    file: 'infra/eks/metrics.tf',
    holds: /treat_missing_data\s+= "breaching"/,
  },
  {
    option: 'traces are taken from namespaces that say so',
    starter: OF_CLOUD,
    file: 'platform/traces-agent/network-policies.yaml',
    holds: /sends-traces: enabled/,
  },
  {
    option: 'a certificate verifies images of your own in the registry of the cloud',
    starter: OF_CLOUD,
    file: 'platform-config/base/image-signatures/own-images.yaml',
    holds: /glob: \$\{REGISTRY\}\/apps\/\*/,
  },
  {
    option: 'repairing is the right of a group that is joined for a while',
    starter: OF_CLOUD,
    file: 'platform-config/base/access/platform.yaml',
    holds: /platform-elevated/,
  },
  {
    option: 'the driver for secrets is kept by AWS',
    starter: OF_CLOUD,
    file: 'infra/eks/secrets.tf',
    holds: /aws-secrets-store-csi-driver-provider/,
  },
  {
    option: 'encrypted files have a key per cluster',
    starter: ENCRYPTED,
    file: '.sops.yaml',
    holds: /REPLACE_ME_AGE_RECIPIENT_PRODUCTION/,
  },
  {
    option: 'Flux decrypts workloads',
    starter: ENCRYPTED,
    file: 'clusters/production/apps.yaml',
    holds: /decryption:\n\s+provider: sops/,
  },
] as const;

test.each(WRITTEN)('$option', ({ starter, file, holds }) => {
  expect(starter.files.get(file)).toMatch(holds);
  expect(starter.notGenerated).toEqual([]);
});

test('names that ExternalDNS writes are not asked for by hand', () => {
  const page = starterOf('platform-aws').files.get('docs/runbooks/public-name.md');
  expect(page).toContain('Nothing is to be done by hand');
  expect(OUTSIDE.files.get('docs/runbooks/public-name.md')).toContain('lead to this address, in your DNS');
});

test('encrypted files are left to Flux', () => {
  const { notGenerated } = starterOf('platform-aws', { pins: { gitops: 'argo-cd', secrets: 'sops' } });
  expect(notGenerated.map(({ pick }) => pick)).toContain('sops');
});

const MISTAKES: readonly (Mutation & { readonly starter: typeof OUTSIDE })[] = [
  {
    mistake: 'a constraint has no template',
    starter: OUTSIDE,
    change: replace('platform/gatekeeper-templates/kustomization.yaml', '  - exact-image.yaml\n', ''),
    code: 'crds-first',
    says: /ExactImage/,
  },
  {
    mistake: 'the operator may no longer reach Vault',
    starter: OUTSIDE,
    change: drop('platform/external-secrets/network-policies.yaml', 'name: to-secret-store'),
    code: 'reachability',
    says: /reads Vault/,
  },
  {
    mistake: 'a chart goes around Harbor',
    starter: OUTSIDE,
    change: replace('platform/cert-manager/values.yaml', 'replace-me-harbor.example.com/quay', 'quay.io'),
    code: 'through-mirror',
    says: /cert-manager/,
  },
  {
    mistake: 'the agent of the metrics may no longer leave its namespace',
    starter: OF_CLOUD,
    change: drop('platform/metrics-agent/network-policies.yaml', 'name: scrape-pods'),
    code: 'reachability',
    says: /scrapes/,
  },
  {
    mistake: 'the agent of the logs is given a role under another name',
    starter: OF_CLOUD,
    change: replace('infra/eks/logs-agent.tf', 'service_account = "logs-agent"', 'service_account = "logs"'),
    code: 'identities',
    says: /logging\/logs/,
  },
];

describe('names in name servers of the house', () => {
  const ofHouse = { 'corporate-ca': 'yes' } as const;
  const pins = { 'dns-and-certificates': 'corporate-pki' };
  const azure = starterOf('city-services-azure', { answers: ofHouse, pins }).files;
  const aws = starterOf('platform-aws', { answers: ofHouse, pins: { ...pins, edge: 'gateway-cloud' } }).files;
  const said = (files: FileTree) => crossFindings(files, 'beginning').map(formatFinding);

  const onMachines = (example: string, distribution: string) =>
    starterOf(example, {
      answers: ofHouse,
      pins: { ...pins, 'control-plane': 'self-managed', distribution },
    }).files;
  const google = starterOf('ride-dispatch-gcp', { answers: ofHouse, pins }).files;

  /** Zones that more than a network knows, who finds them, and who may write into them. */
  const PUBLIC =
    /data "aws_route53_zone"|\bdns_zone_group|local\.dns_zone|google_dns_managed_zone" "platform"|\bdns_zone_name|platformDns/;
  test.each([
    ['AKS', azure, 'Make the zone `x`.'],
    ['EKS', aws, 'Delegate the zone `x`.'],
    ['GKE', google, 'Delegate `x` to the name servers that it puts out.'],
    ['machines of Azure', onMachines('city-services-azure', 'kubeadm'), 'Make the zone `x`.'],
    ['machines of AWS', onMachines('platform-aws', 'talos'), 'Delegate the zone `x`.'],
    [
      'machines of Google Cloud',
      onMachines('ride-dispatch-gcp', 'kubeadm'),
      'Delegate `x` to the name servers that it puts out.',
    ],
  ])('ask for no zone on %s', (_, files, step) => {
    expect(said(files)).toEqual([]);
    const names = [...files].filter(([path]) =>
      /^(?:infra|scripts|docs\/runbooks)\/|^README|^PLACE/.test(path),
    );
    expect(names.filter(([, text]) => PUBLIC.test(text)).map(([path]) => path)).toEqual([]);
    const asked = replace('README.md', /^1\. .*$/m, `1. ${step}`)(files);
    expect(said(asked)).toEqual([expect.stringMatching(/writes nothing into/)]);
  });

  test.each([
    ['AWS', 'platform-aws', /resource "aws_route53_record" "api_listed"/],
    ['Google Cloud', 'ride-dispatch-gcp', /resource "google_dns_record_set" "api_listed"/],
  ])('have that of an API in %s that is listed in a zone there', async (_, example, record) => {
    const { files } = starterOf(example, {
      answers: { ...ofHouse, 'private-api': 'no', 'ci-runner': 'hosted-public' },
      pins: {
        ...pins,
        'control-plane': 'self-managed',
        distribution: 'kubeadm',
        'api-exposure': 'allow-listed',
        egress: 'open-nat',
      },
    });
    const infra = [...files].filter(([path]) => path.startsWith('infra/machines/')).map(([, text]) => text);
    expect(infra.filter(text => record.test(text))).toHaveLength(1);
    expect(said(files)).toEqual([]);
    expect(files.get('README.md')).toMatch(/Delegate /);
  });

  test('have their certificate in AWS before it is looked for', () => {
    const late = replace('README.md', 'Import the certificate of the gateway into ACM', 'Import it')(aws);
    expect(said(late)).toEqual([expect.stringMatching(/before the certificate/)]);
  });
});

test('copies of AWS are asked for before the first night', () => {
  const { files } = starterOf('platform-aws', { pins: { backup: 'provider-backup' } });
  expect(crossFindings(files, 'beginning')).toEqual([]);
  const forgotten = replace('README.md', 'aws backup update-region-settings', 'aws backup')(files);
  expect(crossFindings(forgotten, 'beginning').map(formatFinding)).toEqual([
    expect.stringMatching(/before what AWS Backup may copy/),
  ]);
});

describe('a mistake in a service', () => {
  test.each(MISTAKES)('$mistake', ({ starter, change, code, says }) => {
    expect(crossFindings(starter.files, code)).toEqual([]);
    expect(crossFindings(change(starter.files), code).map(formatFinding)).toContainEqual(
      expect.stringMatching(says),
    );
  });
});
