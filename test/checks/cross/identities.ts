/** Roles are handed to service accounts that exist, and only their pods may reach the agent that hands them out. */

import type { FileTree } from '../../../src/files/tree.ts';
import { clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { once } from '../once.ts';
import { parseOnce } from '../parse-once.ts';
import { type ManifestObject, ofKind } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';
import { providerOf } from './provider.ts';

export const identities: CrossCheck = {
  code: 'identities',
  says: 'Every role of the infrastructure goes to a service account of platform/, and its pods can fetch credentials.',
  check: tree => {
    const address = providerOf(tree).agent?.address;
    return clustersIn(tree).flatMap(({ name, objects, steps }) => {
      const agents = new Set(
        ofKind(objects, 'NetworkPolicy')
          .filter(({ spec }) => address !== undefined && reaches(spec, `${address}/32`))
          .map(({ metadata }) => metadata.namespace ?? ''),
      );
      const associations = associationsIn(tree);
      return [
        ...associations.flatMap(({ file, namespace, account }): readonly Finding[] => {
          const releases = steps.flatMap(({ installs }) =>
            installs.filter(install => install.namespace === namespace),
          );
          const accounts = [
            ...releases.flatMap(release => accountsOf(tree, release.name)),
            ...ofKind(objects, 'ServiceAccount')
              .filter(({ metadata }) => metadata.namespace === namespace)
              .map(({ metadata }) => metadata.name),
            ...(namespace === 'flux-system' ? controllersOf(objects) : []),
          ];
          return [
            ...(accounts.includes(account)
              ? []
              : [finding(file, `gives a role to ${namespace}/${account}, which nothing of ${name} makes`)]),
            ...(address === undefined || agents.has(namespace) || namespace === 'kube-system'
              ? []
              : [finding(file, `gives a role to ${namespace}, whose pods cannot reach the agent`)]),
          ];
        }),
        ...[...agents]
          .filter(namespace => !associations.some(each => each.namespace === namespace))
          .map(namespace => finding(`${name}: ${namespace}`, 'may fetch credentials and is given no role')),
      ];
    });
  },
};

/** Names may be resolved at the same address, at another port. */
function reaches(spec: unknown, cidr: string): boolean {
  return list(at(spec, 'egress')).some(
    ({ to, ports }) =>
      list(to).some(peer => at(peer, 'ipBlock', 'cidr') === cidr) &&
      list(ports).some(({ port }) => port !== 53),
  );
}

interface Association {
  readonly file: string;
  readonly namespace: string;
  readonly account: string;
}

const associationsIn = once((tree: FileTree): readonly Association[] =>
  [...tree].flatMap(([file, text]) =>
    file.endsWith('.tf') ? [...podIdentities(file, text), ...federatedAccounts(file, text)] : [],
  ),
);

/** Google names pods by namespace and account, with or without an account of its own in between. */
function federatedAccounts(file: string, text: string): readonly Association[] {
  const named =
    /\/ns\/([\w-]+)\/sa\/([\w-]+)"|svc\.id\.goog\[([\w-]+)\/([\w-]+)\]|\/subject\/system:serviceaccount:([\w-]+):([\w-]+)"/g;
  return [...text.matchAll(named)].map(([, ...found]) => {
    const [namespace = '', account = ''] = found.filter(each => each !== undefined);
    return { file, namespace, account };
  });
}

function podIdentities(file: string, text: string): readonly Association[] {
  return (
    [...text.matchAll(/resource "aws_eks_pod_identity_association" [^{]+\{([^}]+)\}/g)]
      .map(([, body = '']) => ({
        file,
        namespace: /namespace\s*=\s*"([^"]+)"/.exec(body)?.[1] ?? '',
        account: /service_account\s*=\s*"([^"]+)"/.exec(body)?.[1] ?? '',
      }))
      // Accounts that the values of a cluster name are workloads that are still to come.
      .filter(({ namespace }) => namespace !== '')
  );
}

/** Where charts are told the names of their accounts; without any it is that of the release. */
const ACCOUNT_PATHS = [
  ['serviceAccount', 'name'],
  ['serviceAccount', 'operator', 'name'],
  ['admissionController', 'rbac', 'serviceAccount', 'name'],
  ['serviceAccounts', 'operator', 'name'],
] as const;

function accountsOf(tree: FileTree, release: string): readonly string[] {
  const text = tree.get(`platform/${release}/values.yaml`);
  const values: unknown = text === undefined ? undefined : parseOnce(text);
  const named = ACCOUNT_PATHS.map(path => at(values, ...path)).filter(
    name => typeof name === 'string' && name !== '',
  );
  return named.length === 0 ? [release] : (named as string[]);
}

function finding(place: string, message: string): Finding {
  return { code: 'identities', place, message };
}

/** The operator makes an account for each controller of Flux. */
function controllersOf(objects: readonly ManifestObject[]): readonly string[] {
  return objects.flatMap(({ kind, spec }) => {
    const components = at(spec, 'components');
    return kind === 'FluxInstance' && Array.isArray(components) ? components.map(String) : [];
  });
}
