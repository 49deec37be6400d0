/** Networks of clouds that nothing leaves: what their starters are made of, and which mistakes are seen. */
import { describe, expect, test } from 'vitest';
import { leavesOpen } from '../../src/starter/egress/no-egress/left-open.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { type Mutation, replace } from './mutation.ts';
import { exampleInput, starterOf } from './platform-aws.ts';

const answers = { 'egress-control': 'nothing' };
/** What a network without a way out takes, where an example was advised something else. */
const PINS = {
  gitops: 'flux',
  edge: 'gateway-envoy',
  'dns-and-certificates': 'external-dns-cert-manager',
};
const ON_MACHINES = {
  'control-plane': 'self-managed',
  cni: 'cilium',
  distribution: 'rke2',
  // The authorities of the organisation are published by what its anchors are.
  edge: 'gateway-nginx',
  mesh: 'linkerd',
};
const STACKS = [
  { place: 'EKS with node groups', name: 'platform-aws', provider: 'aws-6.25.0' },
  { place: 'EKS Auto Mode', name: 'shift-rota-aws', provider: 'aws-6.25.0' },
  {
    place: 'EKS beside services on ECS',
    name: 'platform-aws',
    provider: 'aws-6.25.0',
    pins: { platform: 'both' },
  },
  {
    place: 'GKE beside services on Cloud Run',
    name: 'ride-dispatch-gcp',
    provider: 'google-6.50.0',
    pins: { platform: 'both' },
  },
  { place: 'EKS with Cilium', name: 'platform-aws', provider: 'aws-6.25.0', pins: { cni: 'cilium' } },
  { place: 'EKS with Calico', name: 'platform-aws', provider: 'aws-6.25.0', pins: { cni: 'calico' } },
  {
    place: 'EKS in a network that is given',
    name: 'platform-aws',
    provider: 'aws-6.25.0',
    pins: { network: 'existing-network' },
  },
  {
    place: 'GKE in a network that is given',
    name: 'ride-dispatch-gcp',
    provider: 'google-6.50.0',
    pins: { network: 'existing-network' },
  },
  { place: 'GKE Standard', name: 'ride-dispatch-gcp', provider: 'google-6.50.0' },
  { place: 'GKE Autopilot', name: 'concert-tickets-gcp', provider: 'google-6.50.0' },
  {
    place: 'machines of Google with RKE2',
    name: 'ride-dispatch-gcp',
    provider: 'google-6.50.0',
    pins: ON_MACHINES,
  },
  {
    place: 'machines of Google with the gateway of Cilium',
    name: 'ride-dispatch-gcp',
    provider: 'google-6.50.0',
    pins: { ...ON_MACHINES, distribution: 'k3s', edge: 'gateway-cilium', mesh: 'none' },
  },
  {
    place: 'given machines of Google',
    name: 'ride-dispatch-gcp',
    provider: 'google-6.50.0',
    pins: { ...ON_MACHINES, network: 'existing-network' },
  },
] as const;
const starters = new Map(
  STACKS.map(({ place, name, ...more }) => [
    place,
    starterOf(name, { answers, pins: { ...PINS, ...('pins' in more ? more.pins : {}) } }),
  ]),
);
/** By their example, where they are run by the cloud. */
const files = (name: string, place = STACKS.find(each => each.name === name && !('pins' in each))?.place) =>
  starters.get(place ?? 'GKE Standard')?.files ?? new Map<string, string>();

describe.each(STACKS)('a closed network of $place', ({ place, provider }) => {
  const { files, notGenerated } = starters.get(place) ?? {
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
    expect(await checkHcl(code, [provider, 'google-beta-6.50.0'].map(providerSchemas))).toEqual([]);
  });
});

const POLICIES = 'platform/external-dns/network-policies.yaml';
const TO_ANY_ADDRESS = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: out, namespace: external-dns}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]
`;
const WITH_CILIUM = 'EKS with Cilium';
const BESIDE_ECS = 'EKS beside services on ECS';
const BESIDE_RUN = 'GKE beside services on Cloud Run';
const RKE2_ON_GOOGLE = 'machines of Google with RKE2';
const MISTAKES: readonly (Mutation & {
  readonly name: (typeof STACKS)[number]['name'];
  readonly place?: (typeof STACKS)[number]['place'];
})[] = [
  {
    name: 'platform-aws',
    mistake: 'a NAT gateway is made after all',
    change: replace('infra/eks/network.tf', /$/, '\nresource "aws_nat_gateway" "zone" {}\n'),
    code: 'closed-cloud',
    says: /aws_nat_gateway leads out of the network/,
  },
  {
    name: 'platform-aws',
    place: BESIDE_ECS,
    mistake: 'the network of the services gets an internet gateway',
    change: replace('infra/ecs/network.tf', /$/, '\nresource "aws_internet_gateway" "main" {}\n'),
    code: 'closed-cloud',
    says: /ecs\/network\.tf: closed-cloud: aws_internet_gateway leads out/,
  },
  {
    name: 'platform-aws',
    place: BESIDE_ECS,
    mistake: 'the load balancer of the services is public',
    change: replace('infra/ecs/edge.tf', /internal( +)= true/, 'internal$1= false'),
    code: 'closed-cloud',
    says: /ecs\/edge\.tf: closed-cloud: may answer to the internet/,
  },
  {
    name: 'platform-aws',
    place: BESIDE_ECS,
    mistake: 'services may call any address',
    change: replace(
      'infra/ecs/egress.tf',
      'cidr_ipv4         = each.value.range',
      'cidr_ipv4         = "0.0.0.0/0"',
    ),
    code: 'closed-cloud',
    says: /ecs\/egress\.tf: closed-cloud: may answer to the internet, or call it/,
  },
  {
    name: 'ride-dispatch-gcp',
    place: BESIDE_RUN,
    mistake: 'the network of the services keeps the routes that Google makes',
    change: replace('infra/cloud-run/network.tf', /\n +delete_default_routes_on_create .+/, ''),
    code: 'closed-cloud',
    says: /cloud-run\/network\.tf: closed-cloud: Google makes a default route/,
  },
  {
    name: 'ride-dispatch-gcp',
    place: BESIDE_RUN,
    mistake: 'the load balancer of the services is one of the internet',
    change: replace('infra/cloud-run/edge.tf', 'INTERNAL_MANAGED', 'EXTERNAL_MANAGED'),
    code: 'closed-cloud',
    says: /cloud-run\/edge\.tf: closed-cloud: may answer to the internet/,
  },
  {
    name: 'ride-dispatch-gcp',
    place: BESIDE_RUN,
    mistake: 'services pass the network by for addresses of the internet',
    change: replace('infra/cloud-run/service-web.tf', 'ALL_TRAFFIC', 'PRIVATE_RANGES_ONLY'),
    code: 'closed-cloud',
    says: /service-web\.tf: closed-cloud: may answer to the internet, or call it/,
  },
  {
    name: 'ride-dispatch-gcp',
    place: BESIDE_RUN,
    mistake: 'images of the services are fetched from their publisher',
    change: replace('infra/bootstrap/registry.tf', 'STANDARD_REPOSITORY', 'REMOTE_REPOSITORY'),
    code: 'closed-cloud',
    says: /bootstrap\/registry\.tf: closed-cloud: fetches from a publisher/,
  },
  {
    name: 'platform-aws',
    place: WITH_CILIUM,
    mistake: 'the apply runs the installer itself',
    change: replace('infra/eks/cni.tf', /$/, '\n# provisioner "local-exec" {}\n'),
    code: 'network-plugin',
    says: /where the API of a closed network does not answer/,
  },
  {
    name: 'platform-aws',
    place: WITH_CILIUM,
    mistake: 'nodes are made before Cilium is there',
    change: replace('infra/eks/cni.tf', '= var.cilium_installed', '= true'),
    code: 'network-plugin',
    says: /before anybody has installed Cilium/,
  },
  {
    name: 'platform-aws',
    place: WITH_CILIUM,
    mistake: 'the runbook applies everything at once',
    change: replace('docs/runbooks/bootstrap.md', ' -exclude=terraform_data.cilium', ''),
    code: 'network-plugin',
    says: /between two applies/,
  },
  {
    name: 'platform-aws',
    place: WITH_CILIUM,
    mistake: 'Helm is signed in to no registry',
    change: replace('scripts/install-cilium.sh', /^.*helm registry login.*\n/m, ''),
    code: 'network-plugin',
    says: /Helm is not signed in/,
  },
  {
    name: 'platform-aws',
    place: WITH_CILIUM,
    mistake: 'the installer takes the operator of Cilium from its publisher',
    change: replace('scripts/install-cilium.sh', /^ +--set operator.*\n/m, ''),
    code: 'network-plugin',
    says: /delivery, which takes \S+operator/,
  },
  {
    name: 'platform-aws',
    mistake: 'the route to the house becomes one to everywhere',
    change: replace(
      'infra/eks/network.tf',
      'destination_cidr_block = each.value.range',
      'destination_cidr_block = "0.0.0.0/0"',
    ),
    code: 'closed-cloud',
    says: /a default route leads out/,
  },
  {
    name: 'platform-aws',
    mistake: 'a policy opens a way to any address',
    change: tree => new Map([...tree, [POLICIES, `${tree.get(POLICIES)}${TO_ANY_ADDRESS}`]]),
    code: 'closed-cloud',
    says: /leads to 0\.0\.0\.0\/0, which is not of this network/,
  },
  {
    name: 'platform-aws',
    mistake: 'a service that is called has no endpoint',
    change: replace('infra/eks/endpoints.tf', /\n +"sqs",/, ''),
    code: 'closed-cloud',
    says: /names sqs, which has no endpoint/,
  },
  {
    name: 'platform-aws',
    mistake: 'a chart is read from its publisher',
    change: replace('delivery/platform-core/cert-manager.yaml', 'oci://${REGISTRY}/quay', 'oci://quay.io'),
    code: 'closed-network',
    says: /names quay\.io/,
  },
  {
    name: 'platform-aws',
    mistake: 'nobody is told what Renovate does not see',
    change: replace('docs/runbooks/no-way-out.md', 'looked at by hand', 'offered by Renovate'),
    code: 'closed-network',
    says: /Renovate does not see it/,
  },
  {
    name: 'platform-aws',
    mistake: 'a chart is raised and not carried in',
    change: replace('delivery/platform-core/cert-manager.yaml', /tag: v[\d.]+/, 'tag: v1.22.0'),
    code: 'closed-network',
    says: /v1\.22\.0 is carried in by nothing/,
  },
  {
    name: 'platform-aws',
    mistake: 'a source signs in to no registry',
    change: replace('delivery/crds/gateway-api.yaml', /\n +provider: aws/, ''),
    code: 'closed-cloud',
    says: /gateway-api: closed-cloud: signs in to no registry/,
  },
  {
    name: 'platform-aws',
    mistake: 'nobody gives Flux the right to read',
    change: replace('infra/eks/source-controller.tf', /source-controller/g, 'another-controller'),
    code: 'closed-cloud',
    says: /no identity lets source-controller read/,
  },
  {
    name: 'ride-dispatch-gcp',
    mistake: 'Cloud NAT is made after all',
    change: replace('infra/gke/network.tf', /$/, '\nresource "google_compute_router_nat" "main" {}\n'),
    code: 'closed-cloud',
    says: /google_compute_router_nat leads out/,
  },
  {
    name: 'ride-dispatch-gcp',
    mistake: 'routes of the house come along, a default route among them',
    change: replace('infra/gke/network.tf', 'import_custom_routes = false', 'import_custom_routes = true'),
    code: 'closed-cloud',
    says: /a default route of the house may come along/,
  },
  {
    name: 'concert-tickets-gcp',
    mistake: 'a repository fetches from a publisher',
    change: replace('infra/gcp-project/carried.tf', 'STANDARD_REPOSITORY', 'REMOTE_REPOSITORY'),
    code: 'closed-cloud',
    says: /fetches from a publisher/,
  },
  {
    name: 'shift-rota-aws',
    mistake: 'the load balancer answers to the internet',
    change: tree =>
      new Map(
        [...tree].map(([file, text]) => [
          file,
          text.replace(/scheme: internal\b/, 'scheme: internet-facing'),
        ]),
      ),
    code: 'closed-cloud',
    says: /answers to the internet/,
  },
  {
    name: 'ride-dispatch-gcp',
    place: RKE2_ON_GOOGLE,
    mistake: 'machines fetch their distribution from its publisher',
    change: replace(
      'infra/rke2/install-host.sh',
      /^fetched=.*$/m,
      'curl --output rke2 https://github.com/rancher/rke2/releases/download/v1/rke2.linux-amd64.tar.gz',
    ),
    code: 'closed-hosts',
    says: /fetches from github\.com/,
  },
  {
    name: 'ride-dispatch-gcp',
    place: RKE2_ON_GOOGLE,
    mistake: 'machines ask for an archive that nobody carries in',
    change: replace('scripts/carry-to-hosts.sh', 'rke2-images-core', 'rke2-images'),
    code: 'closed-hosts',
    says: /rke2-images-core\S+, which nobody carries in/,
  },
  {
    name: 'ride-dispatch-gcp',
    place: RKE2_ON_GOOGLE,
    mistake: 'machines bring themselves up to date at their first boot',
    change: replace('infra/machines/first-boot.yaml', 'write_files:', 'package_update: true\nwrite_files:'),
    code: 'closed-hosts',
    says: /asks for packages/,
  },
  {
    name: 'ride-dispatch-gcp',
    place: RKE2_ON_GOOGLE,
    mistake: 'machines may not read what was carried in for them',
    change: replace('infra/machines/host-store.tf', '/carried/', '/others/'),
    code: 'closed-hosts',
    says: /lets no machine read/,
  },
  {
    name: 'ride-dispatch-gcp',
    place: RKE2_ON_GOOGLE,
    mistake: 'Flux starts before anything hands credentials to its pods',
    change: replace('scripts/bootstrap.sh', /^kustomize build platform\/google-credentials.*\n/m, ''),
    code: 'machine-credentials',
    says: /starts Flux before/,
  },
  {
    name: 'ride-dispatch-gcp',
    place: RKE2_ON_GOOGLE,
    mistake: 'the operator of Cilium comes from its publisher',
    change: replace('scripts/install-cilium.sh', /^ +--set operator.*\n/m, ''),
    code: 'network-plugin',
    says: /delivery, which takes \S+operator/,
  },
];

test('on machines of Google what is carried in is there before the cluster asks for it, and placeholders may wait for it', () => {
  const tree = starters.get('machines of Google with RKE2')?.files;
  const steps = tree?.get('README.md')?.split('\n') ?? [];
  const line = (says: RegExp) => steps.findIndex(step => says.test(step));
  expect(line(/^\d+\. Run `scripts\/carry-in\.sh/)).toBeGreaterThan(0);
  expect(line(/^\d+\. Run `scripts\/bootstrap\.sh/)).toBeGreaterThan(
    line(/^\d+\. Run `scripts\/carry-in\.sh/),
  );
  expect(steps.filter(step => /bootstrap\.sh` (?:does|writes)/.test(step))).toEqual([]);
  expect(tree?.get('docs/runbooks/bootstrap.md')).toMatch(/placeholder is left but that of `RELEASE_SHA256`/);
});

describe('a mistake in a closed network', () => {
  test.each(MISTAKES)('$mistake', ({ name, place, change, code, says }) => {
    const tree = change(files(name, place));
    const findings = crossFindings(tree, code);
    expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
  });
});

describe('where a network cannot be closed', () => {
  test.each([
    ['Harbor', 'platform-aws', { registry: 'harbor' }, /Harbor stands outside of this network/],
    ['Argo CD', 'platform-aws', { gitops: 'argo-cd' }, /ends after twelve hours/],
    ['a pipeline that delivers', 'platform-aws', { gitops: 'push' }, /runs outside of this network/],
    ['the gateway of AWS', 'platform-aws', { edge: 'gateway-cloud' }, /looks certificates up in ACM/],
    ['the gateway of Google', 'concert-tickets-gcp', { edge: 'gateway-cloud' }, /answers to the internet/],
    ['AKS', 'city-services-azure', {}, /login\.microsoftonline\.com, which has no address within/],
    [
      'a machine of Azure',
      'city-services-azure',
      { 'control-plane': 'self-managed', distribution: 'rke2' },
      /may be every identity of the machine/,
    ],
    [
      'Talos on machines of Google',
      'ride-dispatch-gcp',
      { ...ON_MACHINES, distribution: 'talos' },
      /an extension of its system, and there is none for that of Google/,
    ],
  ] as const)('%s says why', (_what, name, pins, says) => {
    expect(leavesOpen(exampleInput(name, { answers, pins }))).toMatch(says);
  });
});
