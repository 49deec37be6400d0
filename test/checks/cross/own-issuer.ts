/** Roles of AWS that a cluster of one's own takes by tokens: signed under the name that AWS asks, for accounts that there are, by roles that there are. */
import type { FileTree } from '../../../src/files/tree.ts';
import { clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { inventoriesIn } from '../hosts.ts';
import type { CrossCheck } from './cross-check.ts';
import { isOpenShift } from './provider.ts';

const IDENTITY = 'infra/machines/identity.tf';
const WEBHOOK = 'platform/pod-identity-webhook/webhook.yaml';
const TOLD = /service-account-issuer(?:=|: |\n\s+value: )__ISSUER__/;

export const ownIssuer: CrossCheck = {
  code: 'own-issuer',
  says: 'AWS reads the keys of service accounts where the API server says they are, and lends roles that exist to accounts that exist.',
  check: tree =>
    tree.get(IDENTITY)?.includes('aws_iam_openid_connect_provider') === true
      ? [...issuers(tree), ...apiServer(tree), ...roles(tree), ...accounts(tree), ...tokens(tree)]
      : [],
};

function issuers(tree: FileTree): readonly Finding[] {
  return inventoriesIn(tree).flatMap(({ file, settings }) => {
    const { ISSUER, CLUSTER_NAME, ACCOUNT_ID, REGION } = settings;
    const expected = `https://${CLUSTER_NAME}-issuer-${ACCOUNT_ID}.s3.${REGION}.amazonaws.com`;
    return ISSUER === expected ? [] : [finding(file, `ISSUER is ${ISSUER} and not ${expected}`)];
  });
}

/** What the installer of OpenShift is told of who signs tokens. */
const INSTALL = 'scripts/prepare-install.sh';

function apiServer(tree: FileTree): readonly Finding[] {
  const installed = tree.get(INSTALL);
  if (installed !== undefined)
    return installed.includes('serviceAccountIssuer: $(infra output -raw issuer)') &&
      installed.includes('publish openid/v1/jwks')
      ? []
      : [finding(INSTALL, 'tells the installer of no issuer, or AWS of no keys')];
  const told = [...tree].some(
    ([path, text]) => /^infra\/(?:rke2|k3s|kubeadm|talos)\//.test(path) && TOLD.test(text),
  );
  return told ? [] : [finding('infra', 'no API server is told the service-account-issuer of the inventory')];
}

function roles(tree: FileTree): readonly Finding[] {
  const made = new Set(
    [...tree]
      .filter(([path]) => path.startsWith('infra/machines/'))
      .flatMap(([, text]) => [...text.matchAll(/^ +name += "\$\{var\.cluster_name\}-([\w-]+)"$/gm)])
      .map(([, name = '']) => name),
  );
  return [...tree]
    .filter(([path]) => /^(?:delivery|platform|platform-config|apps)\//.test(path))
    .flatMap(([path, text]) =>
      [...text.matchAll(/:role\/\$\{CLUSTER_NAME\}-([\w-]+)/g)]
        .filter(([, name = '']) => !made.has(name))
        .map(([, name = '']) => finding(path, `takes the role CLUSTER_NAME-${name}, which nothing makes`)),
    );
}

function accounts(tree: FileTree): readonly Finding[] {
  const namespaces = new Set(
    clustersIn(tree).flatMap(({ objects }) =>
      objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name),
    ),
  );
  return [...tree]
    .filter(([path]) => path.startsWith('infra/machines/'))
    .flatMap(([path, text]) =>
      [...text.matchAll(/"system:serviceaccount:([\w-]+):([\w-]+)"/g)]
        .filter(([, namespace = '']) => !namespaces.has(namespace))
        .map(([, namespace = '', name = '']) =>
          finding(path, `trusts ${namespace}/${name}, whose namespace nothing makes`),
        ),
    );
}

function tokens(tree: FileTree): readonly Finding[] {
  const asked = [...tree].some(
    ([path, text]) => path.startsWith('delivery/') && text.includes('eks.amazonaws.com/role-arn:'),
  );
  return asked && !tree.has(WEBHOOK) && !isOpenShift(tree)
    ? [finding(WEBHOOK, 'service accounts name roles, and no webhook gives their pods tokens')]
    : [];
}

function finding(place: string, message: string): Finding {
  return { code: 'own-issuer', place, message };
}
