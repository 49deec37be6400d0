/** What Vault is told of a cluster is what the cluster shows it: sign-in, role, audience, account, and the paths that pods name. */
import { parseAllDocuments } from 'yaml';
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { documentsOf, type ManifestObject } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list, podTemplate } from './fields.ts';

const SCRIPT = 'scripts/trust-in-vault.sh';
const DRIVER = 'platform/secrets-store-csi-driver/values.yaml';
const PROVIDER = 'platform/vault-csi-provider/daemonset.yaml';
const STORE = 'platform-config/base/secret-stores/vault.yaml';
const PAGE = 'docs/runbooks/secrets.md';

export const vaultSecrets: CrossCheck = {
  code: 'vault-secrets',
  says: 'Whoever reads Vault signs in by the role, the place and the audience that Vault is told of, and names paths that it may read.',
  check: tree => {
    const script = tree.get(SCRIPT);
    const mounts = tree.has(PROVIDER);
    if (script === undefined)
      return mounts || tree.has(STORE) ? [finding(SCRIPT, 'is not there, and Vault trusts nobody')] : [];
    if (!mounts && !tree.has(STORE)) return [finding(SCRIPT, 'lets a cluster in that reads nothing')];
    const told = toldOf(script);
    return [
      ...(mounts ? mounted(tree, told) : copied(tree, told)),
      ...classesOf(tree).flatMap(each => namedRightly(tree, each, told)),
    ];
  },
};

interface Told {
  readonly role: string | undefined;
  readonly audience: string | undefined;
  readonly subject: string | undefined;
  readonly place: string;
  /** With CLUSTER_NAME, NAMESPACE and ACCOUNT in the place of what differs. */
  readonly paths: readonly string[];
}

function toldOf(script: string): Told {
  const found = (pattern: RegExp) => pattern.exec(script)?.[1];
  return {
    role: found(/"auth\/\$path\/role\/([^"]+)"/),
    audience: found(/bound_audiences: \["([^"]+)"\]/),
    subject: found(/bound_subject: "([^"]+)"/),
    place: (found(/^path="([^"]+)"$/m) ?? '').replace('$name', '${CLUSTER_NAME}'),
    paths: [...script.matchAll(/^path "([^"]+)" \{/gm)].map(([, path = '']) =>
      path.replace('$name', 'CLUSTER_NAME').replace('$namespace', 'NAMESPACE').replace('$account', 'ACCOUNT'),
    ),
  };
}

function mounted(tree: FileTree, { role, audience, subject, place, paths }: Told): readonly Finding[] {
  const asked = list(at(documentsOf(tree.get(DRIVER) ?? '')[0], 'tokenRequests')).map(each =>
    at(each, 'audience'),
  );
  const provider = documentsOf(tree.get(PROVIDER) ?? '').find(each => at(each, 'kind') === 'DaemonSet');
  const [container] = list(at(provider, 'spec', 'template', 'spec', 'containers'));
  const args = at(container, 'args');
  const signsInAt = Array.isArray(args) && args.includes(`--vault-mount=${place}`);
  return [
    ...(asked.includes(audience)
      ? []
      : [finding(DRIVER, `asks for no tokens for ${audience}, which Vault takes`)]),
    ...(signsInAt ? [] : [finding(PROVIDER, `does not sign in at ${place}, where Vault knows the cluster`)]),
    ...(subject === undefined ? [] : [finding(SCRIPT, `lets ${subject} alone in, and pods sign in`)]),
    ...(role === undefined ? [finding(SCRIPT, 'makes no role')] : []),
    ...(paths.every(path => /NAMESPACE.+ACCOUNT/.test(path))
      ? []
      : [finding(SCRIPT, 'lets an account read what belongs to another one')]),
  ];
}

function copied(tree: FileTree, { role, audience, subject, place }: Told): readonly Finding[] {
  const [store] = documentsOf(tree.get(STORE) ?? '').filter(
    each => at(each, 'kind') === 'ClusterSecretStore',
  );
  const jwt = at(store, 'spec', 'provider', 'vault', 'auth', 'jwt');
  const account = at(jwt, 'kubernetesServiceAccountToken', 'serviceAccountRef');
  const shown = at(account, 'audiences');
  const who = `system:serviceaccount:${at(account, 'namespace')}:${at(account, 'name')}`;
  return [
    ...(at(jwt, 'role') === role
      ? []
      : [finding(STORE, `signs in as ${at(jwt, 'role')} and not as ${role}`)]),
    ...(at(jwt, 'path') === place ? [] : [finding(STORE, `does not sign in at ${place}`)]),
    ...(subject === who ? [] : [finding(SCRIPT, `lets ${subject ?? 'anybody'} in, and it is ${who}`)]),
    ...(Array.isArray(shown) && shown.includes(audience)
      ? []
      : [finding(STORE, `shows tokens that are not for ${audience}`)]),
  ];
}

interface MountedClass {
  readonly file: string;
  readonly object: ManifestObject;
}

/** Those of the tree, and that of the page, which people copy. */
function classesOf(tree: FileTree): readonly MountedClass[] {
  return [...tree].flatMap(([file, text]) => {
    if (!text.includes('kind: SecretProviderClass')) return [];
    const shown = file === PAGE ? (/```yaml\n(.+?)```/s.exec(text)?.[1] ?? '') : text;
    if (file !== PAGE && !file.endsWith('.yaml')) return [];
    const documents = parseAllDocuments(shown).map(each => each.toJS() as ManifestObject | null);
    return documents.flatMap(object =>
      object?.kind === 'SecretProviderClass' && at(object, 'spec', 'provider') === 'vault'
        ? [{ file, object }]
        : [],
    );
  });
}

function namedRightly(
  tree: FileTree,
  { file, object }: MountedClass,
  { role, paths }: Told,
): readonly Finding[] {
  const { name, namespace } = object.metadata;
  const parameters = at(object, 'spec', 'parameters');
  const objects = parseAllDocuments(String(at(parameters, 'objects')))[0]?.toJS() as unknown;
  const named = list(objects).map(each => String(at(each, 'secretPath')));
  const account = accountOf(tree, object) ?? '[^/.]+';
  const readable = paths.map(
    path =>
      new RegExp(
        `^${path
          .replace(/[.*]/g, '\\$&')
          .replace('CLUSTER_NAME', '(?:CLUSTER_NAME|\\$\\{CLUSTER_NAME\\})')
          .replace('NAMESPACE', namespace ?? '')
          .replace('ACCOUNT', account)
          .replace('\\*', '.+')}$`,
      ),
  );
  return [
    ...(at(parameters, 'roleName') === role
      ? []
      : [finding(file, `${name} signs in as ${at(parameters, 'roleName')} and not as ${role}`)]),
    ...named
      .filter(path => !readable.some(each => each.test(path)))
      .map(path => finding(file, `${name} names ${path}, which its pods may not read`)),
    ...(at(object, 'spec', 'secretObjects') === undefined
      ? []
      : [finding(file, `${name} asks for a copy, which the driver may not make`)]),
  ];
}

/** Whose token the provider shows for a class: that of the pods that mount it, where the tree has them. */
function accountOf(tree: FileTree, { metadata }: ManifestObject): string | null {
  for (const [file, text] of tree) {
    if (!file.endsWith('.yaml') || !text.includes(`secretProviderClass: ${metadata.name}`)) continue;
    for (const each of documentsOf(text) as readonly ManifestObject[]) {
      const template = each === null ? null : podTemplate(each);
      const volumes = list(at(template, 'spec', 'volumes'));
      const mounts = volumes.some(
        volume => at(volume, 'csi', 'volumeAttributes', 'secretProviderClass') === metadata.name,
      );
      if (mounts && each.metadata.namespace === metadata.namespace)
        return String(at(template, 'spec', 'serviceAccountName') ?? 'default');
    }
  }
  return null;
}

function finding(place: string, message: string): Finding {
  return { code: 'vault-secrets', place, message };
}
