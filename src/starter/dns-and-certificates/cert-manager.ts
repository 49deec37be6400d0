/** cert-manager: certificates of the gateway and of webhooks, proven by DNS records of the cloud's zone. */

import type { IClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1';
import type { Contribution } from '../contribution.ts';
import { isClosedByHouse } from '../egress/no-egress/closed.ts';
import type { Foundation, Grant } from '../foundation.ts';
import type { ModuleInput } from '../module.ts';
import { credentials, scraped, toApiServer, webhook } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { pickOf } from '../picks.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { storeOf } from '../secrets/external-secrets/store.ts';
import { certificateAlerts, certificatesPage } from './certificate-alerts.ts';
import { corporateIssuer, issuesItself, ownAuthorityPage } from './corporate-pki.ts';

const NAME = 'cert-manager';
const DECISION = 'dns-and-certificates';
/** The issuer that certificates of public names refer to. */
export const PUBLIC_ISSUER = 'public';

const pods = (component: string): PodPeer => ({
  kind: 'pods',
  namespace: NAME,
  labels: { 'app.kubernetes.io/name': component },
});
const CONTROLLER = pods('cert-manager');

/** Charts that have certificates made by cert-manager without a value that says so. */
const BY_TEMPLATE: readonly string[] = ['plugin-barman-cloud', 'trust-manager'];

/**
 * Where the cloud has the certificates of public names, those within the cluster are all that is left to it: without any,
 * `others` being all else that stands there, it is one component less to look after.
 */
export function certManager(input: ModuleInput, others: readonly Contribution[]): Contribution {
  const { foundation } = input;
  if (certificatesElsewhere(input)) return others.some(asksForCertificates) ? inner(input, NO_GRANT) : {};
  if (issuesItself(input)) {
    const { namespaces = [], ...rest } = inner(input, NO_GRANT);
    const store = storeOf(input);
    const labels = store === null ? {} : { [store.label]: store.value };
    return {
      ...rest,
      namespaces: namespaces.map(each => ({ ...each, labels })),
      ...corporateIssuer(input, PUBLIC_ISSUER),
    };
  }
  const grant = foundation.rights.certificateProof(DECISION, { namespace: NAME, name: NAME });
  const { edges = [], ...rest } = inner(input, grant);
  return {
    ...rest,
    edges: [...edges, ...publicEdges(foundation)],
    config: [
      {
        id: 'issuers',
        decision: DECISION,
        says: 'Certificates of public names come from this authority.',
        objects: { 'public-issuer': [issuer(authorityOf(input), foundation.dnsSolver)] },
      },
    ],
    placeholders: isClosedByHouse(input)
      ? [
          {
            token: TOKENS.acmeServer,
            meaning:
              'Host of your own authority, which has to speak ACME and prove names by DNS; replace the whole address. Where its certificate is of a private root, add that as `caBundle` beside it.',
            example: 'https://acme.pki.example/directory',
          },
        ]
      : [],
    checks: [
      {
        decision: DECISION,
        says: 'Every certificate is ready.',
        command: 'kubectl wait --for=condition=Ready certificates --all --all-namespaces --timeout=10m',
        path: 'platform-config/base/issuers/public-issuer.yaml',
      },
    ],
  };
}

function asksForCertificates({ components = [], config = [] }: Contribution): boolean {
  return (
    components.some(({ chart }) => chart !== undefined && BY_TEMPLATE.includes(chart.release)) ||
    /"certManager":|"cert-manager\.io\//.test(JSON.stringify([components, config]))
  );
}

/** A pick of the cloud's certificates that the infrastructure carries out. */
function certificatesElsewhere({ stack, foundation: { carriesOut = {} } }: ModuleInput): boolean {
  return carriesOut[DECISION]?.includes(pickOf(stack, DECISION) ?? '') === true;
}

function inner(input: ModuleInput, grant: Grant): Contribution {
  const { foundation } = input;
  return {
    files: grant.files,
    namespaces: [platformNamespace(NAME, DECISION)],
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-core',
        says: 'Certificates. The CRDs stay when the chart goes: deleting them would delete every certificate.',
        chart: { release: NAME, namespace: NAME, crds: 'skip', values: values(foundation, grant) },
        objects: { alerts: [certificateAlerts(input, NAME)] },
      },
    ],
    edges: innerEdges(),
    runbooks: issuesItself(input)
      ? [certificatesPage('own-authority'), ownAuthorityPage(input)]
      : [certificatesPage('acme')],
  };
}

const NO_GRANT: Grant = { files: new Map(), annotations: {}, podLabels: {} };

function values({ systemPool }: Foundation, grant: Grant) {
  // The chart's own selector holds kubernetes.io/os, which Helm merges in.
  const pool = { nodeSelector: systemPool.nodeSelector, tolerations: systemPool.tolerations };
  const disruption = { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } };
  const size = { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } };
  return {
    crds: { enabled: true, keep: true },
    global: { priorityClassName: 'platform-critical', leaderElection: { namespace: NAME } },
    replicaCount: 2,
    ...(Object.keys(grant.annotations).length === 0
      ? {}
      : { serviceAccount: { annotations: grant.annotations } }),
    ...(Object.keys(grant.podLabels).length === 0 ? {} : { podLabels: grant.podLabels }),
    ...pool,
    ...disruption,
    resources: size,
    config: {
      apiVersion: 'controller.config.cert-manager.io/v1alpha1',
      kind: 'ControllerConfiguration',
      enableGatewayAPI: true,
    },
    // The proof is looked up at the cluster's own resolver: no pod has to reach name servers of the internet.
    dns01RecursiveNameserversOnly: true,
    prometheus: { enabled: true, servicemonitor: { enabled: true } },
    webhook: { replicaCount: 3, ...pool, ...disruption, resources: size },
    cainjector: { replicaCount: 2, ...pool, ...disruption, resources: size },
    startupapicheck: pool,
  };
}

function publicEdges({ identityAgentPort, dnsProvider }: Foundation): readonly Edge[] {
  return [
    {
      name: 'to-authority-and-dns-api',
      owner: NAME,
      because: 'Talks to the certificate authority and to the API of the DNS zone, whose addresses change.',
      pods: CONTROLLER,
      direction: 'egress',
      peers: [{ kind: 'anywhere' }],
      ports: [{ port: 443 }, ...(dnsProvider.ports ?? [])],
    },
    ...credentials(NAME, CONTROLLER, identityAgentPort),
  ];
}

function innerEdges(): readonly Edge[] {
  return [
    webhook(NAME, pods('webhook'), 10250),
    ...['cert-manager', 'webhook', 'cainjector'].map(component =>
      scraped(NAME, pods(component), 9402, `metrics-of-${component}`),
    ),
    // Also the job that waits until the webhook answers.
    toApiServer(NAME, { kind: 'pods', namespace: NAME }),
  ];
}

/** Without a way out an authority of the house that speaks the same protocol. */
function authorityOf(input: ModuleInput): string {
  return isClosedByHouse(input)
    ? `https://${TOKENS.acmeServer}.example.com/directory`
    : 'https://acme-v02.api.letsencrypt.org/directory';
}

function issuer(server: string, dnsSolver: Readonly<Record<string, unknown>>): IClusterIssuer {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name: PUBLIC_ISSUER },
    spec: {
      acme: {
        server,
        privateKeySecretRef: { name: 'public-issuer-account' },
        solvers: [{ dns01: dnsSolver }],
      },
    },
  };
}
