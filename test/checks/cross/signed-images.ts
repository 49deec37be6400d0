/** Beside Gatekeeper Ratify is asked for signatures: by a rule that names it, at an address where it answers, for an authority that is there. */
import type { FileTree } from '../../../src/files/tree.ts';
import { type ClusterView, clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { parseOnce } from '../parse-once.ts';
import type { ManifestObject } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, fields, list } from './fields.ts';

const RATIFY = 'config.ratify.deislabs.io/';
const GATEKEEPER = 'platform/gatekeeper/values.yaml';
const OF_AZURE = 'infra/aks/own-images.tf';
const DELIVER = 'scripts/deliver.sh';
const SCRIPTS = [DELIVER, 'scripts/compare.sh'];
const OF_GATEKEEPER = 'gatekeeper-webhook-server-cert';

export const signedImages: CrossCheck = {
  code: 'signed-images',
  says: 'Whoever judges images asks who verifies signatures, who answers there and knows the authority.',
  check: tree => clustersIn(tree).flatMap(view => findings(tree, view)),
};

function findings(tree: FileTree, view: ClusterView): readonly Finding[] {
  if (!view.objects.some(({ apiVersion }) => apiVersion.startsWith(RATIFY))) return [];
  const finding = (message: string): Finding => ({ code: 'signed-images', place: view.name, message });
  const provider = view.objects.find(({ apiVersion }) =>
    apiVersion.startsWith('externaldata.gatekeeper.sh/'),
  );
  if (provider === undefined) return [finding('nothing says where Ratify is asked')];
  return [
    ...answers(tree, view, provider),
    ...asks(tree, view, provider),
    ...knows(view),
    ...signsInAtAws(tree, view),
    ...leftAlone(tree, provider),
  ].map(finding);
}

/** At the address that Gatekeeper is told, by a certificate that Ratify makes for that name. */
function answers(tree: FileTree, { objects }: ClusterView, provider: ManifestObject): readonly string[] {
  const [, name, namespace, port] =
    /^https:\/\/([\w-]+)\.([\w-]+):(\d+)\//.exec(String(at(provider.spec, 'url'))) ?? [];
  const within = (kind: string, wanted: string | undefined) =>
    objects.find(
      each => each.kind === kind && each.metadata.name === wanted && each.metadata.namespace === namespace,
    );
  const ports = list(at(within('Service', name)?.spec, 'ports')).map(each => String(each.port));
  const pod = fields(at(within('Deployment', name)?.spec, 'template', 'spec'));
  const [container = {}] = list(pod.containers);
  const env = Object.fromEntries(list(container.env).map(each => [String(each.name), each.value]));
  const args = (container.args ?? []) as readonly string[];
  const mounted = list(pod.volumes).map(each => at(each, 'secret', 'secretName'));
  const secret = within('Secret', `${name}-tls`);
  const proves = args.some(each => each.startsWith('--ca-cert-file=')) && mounted.includes(OF_GATEKEEPER);
  return [
    ...(ports.includes(String(port)) ? [] : [`no Service answers at ${String(at(provider.spec, 'url'))}`]),
    ...(env.RATIFY_NAME === name && env.RATIFY_NAMESPACE === namespace && env.RATIFY_CERT_ROTATION === '1'
      ? []
      : ['Ratify makes no certificate for the name that it is asked by']),
    ...(secret !== undefined && mounted.includes(`${name}-tls`)
      ? []
      : ['there is no Secret for the certificate of Ratify']),
    ...(secret !== undefined && ('data' in secret || 'stringData' in secret)
      ? ['a key of Ratify lies in Git']
      : []),
    ...(tree.has(GATEKEEPER) && !proves ? ['Ratify answers whoever asks, and not Gatekeeper alone'] : []),
  ];
}

/** By a rule that names it, before the webhook is given up, and not for images of others. */
function asks(
  tree: FileTree,
  { objects }: ClusterView,
  { metadata, spec }: ManifestObject,
): readonly string[] {
  const own = tree.get(GATEKEEPER);
  const template = objects.find(
    each => each.kind === 'ConstraintTemplate' && JSON.stringify(each.spec).includes('external_data('),
  );
  const kind = at(template?.spec, 'crd', 'spec', 'names', 'kind');
  const constraint = objects.find(each => each.kind === kind);
  const rule = own === undefined ? (tree.get(OF_AZURE) ?? '') : JSON.stringify(template?.spec ?? '');
  const prefix =
    own === undefined ? /prefix = "(.*)" \}/.exec(rule)?.[1] : at(constraint?.spec, 'parameters', 'prefix');
  const values = own === undefined ? null : parseOnce(own);
  return [
    ...(rule.includes(`"provider\\": \\"${metadata.name}\\"`) ? [] : ['no rule asks Ratify']),
    ...(typeof prefix === 'string' && /[^/]\/$/.test(prefix)
      ? []
      : ['the rule does not say which images it is about']),
    ...(own === undefined || at(values, 'enableExternalData') === true ? [] : ['Gatekeeper may ask nobody']),
    ...(own === undefined ||
    Number(at(values, 'validatingWebhookTimeoutSeconds')) >= Number(at(spec, 'timeout'))
      ? []
      : ['the webhook is given up before Ratify has answered']),
  ];
}

/** What the verifier trusts is given by a provider of keys that is there. */
function knows({ objects }: ClusterView): readonly string[] {
  const authorities = objects
    .filter(({ kind }) => kind === 'KeyManagementProvider')
    .map(each => each.metadata.name);
  return objects
    .filter(({ kind, apiVersion }) => kind === 'Verifier' && apiVersion.startsWith(RATIFY))
    .flatMap(({ spec }) => {
      const stores = fields(at(spec, 'parameters', 'verificationCertStores', 'ca'));
      const trusted = list(at(spec, 'parameters', 'trustPolicyDoc', 'trustPolicies')).flatMap(
        each => (each.trustStores ?? []) as readonly string[],
      );
      return trusted
        .map(each => each.replace(/^ca:/, ''))
        .filter(
          store => !((stores[store] ?? []) as readonly string[]).some(each => authorities.includes(each)),
        )
        .map(store => `nothing gives the certificates of ${store}`);
    });
}

/** ECR lets in a role, which Ratify takes by a token of its account, in a region that it is told. */
function signsInAtAws(tree: FileTree, { objects }: ClusterView): readonly string[] {
  const store = objects.find(({ kind, apiVersion }) => kind === 'Store' && apiVersion.startsWith(RATIFY));
  if (at(store?.spec, 'parameters', 'authProvider', 'name') !== 'awsEcrBasic') return [];
  const pods = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'ratify');
  const pod = fields(at(pods?.spec, 'template', 'spec'));
  const namespace = pods?.metadata.namespace;
  const account = objects.find(
    ({ kind, metadata }) =>
      kind === 'ServiceAccount' &&
      metadata.name === pod.serviceAccountName &&
      metadata.namespace === namespace,
  );
  const role = /:role\/.+-(ratify)$/.exec(
    account?.metadata.annotations?.['eks.amazonaws.com/role-arn'] ?? '',
  )?.[1];
  const made = [...tree].find(
    ([path, text]) =>
      path.startsWith('infra/') && text.includes(`name               = "\${var.cluster_name}-${role}"`),
  )?.[1];
  const trusted = made?.includes(`"system:serviceaccount:${namespace}:${account?.metadata.name}"`) === true;
  const issuer = [...tree].some(
    ([path, text]) =>
      path.startsWith('infra/') && text.includes('"aws_iam_openid_connect_provider" "cluster"'),
  );
  const [container = {}] = list(pod.containers);
  return [
    ...(trusted && issuer ? [] : ['nothing lends Ratify a role at AWS for a token of its account']),
    ...(list(container.env).some(({ name }) => name === 'AWS_REGION')
      ? []
      : ['Ratify is told no region of AWS']),
  ];
}

/** Ratify writes its own authority where Gatekeeper looks: delivery must not put back what Git began with. */
function leftAlone(tree: FileTree, { metadata }: ManifestObject): readonly string[] {
  const argo = tree.get('platform/argo-cd/values.yaml');
  if (argo !== undefined)
    return /ignoreDifferences\.externaldata\.gatekeeper\.sh_Provider: \|\s+jsonPointers:\s+- \/spec\/caBundle/.test(
      argo,
    )
      ? []
      : ['Argo CD puts back the authority that Ratify has written'];
  if (tree.has(DELIVER))
    return SCRIPTS.flatMap(path =>
      leaves(tree.get(path) ?? '') ? [] : [`${path} puts back the authority that Ratify has written`],
    );
  return metadata.annotations?.['kustomize.toolkit.fluxcd.io/ssa'] === 'IfNotPresent'
    ? []
    : ['Flux puts back the authority that Ratify has written'];
}

/** Whoever applies what it holds, or asks for a dry run of it, takes the field out before. */
function leaves(script: string): boolean {
  const called = script.search(/^ +(?:patiently )?begun "/m);
  return (
    /^ +yq -i 'del\(select\(\.apiVersion == "externaldata\.gatekeeper\.sh\/v1beta1"\)\.spec\.caBundle\)'/m.test(
      script,
    ) &&
    called >= 0 &&
    called < script.search(/^ +(?:patiently apply -f "\$file"|compared "the step)/m)
  );
}
