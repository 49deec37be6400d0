/** SPIRE: an authority that gives pods certificates by what they are attested to be, and an agent on every node that hands them over. */
import type { ICertificate, IIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1';
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { Contribution } from '../contribution.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import { alertRules } from '../metrics/alerts.ts';
import type { ModuleInput } from '../module.ts';
import { PROMETHEUS, scraped, toApiServer, webhook } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { pickOf } from '../picks.ts';
import { spirePage } from './spiffe/page.ts';
import { AGENTS, CLASS, SERVER, spireValues } from './spiffe/values.ts';

const NAME = 'spire';
const DECISION = 'workload-identity';
const SERVER_PODS: PodPeer = {
  kind: 'pods',
  namespace: SERVER,
  labels: { 'app.kubernetes.io/name': 'server' },
};
const IDENTITIES = 'platform-config/base/identities/workloads.yaml';

/** Their Prometheus reads what the chart of SPIRE says of it. */
const OBSERVERS: readonly string[] = ['kube-prometheus-stack', 'openshift-monitoring'];

export function spiffe(input: ModuleInput): Contribution {
  const observed = OBSERVERS.includes(pickOf(input.stack, 'metrics') ?? '');
  return {
    namespaces: [
      platformNamespace(SERVER, DECISION),
      {
        ...platformNamespace(AGENTS, DECISION),
        podSecurity: 'privileged',
        because:
          'Agents look at the processes of their node to tell which pod asks them, and hand their socket to pods by a volume; nothing else runs there.',
      },
    ],
    components: [
      {
        id: 'spire-crds',
        decision: DECISION,
        layer: 'crds',
        says: 'The kinds of SPIRE, in a chart of their own.',
        chart: { release: 'spire-crds', namespace: SERVER, crds: 'skip', values: {} },
      },
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-mesh',
        says: 'Server, agents and the driver that mounts their socket. Federation with other trust domains is left out.',
        chart: { release: NAME, namespace: SERVER, crds: 'skip', values: spireValues(input) },
        objects: {
          authority: AUTHORITY,
          ...(observed ? { alerts: [alerts(input)] } : {}),
        },
      },
    ],
    edges: [...edges(), ...(observed ? MEASURED : [])],
    config: [
      {
        id: 'identities',
        decision: DECISION,
        says: 'Who gets which identity: every pod of a team, by its namespace and service account, and nothing of the platform.',
        objects: { workloads: [WORKLOADS] },
      },
    ],
    runbooks: [spirePage(input)],
    checks: [
      {
        decision: DECISION,
        says: 'Pods of teams get an identity made of their namespace and service account.',
        command: `grep -q 'ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}' ${IDENTITIES}`,
        path: IDENTITIES,
      },
      {
        decision: DECISION,
        says: 'The authority stands under a root that cert-manager keeps.',
        command: `grep -q 'issuerName: ${UPSTREAM}' platform/${NAME}/values.yaml`,
        path: `platform/${NAME}/values.yaml`,
      },
      {
        decision: DECISION,
        says: 'The server answers, and every node has an agent.',
        command: `kubectl -n ${AGENTS} rollout status daemonset --selector app.kubernetes.io/name=agent --timeout=5m`,
        path: `platform/${NAME}/values.yaml`,
      },
    ],
  };
}

const ROOT = 'spire-root';
const UPSTREAM = 'spire-upstream';

/** The root is kept by cert-manager; what the server signs with lives for a day. */
const AUTHORITY: readonly (ICertificate | IIssuer)[] = [
  {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Issuer',
    metadata: { name: ROOT, namespace: SERVER },
    spec: { selfSigned: {} },
  },
  {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: ROOT, namespace: SERVER },
    spec: {
      secretName: ROOT,
      commonName: 'root of workload identities',
      isCA: true,
      duration: '43800h',
      renewBefore: '8760h',
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: ROOT },
    },
  },
  {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Issuer',
    metadata: { name: UPSTREAM, namespace: SERVER },
    spec: { ca: { secretName: ROOT } },
  },
];

/** `spire.spiffe.io/v1alpha1`, as far as it is used here. */
interface ClusterSpiffeId extends KubernetesObject {
  readonly spec: {
    readonly className: string;
    readonly spiffeIDTemplate: string;
    readonly podSelector: Readonly<Record<string, never>>;
    readonly namespaceSelector: {
      readonly matchExpressions: readonly {
        readonly key: string;
        readonly operator: 'In' | 'NotIn';
        readonly values: readonly string[];
      }[];
    };
  };
}

const WORKLOADS: ClusterSpiffeId = {
  apiVersion: 'spire.spiffe.io/v1alpha1',
  kind: 'ClusterSPIFFEID',
  metadata: { name: 'workloads' },
  spec: {
    className: CLASS,
    spiffeIDTemplate:
      'spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}',
    podSelector: {},
    namespaceSelector: {
      matchExpressions: [
        { key: 'pod-security.kubernetes.io/enforce', operator: 'In', values: ['restricted'] },
        { key: 'app.kubernetes.io/part-of', operator: 'NotIn', values: ['platform'] },
      ],
    },
  },
};

function edges(): readonly Edge[] {
  return [
    toApiServer(NAME, SERVER_PODS),
    webhook(NAME, SERVER_PODS, 9443),
    {
      name: 'from-agents',
      owner: NAME,
      because: 'Agents, which are in the network of their node, ask for certificates of the pods there.',
      pods: SERVER_PODS,
      direction: 'ingress',
      peers: [{ kind: 'nodes' }],
      ports: [{ port: 8081 }],
    },
  ];
}

const MEASURED: readonly Edge[] = [
  scraped(NAME, SERVER_PODS, 9988),
  {
    name: 'scrape-identity-agents',
    owner: NAME,
    because: 'Prometheus reads the agents of SPIRE, which are in the network of the node.',
    pods: PROMETHEUS,
    direction: 'egress',
    peers: [{ kind: 'nodes' }],
    ports: [{ port: 9988 }],
  },
];

function alerts(input: ModuleInput): IPrometheusRule {
  const server = `kube_statefulset_status_replicas_ready{namespace="${SERVER}"}`;
  return alertRules(input, { name: NAME, namespace: SERVER }, [
    {
      alert: 'IdentitiesNotIssued',
      expr: `max(${server}) < 1 or absent(${server})`,
      lasting: '10m',
      severity: 'critical',
      summary: 'The authority of workload identities does not answer.',
      description: 'Pods that run keep their certificate for four hours at least; new ones get none.',
      runbook: 'workload-identities',
    },
    {
      alert: 'NodeHandsOutNoIdentities',
      expr: `max by (daemonset) (kube_daemonset_status_number_unavailable{namespace="${AGENTS}"}) > 0`,
      lasting: '15m',
      severity: 'warning',
      summary: 'A node has no agent that hands out identities.',
      description: 'Pods on it that start wait for their socket, and those that run do not renew.',
      runbook: 'workload-identities',
    },
  ]);
}
