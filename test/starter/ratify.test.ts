/** Ratify verifies signatures for Gatekeeper, that of Azure and one's own: what is written, and mistakes in it that are seen. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const SIGNED = { 'policy-engine': 'gatekeeper', 'image-signing': 'notary-project' } as const;
/** AKS Automatic, where Azure runs Gatekeeper, delivered by Argo CD. */
const GIVEN = starterOf('regulated-azure');
/** AKS Standard with a Gatekeeper of its own, delivered by Flux. */
const OWN = starterOf('city-services-azure', { pins: { ...SIGNED, gitops: 'flux' } });
/** The same, delivered by a pipeline. */
const PUSHED = starterOf('city-services-azure', { pins: { ...SIGNED, gitops: 'push' } });
/** On EKS, which gives roles to pods by an agent that Ratify does not ask. */
const AT_AWS = starterOf('platform-aws', { pins: { ...SIGNED, registry: 'cloud-registry' } });

const missing = ({ notGenerated }: typeof OWN) =>
  notGenerated.flatMap(({ decision, because }) => (decision === 'image-signing' ? [because] : []));

describe('images of your own are verified', () => {
  test.each([
    { where: 'by the Gatekeeper of Azure', starter: GIVEN },
    { where: 'by one of your own', starter: OWN },
    { where: 'by one that a pipeline delivers', starter: PUSHED },
    { where: 'by one of your own on EKS', starter: AT_AWS },
  ])('$where', ({ starter }) => {
    expect(missing(starter)).toEqual([]);
    expect(starter.files.get('platform/ratify/deployment.yaml')).toMatch(/ratify:v1\.\d+\.\d+/);
    expect(starter.placeholders.map(({ token }) => token)).toContain('REPLACE_ME_SIGNING_CERTIFICATE');
  });

  test('and nothing that is written beside it is at odds', () => {
    for (const { files } of [OWN, GIVEN, PUSHED, AT_AWS])
      expect(crossFindings(files).map(formatFinding)).toEqual([]);
  });

  test.each([
    { where: 'AKS Automatic, which takes no proxy', example: 'regulated-azure', told: false },
    { where: 'EKS', example: 'platform-aws', told: true },
  ])('of a proxy Ratify is told where its nodes are: $where', ({ example, told }) => {
    const { files } = starterOf(example, { pins: { ...SIGNED, egress: 'proxy' } });
    expect(files.get('platform/ratify/deployment.yaml')?.includes('HTTPS_PROXY')).toBe(told);
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
  });

  test('and that it is not told of one is seen', () => {
    const { files } = starterOf('platform-aws', { pins: { ...SIGNED, egress: 'proxy' } });
    const untold = replace(
      'platform/ratify/deployment.yaml',
      'name: HTTPS_PROXY',
      'name: NOBODY_READS',
    )(files);
    expect(crossFindings(untold).map(formatFinding).join('\n')).toContain(
      'may reach the proxy and is told nothing of it',
    );
  });

  test('Azure is given the rule by its policies, and no cluster is', () => {
    expect(GIVEN.files.get('infra/aks/own-images.tf')).toContain(
      'mode         = "Microsoft.Kubernetes.Data"',
    );
    expect(
      [...GIVEN.files.keys()].filter(file => /ratify\/rule|base\/image-signatures\/own-/.test(file)),
    ).toEqual([]);
  });

  test('a Gatekeeper of your own proves itself to Ratify and warns at first', () => {
    expect(OWN.files.get('platform/ratify/deployment.yaml')).toContain(
      'secretName: gatekeeper-webhook-server-cert',
    );
    expect(OWN.files.get('platform-config/base/image-signatures/own-images.yaml')).toContain(
      'enforcementAction: warn',
    );
  });

  test.each<{ example: string; pins: Record<string, string>; says: RegExp }>([
    { example: 'platform-aws', pins: { registry: 'harbor' }, says: /Harbor/ },
  ])('it is said why Ratify is not generated: $says', ({ example, pins, says }) => {
    expect(missing(starterOf(example, { pins: { ...SIGNED, ...pins } }))).toEqual([
      expect.stringMatching(says),
    ]);
  });
});

const DEPLOYMENT = 'platform/ratify/deployment.yaml';
const POLICIES = 'platform/ratify/network-policies.yaml';
const SEEN: readonly (Mutation & { readonly starter: typeof OWN })[] = [
  {
    mistake: 'Gatekeeper is told another port',
    starter: GIVEN,
    change: replace('platform/ratify/provider.yaml', ':6001/', ':6002/'),
    code: 'signed-images',
    says: /no Service answers/,
  },
  {
    mistake: 'the certificate is made for another name',
    starter: GIVEN,
    change: replace(
      DEPLOYMENT,
      'name: RATIFY_NAMESPACE\n              value: ratify',
      'name: RATIFY_NAMESPACE\n              value: default',
    ),
    code: 'signed-images',
    says: /makes no certificate/,
  },
  {
    mistake: 'the Secret of the certificate is not made',
    starter: GIVEN,
    change: replace('platform/ratify/empty-secret.yaml', 'name: ratify-tls', 'name: ratify-cert'),
    code: 'signed-images',
    says: /no Secret/,
  },
  {
    mistake: 'somebody puts a key into the empty Secret',
    starter: GIVEN,
    change: replace(
      'platform/ratify/empty-secret.yaml',
      'type: Opaque',
      'type: Opaque\ndata:\n  tls.key: eA==',
    ),
    code: 'signed-images',
    says: /key of Ratify lies in Git/,
  },
  {
    mistake: 'Ratify answers anybody beside a Gatekeeper of its own',
    starter: OWN,
    change: replace(DEPLOYMENT, /\n {12}- "--ca-cert-file=.*"/, ''),
    code: 'signed-images',
    says: /whoever asks/,
  },
  {
    mistake: 'the rule of Azure asks somebody else',
    starter: GIVEN,
    change: replace('infra/aks/own-images.tf', 'ratify-provider', 'another-provider'),
    code: 'signed-images',
    says: /no rule asks/,
  },
  {
    mistake: 'the rule is about every image',
    starter: OWN,
    change: replace('platform-config/base/image-signatures/own-images.yaml', /prefix: .*/, 'prefix: ""'),
    code: 'signed-images',
    says: /which images/,
  },
  {
    mistake: 'Gatekeeper may not ask',
    starter: OWN,
    change: replace(
      'platform/gatekeeper/values.yaml',
      'enableExternalData: true',
      'enableExternalData: false',
    ),
    code: 'signed-images',
    says: /may ask nobody/,
  },
  {
    mistake: 'the webhook is given up too early',
    starter: OWN,
    change: replace(
      'platform/gatekeeper/values.yaml',
      'validatingWebhookTimeoutSeconds: 5',
      'validatingWebhookTimeoutSeconds: 3',
    ),
    code: 'signed-images',
    says: /given up/,
  },
  {
    mistake: 'the authority has another name than the one that is trusted',
    starter: GIVEN,
    change: replace('platform-config/base/image-signatures/authority.yaml', 'name: authority', 'name: house'),
    code: 'signed-images',
    says: /certificates of authority/,
  },
  {
    mistake: 'Argo CD puts back what Git began with',
    starter: GIVEN,
    change: replace('platform/argo-cd/values.yaml', '/spec/caBundle', '/spec/timeout'),
    code: 'signed-images',
    says: /Argo CD puts back/,
  },
  {
    mistake: 'Flux puts back what Git began with',
    starter: OWN,
    change: replace('platform/ratify/provider.yaml', 'IfNotPresent', 'Merge'),
    code: 'signed-images',
    says: /Flux puts back/,
  },
  {
    mistake: 'a pipeline puts back what Git began with',
    starter: PUSHED,
    change: replace('scripts/deliver.sh', '  patiently begun "$file"\n', ''),
    code: 'signed-images',
    says: /deliver\.sh puts back/,
  },
  {
    mistake: 'a comparison finds every night what Git began with',
    starter: PUSHED,
    change: replace('scripts/compare.sh', '.spec.caBundle', '.spec.timeout'),
    code: 'signed-images',
    says: /compare\.sh puts back/,
  },
  {
    mistake: 'the role of Ratify trusts another account',
    starter: AT_AWS,
    change: replace('infra/eks/ratify.tf', 'gatekeeper-system:ratify', 'ratify:ratify'),
    code: 'signed-images',
    says: /nothing lends Ratify a role/,
  },
  {
    mistake: 'IAM is not told who signs tokens of the cluster',
    starter: AT_AWS,
    change: replace(
      'infra/eks/ratify.tf',
      '"aws_iam_openid_connect_provider" "cluster"',
      '"aws_iam_openid_connect_provider" "github"',
    ),
    code: 'signed-images',
    says: /nothing lends Ratify a role/,
  },
  {
    mistake: 'Ratify does not know its region',
    starter: AT_AWS,
    change: replace(DEPLOYMENT, 'name: AWS_REGION', 'name: AWS_REGIO'),
    code: 'signed-images',
    says: /told no region/,
  },
  {
    mistake: 'Gatekeeper may not reach Ratify',
    starter: OWN,
    change: drop(POLICIES, 'name: to-ratify'),
    code: 'reachability',
    says: /asks for signatures/,
  },
  {
    mistake: 'Ratify may not reach the registry',
    starter: GIVEN,
    change: drop(POLICIES, 'name: ratify-to-registries'),
    code: 'reachability',
    says: /reaches the API of the cloud/,
  },
  {
    mistake: 'kinds of Ratify do not come before its settings',
    starter: OWN,
    change: replace('delivery/crds/kustomization.yaml', '  - ratify-crds.yaml\n', ''),
    code: 'crds-first',
    says: /ratify-crds/,
  },
];

describe('a mistake in the verification of images', () => {
  test.each(SEEN)('$mistake', ({ starter, change, code, says }) => {
    expect(crossFindings(starter.files, code)).toEqual([]);
    expect(crossFindings(change(starter.files), code).map(formatFinding)).toContainEqual(
      expect.stringMatching(says),
    );
  });
});
