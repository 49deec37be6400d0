/** Releases: built after every check, signed where they are built, and applied only where the signature is verified. */
import type { FileTree } from '../../../src/files/tree.ts';
import { clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { documentsOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

const WORKFLOW = '.github/workflows/release.yaml';

export const releases: CrossCheck = {
  code: 'releases',
  says: 'A release is signed where it is built, and what reads it verifies that and reads nothing else.',
  check: tree => {
    const build = tree.get(WORKFLOW);
    if (build === undefined || !/cosign sign/.test(build))
      return [...tree.keys()]
        .filter(path => path.startsWith('releases/'))
        .map(path => finding(path, 'is promoted without a signature'));
    return [
      ...building(build),
      ...keys(tree, build),
      ...clustersIn(tree).flatMap(({ name }) => readingOf(tree, name)),
    ];
  },
};

function building(text: string): readonly Finding[] {
  const [validated, pushed, signed] = ['scripts/validate.sh', 'oras push', 'cosign sign'].map(each =>
    text.indexOf(each),
  );
  const inOrder = validated !== -1 && (validated ?? 0) < (pushed ?? 0) && (pushed ?? 0) < (signed ?? 0);
  return [
    ...(inOrder ? [] : [finding(WORKFLOW, 'does not check, push and sign in this order')]),
    ...(/cosign sign [^\n]*"\$RELEASE"/.test(text) &&
    /RELEASE: \S+@\$\{\{ steps\.push\.outputs\.digest \}\}/.test(text)
      ? []
      : [finding(WORKFLOW, 'does not sign by digest')]),
  ];
}

/** How cosign names a key of each cloud, where it is made, and that only the environment `release` signs with it. */
const CLOUD_KEYS = [
  {
    scheme: 'awskms',
    file: 'infra/aws-account/release-key.tf',
    signs: /key_usage += "SIGN_VERIFY"/,
    lets: /:environment:release"/,
  },
  {
    scheme: 'gcpkms',
    file: 'infra/gcp-project/release-key.tf',
    signs: /purpose += "ASYMMETRIC_SIGN"/,
    lets: /attribute\.deploys\/release"/,
  },
  {
    scheme: 'azurekms',
    file: 'infra/azure-subscription/release-key.tf',
    signs: /key_opts += \["sign"/,
    lets: /:environment:release"/,
  },
];

function keys(tree: FileTree, build: string): readonly Finding[] {
  const scheme = /cosign sign [^\n]*--key "?(\w+):\/\//.exec(build)?.[1];
  const known = CLOUD_KEYS.find(each => each.scheme === scheme);
  if (known === undefined) return [];
  const text = tree.get(known.file) ?? '';
  return [
    ...(known.signs.test(text) ? [] : [finding(known.file, 'makes no key that signs')]),
    ...(known.lets.test(text) ? [] : [finding(known.file, 'lets others sign than the release workflow')]),
    ...(/^ {4}environment: release$/m.test(build)
      ? []
      : [finding(WORKFLOW, 'is nobody whom the key knows: it runs in no environment')]),
  ];
}

function readingOf(tree: FileTree, cluster: string): readonly Finding[] {
  const release = `releases/${cluster}`;
  const named = /^sha256:[0-9a-f]{64}$/m.test(tree.get(release) ?? '')
    ? []
    : [finding(release, 'names no release by its digest')];
  const verifies = /verify-release\.sh "\$digest"/;
  const flux = tree.get(`clusters/${cluster}/flux-instance.yaml`);
  if (flux === undefined)
    return verifies.test(tree.get('scripts/deliver-release.sh') ?? '')
      ? named
      : [...named, finding('scripts/deliver-release.sh', 'delivers what it has not verified')];
  const [instance] = documentsOf(flux);
  const patches = list(at(instance, 'spec', 'kustomize', 'patches')).map(({ patch }) => String(patch));
  const verify = patches.find(patch => patch.includes('/spec/verify')) ?? '';
  const byKey = /name: release-signer/.test(verify);
  const byIdentity = /subject: .*release\\\.yaml@refs\/heads\/main\$/.test(verify);
  const steps = [...tree].filter(
    ([path]) => path.startsWith(`clusters/${cluster}/`) && !path.includes('/variables/'),
  );
  return [
    ...named,
    ...(at(instance, 'spec', 'sync', 'kind') === 'OCIRepository'
      ? []
      : [finding(`clusters/${cluster}/flux-instance.yaml`, 'reads Git and not the release')]),
    ...(byKey || byIdentity
      ? []
      : [finding(`clusters/${cluster}/flux-instance.yaml`, 'applies what it has not verified')]),
    ...(byKey && !tree.has('releases/cosign.pub') ? [finding('releases/cosign.pub', 'is not there')] : []),
    ...steps
      .filter(([, text]) => /sourceRef:\n +kind: GitRepository\n +name: flux-system/.test(text))
      .map(([path]) => finding(path, 'reads Git and not the release')),
    ...(verifies.test(tree.get('.github/workflows/promoted.yaml') ?? '')
      ? []
      : [finding('.github/workflows/promoted.yaml', 'moves a tag to what it has not verified')]),
  ];
}

function finding(place: string, message: string): Finding {
  return { code: 'releases', place, message };
}
