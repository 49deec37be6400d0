/** Machines of AWS in networks that nothing leaves: what their starters are made of, and which mistakes are seen. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const answers = { 'egress-control': 'nothing' };
const PINS = {
  'control-plane': 'self-managed',
  gitops: 'flux',
  edge: 'gateway-envoy',
  'dns-and-certificates': 'external-dns-cert-manager',
};
const STACKS = [
  { distribution: 'rke2', cni: 'cilium' },
  { distribution: 'kubeadm', cni: 'calico', network: 'existing-network' },
  { distribution: 'talos', cni: 'cilium' },
  { distribution: 'k3s', cni: 'cilium', edge: 'gateway-cilium' },
] as const;
const starters = new Map(
  STACKS.map(picks => [
    picks.distribution,
    starterOf('platform-aws', { answers, pins: { ...PINS, ...picks } }),
  ]),
);

describe.each(STACKS)('a closed network of machines with $distribution and $cni', ({ distribution }) => {
  const { files, notGenerated } = starters.get(distribution) ?? {
    files: new Map<string, string>(),
    notGenerated: [],
  };
  test('is generated, and everything in it fits together', async () => {
    expect(notGenerated.filter(({ decision }) => decision === 'egress')).toEqual([]);
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
    expect(checkKustomizations(files).map(formatFinding)).toEqual([]);
  });
  test('is of resources that the provider knows', async () => {
    const code = new Map([...files].filter(([file]) => file.startsWith('infra/')));
    expect(await checkHcl(code, [providerSchemas('aws-6.25.0')])).toEqual([]);
  });
});

const ENDPOINTS = 'infra/machines/endpoints.tf';
const MISTAKES: readonly (Mutation & { readonly of: (typeof STACKS)[number]['distribution'] })[] = [
  {
    of: 'rke2',
    mistake: 'a machine asks archives of packages at its first boot',
    change: replace('infra/machines/first-boot.yaml', 'write_files:', 'packages: [curl]\nwrite_files:'),
    code: 'closed-hosts',
    says: /asks for packages/,
  },
  {
    of: 'kubeadm',
    mistake: 'apt may ask its archives again',
    change: replace('infra/kubeadm/install-host.sh', 'Dir::Etc::sourceparts "-"', 'Dir::Etc::parts "-"'),
    code: 'closed-hosts',
    says: /reads lists of packages from outside/,
  },
  {
    of: 'rke2',
    mistake: 'the release is fetched from where it is published',
    change: replace(
      'infra/rke2/install-host.sh',
      /^fetched=.*$/m,
      'fetched=x; curl --output x https://get.rke2.io',
    ),
    code: 'closed-hosts',
    says: /fetches from get\.rke2\.io/,
  },
  {
    of: 'rke2',
    mistake: 'images that machines take are not carried in',
    change: replace('scripts/carry-to-hosts.sh', /rke2-images-core/, 'rke2-images-canal'),
    code: 'closed-hosts',
    says: /asks for rke2-images-core\S+, which nobody carries in/,
  },
  {
    of: 'rke2',
    mistake: 'machines may not read what was carried in',
    change: replace('infra/machines/machines.tf', /\n.*\/carried\/\*",/, ''),
    code: 'closed-hosts',
    says: /lets no machine read what was carried in/,
  },
  {
    of: 'talos',
    mistake: 'Talos asks registries for what it starts',
    change: replace('infra/talos/all.yaml', 'localEnabled: true', 'localEnabled: false'),
    code: 'closed-machines',
    says: /asks registries for images/,
  },
  {
    of: 'talos',
    mistake: 'Talos asks the internet for the time',
    change: replace('infra/talos/all.yaml', '169.254.169.123', 'time.cloudflare.com'),
    code: 'closed-machines',
    says: /asks the internet for the time/,
  },
  {
    of: 'rke2',
    mistake: 'the endpoint of STS refuses tokens',
    change: replace(ENDPOINTS, /sts += data\.aws_iam_policy_document\.endpoint_sts\.json/, ''),
    code: 'closed-machines',
    says: /refused at the endpoint of STS/,
  },
  {
    of: 'rke2',
    mistake: 'nothing leads to Session Manager',
    change: replace(ENDPOINTS, /\n +"ssmmessages",/, ''),
    code: 'closed-machines',
    says: /machines ask ssmmessages, which has no endpoint/,
  },
  {
    of: 'rke2',
    mistake: 'Flux is not told whose role it takes',
    change: replace('clusters/production/flux-instance.yaml', /-source-controller\b/, '-reader'),
    code: 'closed-machines',
    says: /production: FluxInstance: .*takes no role of its own/,
  },
  {
    of: 'kubeadm',
    mistake: 'Calico is installed from its publisher, and delivered from the registry',
    change: replace('scripts/install-calico.sh', /="\$\{REGISTRY\}\/quay"/g, '="quay.io"'),
    code: 'closed-machines',
    says: /does not say \$\{REGISTRY\}\/quay/,
  },
  {
    of: 'rke2',
    mistake: 'images of Cilium come from their publisher',
    change: replace('delivery/platform-core/cilium.yaml', /: \$\{REGISTRY\}\/quay/g, ': quay.io'),
    code: 'closed-machines',
    says: /come from their publisher/,
  },
  {
    of: 'k3s',
    mistake: 'kinds of gateways are read from their publisher before Cilium',
    change: replace(
      'scripts/install-cilium.sh',
      'oci://${REGISTRY}/manifests',
      'oci://ghcr.io/fluxcd/manifests',
    ),
    code: 'closed-cloud',
    says: /reads oci:\/\/ghcr\.io\S+ from outside/,
  },
  {
    of: 'k3s',
    mistake: 'kinds of gateways are raised and not carried in',
    change: replace('scripts/install-cilium.sh', /(manifests\/gateway-api:v)[\d.]+/, '$19.9.9'),
    code: 'closed-cloud',
    says: /version v9\.9\.9, which nobody carries in/,
  },
];

describe('a mistake on machines of a closed network', () => {
  test.each(MISTAKES)('$mistake', ({ of, change, code, says }) => {
    const tree = change(starters.get(of)?.files ?? new Map());
    const findings = crossFindings(tree, code);
    expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
  });
});
