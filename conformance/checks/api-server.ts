/**
 * A real API server admits every object of every cluster. It knows what no schema says: rules across fields, rules in
 * CEL of definitions, whether the CEL of admission policies compiles; and the pods of each workload are shown to the
 * Pod Security of their namespace and to the policies of the repository, all of which refuse here, even where the
 * starter only has them audited at first.
 */
import { type Kinds, kindOf, knownKinds, missingDefinitions, rootOf } from '../api-server/kinds.ts';
import { podsOf } from '../api-server/pods.ts';
import { type Answer, type ApiServer, withApiServer } from '../api-server/server.ts';
import { type Check, merge, type Report } from '../check.ts';
import { clustersOf, type KubernetesObject, type RenderedCluster } from '../render.ts';
import { etcd, kubeApiserver, kustomize } from '../tools.ts';
import { waiversOf } from '../waivers.ts';

/** These have to stand before others are admitted as they would be; each is gone again before the next cluster. */
const FIRST = [
  'v1 Namespace',
  'scheduling.k8s.io/v1 PriorityClass',
  'node.k8s.io/v1 RuntimeClass',
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding',
];
const BINDING = 'ValidatingAdmissionPolicyBinding';
const AT_ONCE = 16;
const WAIT_SECONDS = 30;

export const apiServerCheck: Check = {
  name: 'api-server',
  version: kubeApiserver.version,
  tools: [kustomize, etcd, kubeApiserver],
  run: async stacks => {
    const clusters = (await Promise.all(stacks.map(clustersOf))).flat();
    return withApiServer(async server => {
      const kinds = await teach(
        server,
        clusters.flatMap(({ objects }) => objects),
      );
      const reports: Report[] = [];
      for (const cluster of clusters) reports.push(await admitAll(server, kinds, cluster));
      const shown = clusters.flatMap(({ objects }) => objects);
      const pods = shown.flatMap(podsOf);
      return waived(
        merge(reports),
        `${shown.length} objects and ${pods.length} pods of ${clusters.length} clusters`,
      );
    });
  },
};

/** Defines the kinds that the server lacks. */
async function teach(server: ApiServer, objects: readonly KubernetesObject[]): Promise<Kinds> {
  const builtIn = await knownKinds(server);
  const definitions = (await missingDefinitions(objects, builtIn)) as readonly KubernetesObject[];
  for (const definition of definitions) {
    const problems = problemsOf(await apply(server, builtIn, definition, 'for good'));
    if (problems.length > 0) throw new Error(`${definition.metadata.name}: ${problems.join('; ')}`);
  }
  const wanted = [...new Set(objects.map(kindOf))];
  return waitFor<Kinds>(async () => {
    const kinds = await knownKinds(server);
    const missing = wanted.filter(kind => !kinds.has(kind));
    return missing.length === 0
      ? { seen: kinds }
      : { missing: `the server does not serve ${missing.join(', ')}` };
  });
}

async function admitAll(
  server: ApiServer,
  kinds: Kinds,
  { name, objects, paths }: RenderedCluster,
): Promise<Report> {
  const first = FIRST.flatMap(kind => objects.filter(object => kindOf(object) === kind)).map(enforced);
  const others = objects.filter(object => !FIRST.includes(kindOf(object)));
  const errors: string[] = [];
  const admit = async (object: KubernetesObject, how: 'for good' | 'dry run'): Promise<void> => {
    const { namespace } = object.metadata;
    const place = [object.kind, namespace, object.metadata.name].filter(part => part !== undefined).join('/');
    for (const problem of problemsOf(await apply(server, kinds, object, how)))
      errors.push(`${name} ${place}: ${problem}`);
  };
  for (const object of first) await admit(object, 'for good');
  const hasPolicies = first.some(({ kind }) => kind === BINDING);
  if (hasPolicies) await policiesAreRead(server, kinds);
  const shown = [...others, ...objects.flatMap(podsOf)];
  for (let at = 0; at < shown.length; at += AT_ONCE)
    await Promise.all(shown.slice(at, at + AT_ONCE).map(object => admit(object, 'dry run')));
  for (const object of first.toReversed()) await remove(server, kinds, object);
  if (hasPolicies) await policiesAreRead(server, kinds);
  return { files: paths, errors: errors.sort(), notes: [] };
}

/** Policies refuse, whatever the starter has them do on the first day: what it runs must stand that day too. */
function enforced(object: KubernetesObject): KubernetesObject {
  if (object.kind !== BINDING) return object;
  return { ...object, spec: { ...(object.spec as object), validationActions: ['Deny'] } };
}

async function apply(
  { ask }: ApiServer,
  kinds: Kinds,
  object: KubernetesObject,
  how: 'for good' | 'dry run',
): Promise<Answer> {
  const options = new URLSearchParams({
    fieldManager: 'conformance',
    force: 'true',
    fieldValidation: 'Strict',
  });
  if (how === 'dry run') options.set('dryRun', 'All');
  return ask('PATCH', `${pathOf(kinds, object)}?${options}`, object);
}

function pathOf(kinds: Kinds, object: KubernetesObject): string {
  const { name, namespace } = object.metadata;
  const place = kinds.get(kindOf(object));
  if (place === undefined) throw new Error(`the server does not know ${kindOf(object)}`);
  const within = place.namespaced ? `/namespaces/${namespace ?? 'default'}` : '';
  return `${rootOf(object.apiVersion)}${within}/${place.plural}/${name}`;
}

/** Why an object was refused, and what was said beside admitting it. */
function problemsOf({ code, body, warnings }: Answer): readonly string[] {
  if (code < 300) return warnings;
  const { message = body } = JSON.parse(body) as { readonly message?: string };
  return [message, ...warnings];
}

async function remove(server: ApiServer, kinds: Kinds, object: KubernetesObject): Promise<void> {
  const path = pathOf(kinds, object);
  await server.ask('DELETE', path);
  if (object.kind !== 'Namespace') return;
  // No controller empties a namespace here, and nothing is in it.
  const { body } = await server.ask('GET', path);
  const namespace = JSON.parse(body) as KubernetesObject;
  await server.ask('PUT', `${path}/finalize`, { ...namespace, spec: { finalizers: [] } });
}

/** A server reads policies anew about once a second, all at once: one that refuses a name shows that all are read, and that those before them are forgotten. */
async function policiesAreRead(server: ApiServer, kinds: Kinds): Promise<void> {
  const name = `chartroom-${Date.now()}`;
  const rules = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] };
  const policy = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      matchConstraints: { resourceRules: [rules] },
      validations: [{ expression: `object.metadata.name != '${name}'` }],
    },
  };
  const binding = {
    ...policy,
    kind: BINDING,
    spec: { policyName: name, validationActions: ['Deny'] },
  };
  const refused = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } };
  await apply(server, kinds, policy, 'for good');
  await apply(server, kinds, binding, 'for good');
  await waitFor(async () => {
    const { code } = await apply(server, kinds, refused, 'dry run');
    return code < 300 ? { missing: 'the server has not read the admission policies' } : { seen: code };
  });
  await remove(server, kinds, binding);
  await remove(server, kinds, policy);
}

/** Looks until there is something, and says what is missing where nothing comes. */
async function waitFor<T>(
  look: () => Promise<{ readonly seen: T } | { readonly missing: string }>,
): Promise<T> {
  const until = Date.now() + WAIT_SECONDS * 1000;
  for (;;) {
    const found = await look();
    if ('seen' in found) return found.seen;
    if (Date.now() > until) throw new Error(`${found.missing} after ${WAIT_SECONDS} s`);
    await new Promise(wake => setTimeout(wake, 100));
  }
}

/** Without what is waived; a waiver that was needed is a note. */
function waived({ files, errors, notes }: Report, shown: string): Report {
  const waivers = waiversOf('api-server').map(({ check, reason }) => ({
    seen: new RegExp(check),
    check,
    reason,
  }));
  const left = errors.filter(error => !waivers.some(({ seen }) => seen.test(error)));
  return {
    files,
    errors: left,
    notes: [
      ...notes,
      shown,
      ...waivers
        .filter(({ seen }) => errors.some(error => seen.test(error)))
        .map(({ check, reason }) => `waived ${check}: ${reason}`),
    ],
  };
}
