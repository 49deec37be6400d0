/** Machines of Google Cloud: pods that ask for credentials get them, from an API server that serves what hands them out. */
import type { FileTree } from '../../../src/files/tree.ts';
import { clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { documentsOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';
import { isOpenShift } from './provider.ts';

const LABEL = 'platform/google-credentials';
const POLICY = 'platform/google-credentials/policy.yaml';
const METADATA = '169.254.169.254/32';
const ISSUER = /service-account-issuer/;

export const machineCredentials: CrossCheck = {
  code: 'machine-credentials',
  says: 'Pods on machines of Google get credentials by their label, their account has a right there, and no pod acts as its node.',
  check: tree =>
    tree.get('infra/machines/identity.tf')?.includes('google_iam_workload_identity_pool') === true
      ? [
          ...metadata(tree),
          // There a webhook of the cluster hands them out: openshift-google.ts.
          ...(isOpenShift(tree)
            ? []
            : [...asking(tree), ...handedOut(tree), ...inTime(tree), ...database(tree)]),
        ]
      : [],
};

/** A database knows accounts of the project: who acts for one is of this cluster, and its credentials say so. */
function database(tree: FileTree): readonly Finding[] {
  const file = 'infra/machines/database.tf';
  const text = tree.get(file);
  if (text === undefined) return [];
  const address = /^resource "google_compute_address" "database"[\s\S]*?^\}/m.exec(text)?.[0] ?? '';
  return [
    ...(text.includes('.svc.id.goog[') || !text.includes('google_iam_workload_identity_pool.cluster.name')
      ? [finding(file, 'lets in pods of a pool that this cluster has not')]
      : []),
    ...(address.includes('google_compute_instance.machine')
      ? []
      : [finding(file, 'may take an address that the inventory names')]),
    ...(tree.get(POLICY)?.includes('service_account_impersonation_url') === true
      ? []
      : [finding(POLICY, 'hands out credentials that act for no account of a database')]),
  ];
}

/** Who has a right asks for it, and who asks has one. */
function asking(tree: FileTree): readonly Finding[] {
  const granted = [...tree].flatMap(([file, text]) =>
    file.startsWith('infra/machines/')
      ? [...text.matchAll(/\/subject\/system:serviceaccount:[\w-]+:([\w-]+)"/g)].map(([, account = '']) => ({
          file,
          account,
        }))
      : [],
  );
  const asks = [...tree].filter(
    ([file, text]) =>
      /^(?:platform|platform-config|apps|delivery|clusters\/[^/]+\/flux-instance)\b/.test(file) &&
      file !== POLICY &&
      text.includes(`${LABEL}:`),
  );
  const meets = ([file, text]: readonly [string, string], account: string) =>
    file.includes(`/${account}/`) || new RegExp(`\\b${account}\\b`).test(text);
  return [
    ...granted
      .filter(({ account }) => !asks.some(each => meets(each, account)))
      .map(({ file, account }) =>
        finding(file, `gives a right to ${account}, whose pods do not ask for credentials`),
      ),
    ...asks
      .filter(each => !granted.some(({ account }) => meets(each, account)))
      .map(([file]) => finding(file, 'asks for credentials, and nothing gives its account a right')),
  ];
}

/** A version that is not served by default has to be asked for, on every host of the control plane. */
function handedOut(tree: FileTree): readonly Finding[] {
  const [policy] = documentsOf(tree.get(POLICY) ?? '');
  if (policy === undefined) return [finding(POLICY, 'is not there, so no pod gets credentials')];
  const selected = at(policy, 'spec', 'matchConstraints', 'objectSelector', 'matchLabels', LABEL);
  const told = [...tree].filter(
    ([file, text]) => /^infra\/\w+\/[\w-]+\.yaml$/.test(file) && ISSUER.test(text),
  );
  return [
    ...(selected === 'true' ? [] : [finding(POLICY, 'does not select the pods that ask')]),
    ...(told.length === 0 ? [finding('infra', 'no API server is told who signs tokens')] : []),
    ...(at(policy, 'apiVersion') === 'admissionregistration.k8s.io/v1beta1'
      ? told
          .filter(([, text]) => !/MutatingAdmissionPolicy=true/.test(text) || !/v1beta1=true/.test(text))
          .map(([file]) => finding(file, 'does not serve what hands out credentials'))
      : []),
  ];
}

/** Flux gets none where what hands them out comes by Flux. */
function inTime(tree: FileTree): readonly Finding[] {
  const file = 'scripts/bootstrap.sh';
  const asks = [...tree].some(([path, text]) => path.endsWith('/flux-instance.yaml') && text.includes(LABEL));
  const [before = ''] = (tree.get(file) ?? '').split('helm upgrade --install flux-operator');
  return !asks || before.includes('kustomize build platform/google-credentials')
    ? []
    : [finding(file, 'starts Flux before anything hands credentials to its pods')];
}

/** What may go anywhere may not ask the server of metadata, which would take it for its node. */
function metadata(tree: FileTree): readonly Finding[] {
  return clustersIn(tree).flatMap(({ name, objects }) =>
    objects
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .filter(({ spec }) =>
        list(at(spec, 'egress'))
          .flatMap(({ to }) => list(to))
          .some(
            peer =>
              at(peer, 'ipBlock', 'cidr') === '0.0.0.0/0' &&
              !((at(peer, 'ipBlock', 'except') ?? []) as readonly string[]).includes(METADATA),
          ),
      )
      .map(each =>
        finding(
          `${name}: ${each.metadata.namespace}/${each.metadata.name}`,
          'lets pods ask the server of metadata',
        ),
      ),
  );
}

function finding(place: string, message: string): Finding {
  return { code: 'machine-credentials', place, message };
}
