/** The organisation's own authority: certificates of the gateway come from an intermediate of it, and every namespace can trust it. */
import type { IClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1';
import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1';
import type { Component, Contribution, Runbook } from '../contribution.ts';
import { isClosedInCloud } from '../egress/no-egress/closed.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import type { ModuleInput } from '../module.ts';
import { scraped, toApiServer, webhook } from '../network/common-edges.ts';
import type { PodPeer } from '../network/edge.ts';
import { pickOf } from '../picks.ts';
import { secretPutThere } from '../secrets/by-hand.ts';
import { secretKey, storeOf } from '../secrets/external-secrets/store.ts';
import { AUTHORITIES, AUTHORITIES_KEY } from './house/authorities.ts';

const DECISION = 'dns-and-certificates';
const TRUST = 'trust-manager';
const NAMESPACE = 'cert-manager';
const KEY = 'issuing-authority';
const BUNDLE = 'trusted-authorities';
const LABEL = { 'trusts-authorities': 'corporate' } as const;
const TRUST_PODS: PodPeer = {
  kind: 'pods',
  namespace: NAMESPACE,
  labels: { 'app.kubernetes.io/name': TRUST },
};

/** `trust.cert-manager.io/v1alpha1`, as far as it is used here. */
interface Bundle extends KubernetesObject {
  readonly apiVersion: 'trust.cert-manager.io/v1alpha1';
  readonly kind: 'Bundle';
  readonly spec: {
    readonly sources: readonly (
      | { readonly useDefaultCAs: true }
      | { readonly configMap: { readonly name: string; readonly key: string } }
    )[];
    readonly target: {
      readonly configMap: { readonly key: string };
      readonly namespaceSelector: { readonly matchLabels: Readonly<Record<string, string>> };
    };
  };
}

export function corporatePki(input: ModuleInput): Contribution {
  return {
    components: [trustManager(input)],
    config: [
      {
        id: 'trust',
        decision: DECISION,
        says: 'The authorities that workloads trust, public ones and your own, as a file in every namespace that asks for it.',
        objects: { bundle: [BUNDLE_OBJECT] },
      },
    ],
    edges: [
      { ...webhook(TRUST, TRUST_PODS, 6443), name: 'webhook-of-trust' },
      scraped(TRUST, TRUST_PODS, 9402, 'metrics-of-trust'),
      { ...toApiServer(TRUST, TRUST_PODS), name: 'trust-to-api-server' },
    ],
    // trust-manager reads what it publishes in its own namespace.
    authorities: [NAMESPACE],
    checks: [
      {
        decision: DECISION,
        says: 'Certificates come from your own authority.',
        command: `grep -q 'secretName: ${KEY}' platform-config/base/issuers/public-issuer.yaml`,
        path: 'platform-config/base/issuers/public-issuer.yaml',
      },
      {
        decision: DECISION,
        says: 'The issuer is ready.',
        command: 'kubectl wait --for=condition=Ready clusterissuers --all --timeout=5m',
        path: 'platform-config/base/issuers/public-issuer.yaml',
      },
    ],
    // Delivery waits for what a store brings; what is put there by hand needs its namespace before.
    [storeOf(input) === null ? 'nextSteps' : 'firstSteps']: [
      `Have your authority issue an intermediate for these clusters and bring it in (docs/runbooks/own-authority.md); without it no certificate is issued.`,
    ],
  };
}

/** Whether certificates of public names are issued in the cluster, by an intermediate of the organisation's own authority. */
export function issuesItself(input: ModuleInput): boolean {
  return pickOf(input.stack, DECISION) === DECISION_OF_OWN || isClosedInCloud(input);
}

/** The issuer of this name, from the intermediate that a store of secrets brings or that is put there by hand. */
export function corporateIssuer(input: ModuleInput, name: string): Pick<Contribution, 'config'> {
  const store = storeOf(input);
  const issuer: IClusterIssuer = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name },
    spec: { ca: { secretName: KEY } },
  };
  return {
    config: [
      {
        id: 'issuers',
        decision: DECISION,
        says: 'Certificates come from an intermediate of your own authority; its key lies in the store of secrets and never in Git.',
        objects: {
          'public-issuer': [issuer],
          ...(store === null ? {} : { 'issuing-authority': [authorityKey(input, store.name)] }),
        },
      },
    ],
  };
}

/** As the store calls it: not every one lets a name have a slash. */
function keyIn(input: ModuleInput, cluster: string): string {
  return secretKey(input, { cluster, namespace: NAMESPACE, name: KEY });
}

function authorityKey(input: ModuleInput, store: string): IExternalSecret {
  const part = (name: string, property: string) => ({
    secretKey: name,
    remoteRef: { key: keyIn(input, '${CLUSTER_NAME}'), property },
  });
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: KEY, namespace: NAMESPACE },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: store },
      target: { name: KEY, template: { type: 'kubernetes.io/tls' } },
      data: [part('tls.crt', 'certificate'), part('tls.key', 'key')],
    },
  };
}

const BUNDLE_OBJECT: Bundle = {
  apiVersion: 'trust.cert-manager.io/v1alpha1',
  kind: 'Bundle',
  metadata: { name: BUNDLE },
  spec: {
    sources: [{ useDefaultCAs: true }, { configMap: { name: AUTHORITIES, key: AUTHORITIES_KEY } }],
    target: { configMap: { key: 'ca-certificates.crt' }, namespaceSelector: { matchLabels: LABEL } },
  },
};

function trustManager({ foundation: { systemPool } }: ModuleInput): Component {
  return {
    id: TRUST,
    decision: DECISION,
    layer: 'platform-core',
    says: 'Publishes the trusted authorities to namespaces; its webhook gets its certificate from cert-manager, so it waits for it.',
    chart: {
      release: TRUST,
      namespace: NAMESPACE,
      crds: 'skip',
      values: {
        crds: { enabled: true, keep: true },
        replicaCount: 2,
        nodeSelector: systemPool.nodeSelector,
        tolerations: systemPool.tolerations,
        priorityClassName: 'platform-critical',
        podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
        resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        defaultPackage: {
          resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
        },
        app: { metrics: { service: { servicemonitor: { enabled: true } } } },
      },
    },
  };
}

const DECISION_OF_OWN = 'corporate-pki';
const BY_HAND = 'Names of the platform are records of your own DNS, made by hand or by whoever keeps it.';
const BY_CONTROLLER =
  'Names of the platform are records of the private zone of the network, made by ExternalDNS.';

/** A store of a cloud keeps one text for each name. */
function putBy(input: ModuleInput): string {
  return pickOf(input.stack, 'secrets') === 'vault'
    ? `\`vault kv put -mount=platform ${keyIn(input, 'CLUSTER_NAME')} certificate=@chain.pem key=@key.pem\``
    : "Its text is what `jq -n --rawfile certificate chain.pem --rawfile key key.pem '{$certificate, $key}'` prints.";
}

/** How the intermediate comes to be, and into the cluster. */
export function ownAuthorityPage(input: ModuleInput): Runbook {
  const store = storeOf(input);
  const bring =
    store === null
      ? `Make the Secret \`${KEY}\` of the type \`kubernetes.io/tls\` in the namespace ${NAMESPACE}, ${secretPutThere(input)}.`
      : `Put both into the store as \`${keyIn(input, 'CLUSTER_NAME')}\`, properties \`certificate\` (the chain, its own first) and \`key\`; within the hour they are in the cluster.
   ${putBy(input)}`;
  return {
    id: 'own-authority',
    title: 'Certificates of your own authority',
    text: `Your authority issues an intermediate for each cluster: a certificate that may sign others (path length 0, limited by name constraints to the
domain of the platform), valid for a year at most. cert-manager issues with it, and your root stays where it is.

1. Make the key and the request on a machine of the team that keeps the authority, and have the request signed.
2. ${bring}
3. \`kubectl get clusterissuers\`: *Ready*. Certificates are issued within seconds.

${pickOf(input.stack, DECISION) === DECISION_OF_OWN ? BY_HAND : BY_CONTROLLER}

**Who trusts it.** A namespace with the label \`trusts-authorities: corporate\` gets the ConfigMap \`${BUNDLE}\` with the file \`ca-certificates.crt\`: public
authorities and yours. Mount it, and point the library at it (\`SSL_CERT_FILE\`). Clients outside the cluster need your root from you.

**The intermediate ends**: nothing in the cluster watches its date, so it belongs into the calendar of the team, three weeks ahead. Do steps 1 and 2 with a new one while the old one is still valid; certificates follow as
they are renewed, or at once with \`cmctl renew --all\`.

**The key has leaked**: have the intermediate revoked, do steps 1 and 2, and renew everything the same day.
`,
  } as const;
}
