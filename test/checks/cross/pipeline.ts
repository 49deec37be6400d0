/** A pipeline that delivers: every step is somebody's, who may do just what it takes, from one environment alone. */

import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { once } from '../once.ts';
import { parseOnce } from '../parse-once.ts';
import { isInstall, orderOf, type PushStep } from '../push.ts';
import { type ManifestObject, nameOf, ofKind } from '../yaml-files.ts';
import { groupOf } from './crds-first.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';
import { permits } from './permits.ts';

const WORKFLOW = '.github/workflows/deliver.yaml';
const COMPARING = '.github/workflows/compare.yaml';
const RBAC = 'rbac.authorization.k8s.io';
/** Of these a dry run would change something, or would take the right to hand out rights. */
const ONLY_READ = [RBAC, 'admissionregistration.k8s.io'];

export const pipeline: CrossCheck = {
  code: 'pipeline',
  says: 'A pipeline that delivers installs everything once, as an identity that may do that and nothing more.',
  check: tree =>
    clustersIn(tree).flatMap(view => {
      const order = orderOf(tree, `clusters/${view.name}`);
      if (order === null) return [];
      const report = (place: string, message: string): Finding => ({
        code: 'pipeline',
        place: `${view.name}: ${place}`,
        message,
      });
      return [
        ...installsOnce(view, order).map(message => report('steps.yaml', message)),
        ...workloadRights(view).map(message => report('delivery/access/apps.yaml', message)),
        ...comparing(view).map(message => report('delivery/access/compare.yaml', message)),
        ...tooWide(view).map(message => report('delivery/access', message)),
        ...jobs(tree, view, order).map(message => report(WORKFLOW, message)),
      ];
    }),
};

function installsOnce({ own }: ClusterView, order: readonly PushStep[]): readonly string[] {
  const named = order.flatMap(({ name, installs }) => installs.map(install => ({ step: name, install })));
  const known = own.filter(isInstall);
  return [
    ...named
      .filter(({ install }) => !known.some(({ metadata }) => metadata.name === install))
      .map(({ install }) => `installs ${install}, which is nowhere`),
    ...known.flatMap(({ metadata }) => {
      const steps = named.filter(({ install }) => install === metadata.name).map(({ step }) => step);
      if (steps.length !== 1) return [`${metadata.name} is installed by ${steps.length} steps`];
      return steps[0] === metadata.labels?.step ? [] : [`${metadata.name} belongs to another step`];
    }),
  ];
}

function workloadRights({ steps, objects }: ClusterView): readonly string[] {
  const workloads = steps.find(({ name }) => name === 'apps')?.objects ?? [];
  return workloads.flatMap(object => {
    const { namespace } = object.metadata;
    if (namespace === undefined) return [`${nameOf(object)} lies in no namespace`];
    const bound = ofKind(objects, 'RoleBinding').some(
      each => each.metadata.namespace === namespace && isFor(each, 'apps'),
    );
    const role = ofKind(objects, 'Role').find(
      ({ metadata }) => metadata.namespace === namespace && metadata.name === 'delivery-apps',
    );
    if (!bound || role === undefined) return [`nobody may apply ${nameOf(object)}`];
    const may = ['create', 'patch', 'delete'].every(verb => permits(role, object, verb));
    return may ? [] : [`does not permit ${nameOf(object)}`];
  });
}

function comparing({ steps, objects }: ClusterView): readonly string[] {
  const role = objects.find(
    ({ kind, metadata }) => kind === 'ClusterRole' && metadata.name === 'delivery-compare',
  );
  const bound = objects.find(each => each.kind === 'ClusterRoleBinding' && isFor(each, 'compare'));
  if (role === undefined || at(bound, 'roleRef', 'name') !== 'delivery-compare')
    return ['nobody may compare, or with other rights'];
  const verbs = new Set(list(at(role, 'rules')).flatMap(rule => rule.verbs as string[]));
  const guard = objects.find(
    ({ kind, spec }) =>
      kind === 'ValidatingAdmissionPolicy' &&
      /request\.dryRun == true/.test(JSON.stringify(at(spec, 'validations'))),
  );
  const denies = objects.some(
    ({ kind, spec }) =>
      kind === 'ValidatingAdmissionPolicyBinding' &&
      at(spec, 'policyName') === guard?.metadata.name &&
      JSON.stringify(at(spec, 'validationActions')).includes('Deny'),
  );
  return [
    ...(guard !== undefined && denies ? [] : ['nothing keeps who compares from changing what it sees']),
    ...[...verbs]
      .filter(verb => !['get', 'list', 'create', 'patch'].includes(verb))
      .map(verb => `may ${verb}`),
    ...steps
      .flatMap(step => step.objects)
      // One that is empty in Git is filled in the cluster, and read by nobody who compares.
      .filter(object => {
        if (object.kind === 'Secret') return permits(role, object, 'get');
        const readOnly = ONLY_READ.includes(groupOf(object));
        return !permits(role, object, 'get') || permits(role, object, 'patch') === readOnly;
      })
      .map(object => `cannot compare ${nameOf(object)} as it has to`),
  ];
}

/** The platform has all rights and says so; no other role of the pipeline comes near them. */
function tooWide({ objects }: ClusterView): readonly string[] {
  return objects
    .filter(({ kind, metadata }) => /^(?:Cluster)?Role$/.test(kind) && metadata.name.startsWith('delivery-'))
    .flatMap(role => {
      const text = JSON.stringify(at(role, 'rules'));
      const found = /"(secrets|escalate|bind|impersonate|\*)"/.exec(text)?.[1];
      return found === undefined ? [] : [`${nameOf(role)} goes as far as ${found}`];
    });
}

function isFor(binding: ManifestObject, identity: string): boolean {
  return list(at(binding, 'subjects')).some(({ name }) => String(name).toLowerCase().includes(identity));
}

interface Job {
  readonly environment?: string;
  readonly needs?: readonly string[];
  readonly steps?: readonly { readonly run?: string }[];
}

function jobs(tree: FileTree, { name }: ClusterView, order: readonly PushStep[]): readonly string[] {
  const all = Object.entries(jobsOf(tree, WORKFLOW));
  const trusted = environmentsIn(tree);
  const running = (wanted: string) =>
    all.find(([, { steps = [] }]) =>
      steps.some(({ run }) => run?.replace('deliver-release.sh', 'deliver.sh') === wanted),
    ) ?? null;
  const delivering = [...new Set(order.map(({ by }) => by))].flatMap(by => {
    const found = running(`scripts/deliver.sh ${name} ${by}`);
    if (found === null) return [`no job takes the steps of ${by}`];
    const [job, { environment }] = found;
    return trusted(environment) ? [] : [`${job} runs in ${environment}, which nothing lends an identity`];
  });
  const comparison = Object.values(jobsOf(tree, COMPARING)).find(({ steps = [] }) =>
    steps.some(({ run }) => run === `scripts/compare.sh ${name}`),
  );
  const begins = all.filter(([, { needs = [] }]) => needs.length === 0).map(([job]) => job);
  const identities = all.flatMap(([, { environment }]) => environment ?? []);
  return [
    ...delivering,
    ...(comparison !== undefined && trusted(comparison.environment) ? [] : ['nothing compares it with Git']),
    ...(begins.length === 1 ? [] : [`${begins.join(' and ')} begin at once`]),
    ...(new Set(identities).size === identities.length ? [] : ['two jobs share an environment']),
  ];
}

function jobsOf(tree: FileTree, path: string): Readonly<Record<string, Job>> {
  return (parseOnce(tree.get(path) ?? '{}') as { jobs?: Record<string, Job> }).jobs ?? {};
}

/** Environments that the infrastructure trusts, or the API server itself, with the names of the clusters put in. */
const environmentsIn = once((tree: FileTree): ((environment: string | undefined) => boolean) => {
  const read = (file: RegExp) => [...tree].filter(([path]) => file.test(path)).map(([, text]) => text);
  const trusting = read(/^infra\/[^/]+\/(?:delivery\.tf|authentication\.yaml|control-plane\.yaml)$/).join(
    '\n',
  );
  const names = [
    ...read(/^infra\/[^/]+\/envs\/.+\.tfvars\.example$/).map(text =>
      /^cluster_name\s*=\s*"(.+)"$/m.exec(text),
    ),
    ...read(/^infra\/hosts\/.+\.conf$/).map(text => /^CLUSTER_NAME=(.+)$/m.exec(text)),
  ].flatMap(found => found?.[1] ?? []);
  const patterns = trusting.matchAll(
    /(?:=|in \[|,) *"((?:deliver|compare)-)(?:\$\{var\.cluster_name\}|__CLUSTER_NAME__)([a-z-]*)"/g,
  );
  const known = [...patterns].flatMap(([, before = '', after = '']) =>
    names.map(name => `${before}${name}${after}`),
  );
  return environment => environment !== undefined && known.includes(environment);
});
