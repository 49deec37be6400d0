/** On Azure: a credential trusts one service account, whose pods say so and which names the identity by its id. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { once } from '../once.ts';
import { ofKind } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';

export const azureIdentities: CrossCheck = {
  code: 'identities',
  says: 'Every credential of Azure trusts a service account that exists and names its identity, and every pod that asks has one.',
  check: tree => {
    const credentials = credentialsIn(tree);
    return clustersIn(tree).flatMap(view => [
      ...credentials.flatMap(each => credentialFindings(tree, view, each)),
      ...asking(tree)
        .filter(({ identity }) => !credentials.some(each => variableOf(each.identity) === identity))
        .map(({ file, identity }) => finding(file, `names ${identity}, which no credential is for`)),
    ]);
  },
};

interface Credential {
  readonly file: string;
  /** Label of the identity in Terraform. */
  readonly identity: string;
  readonly namespace: string;
  readonly account: string;
}

function credentialsIn(tree: FileTree): readonly Credential[] {
  return [...tree].flatMap(([file, text]) =>
    /^infra\/(?:aks|machines)\//.test(file) && file.endsWith('.tf')
      ? [...text.matchAll(/resource "azurerm_federated_identity_credential" [^{]+\{([^}]+)\}/g)].flatMap(
          ([, body = '']) => {
            const subject = /subject\s*=\s*"system:serviceaccount:([^:"]+):([^"]+)"/.exec(body);
            // Accounts of workloads that are only named in the values of a cluster are not known here.
            if (/for_each\s*=/.test(body)) return [];
            return {
              file,
              identity: /parent_id\s*=\s*azurerm_user_assigned_identity\.(\w+)\./.exec(body)?.[1] ?? '',
              namespace: subject?.[1] ?? '',
              account: subject?.[2] ?? '',
            };
          },
        )
      : [],
  );
}

/** Values and objects that name an identity by the variable of its id. */
const asking = once((tree: FileTree): readonly { readonly file: string; readonly identity: string }[] =>
  [...tree].flatMap(([file, text]) =>
    /^(?:platform|platform-config|apps|delivery)\//.test(file) && !file.startsWith('delivery/variables/')
      ? [...text.matchAll(/\$\{(CLIENT_ID_[A-Z_]+)\}/g)].map(([, identity = '']) => ({ file, identity }))
      : [],
  ),
);

function credentialFindings(
  tree: FileTree,
  { name, objects }: ClusterView,
  { file, identity, namespace, account }: Credential,
): readonly Finding[] {
  const variable = variableOf(identity);
  const named = asking(tree).some(each => each.identity === variable);
  const known = ofKind(objects, 'Namespace').some(({ metadata }) => metadata.name === namespace);
  const made = [...tree].some(
    ([path, text]) =>
      /^(?:platform|platform-config|apps|delivery)\//.test(path) &&
      (text.includes('azure.workload.identity/use') || marksByItself(text, variable)) &&
      (path.includes(`/${account}/`) ||
        path.endsWith(`/${account}.yaml`) ||
        marksByItself(text, variable) ||
        text.includes(`name: ${account}`)),
  );
  return [
    ...(known ? [] : [finding(file, `trusts an account of ${namespace}, which ${name} does not have`)]),
    ...(made ? [] : [finding(file, `trusts ${namespace}/${account}, whose pods do not ask for a token`)]),
    ...(named ? [] : [finding(file, `is for ${identity}, whose id \${${variable}} is named nowhere`)]),
  ];
}

/** A chart that is told of an identity and marks its pods. */
function marksByItself(text: string, variable: string): boolean {
  return text.includes(`workloadIdentity:`) && text.includes(`clientID: \${${variable}}`);
}

function variableOf(identity: string): string {
  return `CLIENT_ID_${identity.toUpperCase()}`;
}

function finding(place: string, message: string): Finding {
  return { code: 'identities', place, message };
}
