/** Charts of components that call out, and where each takes variables of its environment. */
import type { Id } from '../../../content/catalogue.ts';
import { appended, changedAt, mapOf } from '../../chart-values.ts';
import type { HelmValues } from '../../contribution.ts';

const URL = '${PROXY_URL}';
const PAST = '${NO_PROXY}';

/** Programs read one case or the other. */
export const PROXY_VARIABLES: Readonly<Record<string, string>> = {
  HTTP_PROXY: URL,
  HTTPS_PROXY: URL,
  NO_PROXY: PAST,
};
const PROXY_LIST = Object.entries(PROXY_VARIABLES).map(([name, value]) => ({ name, value }));

/** In the network of its node, so that no policy leads it to the proxy. */
export const KEY_VAULT_PROVIDER = 'csi-secrets-store-provider-azure';

type Form = 'list' | 'map';
/** By release: the path of the value, and its form. */
const ENVIRONMENTS: Readonly<Record<Id, readonly [path: string, form: Form]>> = {
  alloy: ['alloy.extraEnv', 'list'],
  'argo-cd': ['global.env', 'list'],
  'aws-load-balancer-controller': ['env', 'map'],
  'cluster-autoscaler': ['extraEnv', 'map'],
  'external-dns': ['env', 'list'],
  'external-secrets': ['extraEnv', 'list'],
  karpenter: ['controller.env', 'list'],
  keda: ['env', 'list'],
  kyverno: ['global.extraEnvVars', 'list'],
  loki: ['defaults.extraEnv', 'list'],
  tempo: ['tempo.extraEnv', 'list'],
  vector: ['env', 'list'],
  velero: ['configuration.extraEnvVars', 'list'],
};

/** Of the chart that reads Key Vault: its settings of a proxy are those of the extension of Azure Arc, whose monitoring is a part of its own. */
const OF_ARC: HelmValues = {
  enableArcExtension: true,
  arc: { enableMonitoring: false },
  Azure: {
    Identity: { isEnabled: false },
    proxySettings: { isProxyEnabled: true, httpProxy: URL, httpsProxy: URL, noProxy: PAST },
  },
};

/** Null where the chart has no place for it. */
export function withProxy(release: Id, values: HelmValues): HelmValues | null {
  if (release === 'cert-manager') return { ...values, http_proxy: URL, https_proxy: URL, no_proxy: PAST };
  if (release === KEY_VAULT_PROVIDER) return { ...values, ...OF_ARC };
  const place = ENVIRONMENTS[release];
  if (place === undefined) return null;
  const [path, form] = place;
  return form === 'list'
    ? appended(values, path, PROXY_LIST)
    : changedAt(values, path, there => ({ ...mapOf(there), ...PROXY_VARIABLES }));
}
