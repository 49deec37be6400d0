/** Where the driver of mounted secrets comes by charts: one driver, a provider beside it, and tokens for whom identities trust them. */
import type { FileTree } from '../../../src/files/tree.ts';
import { STORE_DRIVER } from '../../../src/starter/secrets/store-driver.ts';
import type { Finding } from '../finding.ts';
import { documentsOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

const VALUES = `platform/${STORE_DRIVER}/values.yaml`;
const PROVIDER = /^platform\/([\w-]*(?:secrets-store|provider)[\w-]*)\/(?:values|daemonset)\.yaml$/;

export const mountedSecrets: CrossCheck = {
  code: 'mounted-secrets',
  says: 'Secrets are mounted by one driver, which has a provider beside it and asks for tokens that identities trust.',
  check: tree => {
    const providers = [...tree.keys()].filter(file => file !== VALUES && PROVIDER.test(file));
    const driver = documentsOf(tree.get(VALUES) ?? '')[0];
    if (driver === undefined)
      return providers.map(file => finding(file, 'reads secrets for a driver that is not there'));
    return [
      ...(providers.length === 1 ? [] : [finding(VALUES, `has ${providers.length} providers beside it`)]),
      ...providers
        .filter(file => bringsDriver(tree, file))
        .map(file => finding(file, 'brings a second driver')),
      ...heardByGoogle(tree),
      ...trusted(tree)
        .filter(
          ({ audience }) =>
            !list(at(driver, 'tokenRequests')).some(each => at(each, 'audience') === audience),
        )
        .map(({ file, audience }) =>
          finding(file, `trusts tokens for ${audience}, which the driver does not ask for`),
        ),
    ];
  },
};

/** Charts of providers bring the driver along unless they are told not to. */
function bringsDriver(tree: FileTree, file: string): boolean {
  if (!file.endsWith('/values.yaml')) return false;
  return documentsOf(tree.get(file) ?? '').some(values => at(values, STORE_DRIVER, 'install') !== false);
}

const TRUSTED = /audience += \["([^"]+)"\]|issuer_host\}:aud"\s+values += \["([^"]+)"\]/g;
/** The provider of Google takes the token whose audience is that of the pool, and the driver has to ask for it. */
function heardByGoogle(tree: FileTree): readonly Finding[] {
  const config = `platform/${STORE_DRIVER}-provider-gcp/config.yaml`;
  const audience = /"audience": "([^"]+)"/.exec(tree.get(config) ?? '')?.[1];
  if (audience === undefined) return [];
  const asked = [...tree].some(
    ([file, text]) =>
      (file === VALUES || file.endsWith(`/${STORE_DRIVER}.yaml`)) && text.includes(`audience: ${audience}`),
  );
  const known =
    (tree.get('platform/google-credentials/policy.yaml') ?? '').includes(audience.replace(/^\/\//, '')) ||
    (tree.get('infra/machines/identity.tf') ?? '').includes(
      '"//iam.googleapis.com/${google_iam_workload_identity_pool.cluster.name}/providers/cluster"',
    );
  return [
    ...(asked ? [] : [finding(config, `takes tokens for ${audience}, which the driver does not ask for`)]),
    ...(known ? [] : [finding(config, `${audience} is not what Google knows this cluster by`)]),
  ];
}

/** Whom tokens of readers have to be for. */
function trusted(tree: FileTree): readonly { readonly file: string; readonly audience: string }[] {
  return [...tree].flatMap(([file, text]) =>
    /\/secret(?:-reader)?s\.tf$/.test(file)
      ? [...text.matchAll(TRUSTED)].map(([, azure, aws]) => ({ file, audience: azure ?? aws ?? '' }))
      : [],
  );
}

function finding(place: string, message: string): Finding {
  return { code: 'mounted-secrets', place, message };
}
