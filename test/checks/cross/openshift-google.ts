/** OpenShift on Google Cloud: each service account with a right stands for an account of the project, and its pods can read the credentials that they are given. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';
import { isOpenShift } from './provider.ts';

const IDENTITY = 'infra/machines/identity.tf';
const PREPARE = 'scripts/prepare-install.sh';
const ROLES = 'scripts/cloud-roles.sh';
const DATABASE = 'infra/machines/database.tf';

export const openshiftGoogle: CrossCheck = {
  code: 'openshift-google',
  says: 'Whose pods have a right at Google names an account that there is, by the pool that knows the keys of the cluster.',
  check: tree =>
    isOpenShift(tree) && tree.get(IDENTITY)?.includes('google_iam_workload_identity_pool') === true
      ? [
          ...accounts(tree),
          ...handedOut(tree),
          ...groups(tree),
          ...keys(tree),
          ...machines(tree),
          ...database(tree),
        ]
      : [],
};

interface StandIn {
  readonly file: string;
  readonly ending: string;
  readonly account: string;
}

function made(tree: FileTree): readonly StandIn[] {
  return [...tree].flatMap(([file, text]) => {
    if (!file.startsWith('infra/machines/')) return [];
    const [, ending] = /^ +account_id += "\$\{var\.short_name\}-([a-z0-9-]+)"$/m.exec(text) ?? [];
    const [, account = ''] = /\/subject\/system:serviceaccount:[\w-]+:([\w-]+)"/.exec(text) ?? [];
    return ending === undefined ? [] : [{ file, ending, account }];
  });
}

/** Files of the cluster that name one. */
function asked(
  tree: FileTree,
): readonly { readonly file: string; readonly text: string; readonly ending: string }[] {
  return [...tree].flatMap(([file, text]) =>
    /^(?:platform|platform-config|apps|delivery|clusters)\//.test(file)
      ? [
          ...withVariables(tree, file, text).matchAll(
            /cloud\.google\.com\/service-account-email: \$\{SHORT_NAME\}-([a-z0-9-]+)@/g,
          ),
        ].map(([, ending = '']) => ({ file, text: withVariables(tree, file, text), ending }))
      : [],
  );
}

/** What Flux itself is told has the values of its cluster in the place of variables. */
function withVariables(tree: FileTree, file: string, text: string): string {
  const [folder] = /^clusters\/[^/]+\//.exec(file) ?? [];
  const values = tree.get(`${folder}variables/cluster-vars.yaml`) ?? '';
  const inCluster = (name: string) => new RegExp(`^ +${name}: "?([^"\n]+)"?$`, 'm').exec(values)?.[1] ?? '';
  return folder === undefined
    ? text
    : text
        .replaceAll(
          `service-account-email: ${inCluster('SHORT_NAME')}-`,
          'service-account-email: ${SHORT_NAME}-',
        )
        .replaceAll(
          `/workloadIdentityPools/${inCluster('IDENTITY_POOL')}/`,
          '/workloadIdentityPools/${IDENTITY_POOL}/',
        );
}

function accounts(tree: FileTree): readonly Finding[] {
  const all = made(tree);
  const names = asked(tree);
  return [
    ...all
      .filter(({ ending }) => !names.some(each => each.ending === ending))
      .map(({ file, account }) => finding(file, `gives rights to ${account}, which names no account`)),
    ...names
      .filter(({ ending }) => !all.some(each => each.ending === ending))
      .map(({ file, ending }) =>
        finding(file, `names the account SHORT_NAME-${ending}, which nothing makes`),
      ),
    ...all
      .filter(({ ending }, index) => all.findIndex(each => each.ending === ending) !== index)
      .map(({ file, ending }) => finding(file, `makes a second account SHORT_NAME-${ending}`)),
    ...all
      .filter(({ ending }) => ending.length > 9)
      .map(({ file, ending }) => finding(file, `SHORT_NAME-${ending} may be longer than thirty characters`)),
  ];
}

const MODE = 'cloud.google.com/injection-mode: direct';

/** As the webhook of OpenShift reads them; what is the same in every cluster may stand in the values of the chart. */
function handedOut(tree: FileTree): readonly Finding[] {
  const [, provider] = /workload_identity_pool_provider_id = "([\w-]+)"/.exec(tree.get(IDENTITY) ?? '') ?? [];
  const beside = (file: string) =>
    tree.get(`platform/${file.split('/').at(-1)?.replace('.yaml', '')}/values.yaml`) ?? '';
  return asked(tree)
    .filter(
      ({ file, text }) =>
        !text.includes(`/workloadIdentityPools/\${IDENTITY_POOL}/providers/${provider}\n`) ||
        !`${text}${beside(file)}`.includes(MODE),
    )
    .map(({ file }) =>
      finding(file, 'names an account, and not by which provider its pods prove who they are'),
    );
}

/** Charts that name a group by themselves, or no user, so that the namespace gives both. */
const WITH_GROUP: readonly string[] = ['cert-manager', 'external-dns', 'keda', 'loki', 'tempo'];

function groups(tree: FileTree): readonly Finding[] {
  return [...tree]
    .filter(([file, text]) => /^platform\/[^/]+\/values\.yaml$/.test(file) && text.includes(MODE))
    .filter(([file, text]) => !WITH_GROUP.includes(file.split('/')[1] ?? '') && !/^ +fsGroup: /m.test(text))
    .map(([file]) => finding(file, 'has pods that cannot read the credentials that they are given'));
}

/** Written where they are looked for, for the tokens of operators and of pods. */
function keys(tree: FileTree): readonly Finding[] {
  const identity = tree.get(IDENTITY) ?? '';
  const [, provider = ''] = /workload_identity_pool_provider_id = "([\w-]+)"/.exec(identity) ?? [];
  const [allowed = ''] = /^ +audiences = \[[^\]]*/m.exec(identity) ?? [];
  return [
    ...(tree.get(PREPARE)?.includes('keys="infra/machines/keys/$name.jwks.json"') === true &&
    /^install .*"\$keys"$/m.test(tree.get(PREPARE) ?? '') &&
    identity.includes('keys/${var.cluster_name}.jwks.json')
      ? []
      : [finding(PREPARE, 'tells Google of no keys')]),
    ...(tree.get(ROLES)?.includes(`--workload-identity-provider ${provider} `) === true
      ? []
      : [finding(ROLES, 'has operators prove who they are to a provider that is not there')]),
    ...['openshift', 'sts.googleapis.com']
      .filter(audience => !allowed.includes(`"${audience}"`))
      .map(audience => finding(IDENTITY, `refuses tokens for ${audience}`)),
  ];
}

/** The installer may hand out accounts of machines, and the project has it. */
function machines(tree: FileTree): readonly Finding[] {
  const [, installer] =
    /member += "serviceAccount:([\w-]+)@\$\{var\.project_id\}/.exec(
      tree.get('infra/machines/machines.tf') ?? '',
    ) ?? [];
  const file = 'infra/gcp-project/installer.tf';
  return tree.get(file)?.includes(`account_id   = "${installer}"`) === true
    ? []
    : [finding(file, 'does not make the account that hands accounts to machines')];
}

function database(tree: FileTree): readonly Finding[] {
  const text = tree.get(DATABASE);
  return text === undefined || text.includes('google_iam_workload_identity_pool.cluster.name')
    ? []
    : [finding(DATABASE, 'lets in pods of a pool that this cluster has not')];
}

function finding(place: string, message: string): Finding {
  return { code: 'openshift-google', place, message };
}
