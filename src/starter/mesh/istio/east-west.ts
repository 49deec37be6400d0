/** Clusters that Istio with sidecars joins: a network of its own for each, and a gateway that hands calls on without opening them. */
import type { IGateway } from '@kubernetes-models/istio/networking.istio.io/v1';
import type { Cluster } from '../../cluster-input.ts';
import { peersOf } from '../../cni/cilium/joined-clusters.ts';
import type { Component, Contribution, HelmValues, NamespaceSpec } from '../../contribution.ts';
import {
  externalTraffic,
  ofBalancerClass,
  onSystemPool,
  overZones,
  PROXY_REPLICAS,
} from '../../edge/placement.ts';
import { alertRules } from '../../metrics/alerts.ts';
import type { ModuleInput } from '../../module.ts';
import { platformNamespace } from '../../network/namespace.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { balancerAnnotations, joinStep, peersPlaceholders } from '../joined/gateway.ts';
import { joinScript } from '../joined/script.ts';
import { joinedClusters, sourcesOf, wayBetween } from '../joined/way.ts';
import { AUTHORITY_SCRIPT, authorityScript } from './authority-script.ts';
import { ISTIO, ISTIO_NAMESPACE } from './control-plane.ts';
import { eastWestEdges } from './east-west-edges.ts';
import { joinPage } from './join-page.ts';
import { ISTIO_JOIN } from './join-steps.ts';
import { CROSSING, EAST_WEST, EAST_WEST_LABELS, NETWORK_LABEL } from './names.ts';
import { MESH_TAG } from './tag.ts';

/** Every cluster is a network of its own, of the same name. */
const NETWORK = '${CLUSTER_NAME}';
const VALUES = `platform/${EAST_WEST}/values.yaml`;

export function istioEastWest(input: ModuleInput): Contribution {
  if (wayBetween(input) === null) return {};
  return {
    files: new Map([...joinScript(input, ISTIO_JOIN), ...authorityScript(input)]),
    namespaces: [platformNamespace(EAST_WEST, 'mesh')],
    components: [component(input)],
    edges: eastWestEdges(input),
    placeholders: peersPlaceholders(input),
    runbooks: [joinPage(input)],
    firstSteps: [
      `Make the authority of the environment once, and put one under it into each cluster before its \`scripts/bootstrap.sh\`: \`${AUTHORITY_SCRIPT} ${joinedClusters(input)[0]?.name ?? ''}\` (docs/runbooks/clusters.md).`,
    ],
    nextSteps: [joinStep(input)],
    checks: [
      {
        decision: 'mesh',
        says: 'Every cluster is a network of its own to the mesh.',
        command: `grep -q '^    ${NETWORK_LABEL}: ' platform/namespaces/${ISTIO_NAMESPACE}.yaml`,
        path: `platform/namespaces/${ISTIO_NAMESPACE}.yaml`,
      },
      {
        decision: 'mesh',
        says: 'Nothing is called in another cluster unless it is named.',
        command: `grep -q 'clusterLocal: true' platform/${ISTIO}/values.yaml`,
        path: `platform/${ISTIO}/values.yaml`,
      },
      {
        decision: 'mesh',
        says: 'The clusters of an environment know one another.',
        command: 'istioctl remote-clusters',
        path: VALUES,
      },
    ],
  };
}

/** Of istiod: a network for each cluster, and services are of their own cluster until a list says otherwise. */
export function joinedValues(
  input: ModuleInput,
): { readonly global: HelmValues; readonly meshConfig: HelmValues } | null {
  if (wayBetween(input) === null) return null;
  return {
    global: { meshID: '${ENVIRONMENT}', multiCluster: { clusterName: NETWORK }, network: NETWORK },
    meshConfig: { serviceSettings: [{ settings: { clusterLocal: true }, hosts: ['*'] }] },
  };
}

/** What has no proxy is in the network of its control plane. */
export function inNetwork(
  input: ModuleInput,
  namespaces: readonly NamespaceSpec[],
): readonly NamespaceSpec[] {
  if (wayBetween(input) === null) return namespaces;
  return namespaces.map(spec =>
    spec.name === ISTIO_NAMESPACE ? { ...spec, labels: { ...spec.labels, [NETWORK_LABEL]: NETWORK } } : spec,
  );
}

function component(input: ModuleInput): Component {
  const { foundation } = input;
  return {
    id: EAST_WEST,
    decision: 'mesh',
    // istiod makes a proxy of its pods.
    layer: 'platform-net',
    says: 'Takes the calls of other clusters and hands them on unopened. What is called within the cluster does not need it.',
    chart: {
      release: 'istio-gateway',
      namespace: EAST_WEST,
      crds: 'skip',
      values: {
        revision: MESH_TAG,
        service: {
          ports: [{ name: 'tls', port: CROSSING, targetPort: CROSSING, protocol: 'TCP' }],
          annotations: balancerAnnotations(input),
        },
        labels: { [NETWORK_LABEL]: NETWORK },
        env: { ISTIO_META_REQUESTED_NETWORK_VIEW: NETWORK },
        autoscaling: { enabled: true, ...PROXY_REPLICAS },
        podDisruptionBudget: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
        securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '512Mi' } },
        priorityClassName: 'platform-critical',
        ...onSystemPool(foundation),
        topologySpreadConstraints: overZones(EAST_WEST_LABELS),
      },
      valuesOf: cluster => gatewayOf(input, cluster),
    },
    objects: { 'cross-network-gateway': [CROSS_NETWORK], alerts: [alerts(input)] },
  };
}

function gatewayOf(input: ModuleInput, cluster: Cluster): HelmValues {
  // Nobody calls a cluster that is alone in its environment.
  if (peersOf(input, cluster).length === 0) return { service: { type: 'ClusterIP' } };
  return {
    service: {
      type: 'LoadBalancer',
      externalTrafficPolicy: externalTraffic(input.foundation),
      ...ofBalancerClass(input.foundation),
      loadBalancerSourceRanges: [...sourcesOf(input, cluster, TOKENS.meshPeers)],
    },
  };
}

const CROSS_NETWORK: IGateway = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'cross-network-gateway', namespace: EAST_WEST },
  spec: {
    selector: { ...EAST_WEST_LABELS },
    servers: [
      {
        port: { number: CROSSING, name: 'tls', protocol: 'TLS' },
        tls: { mode: 'AUTO_PASSTHROUGH' },
        hosts: ['*.local'],
      },
    ],
  },
};

function alerts(input: ModuleInput) {
  return alertRules(input, { name: EAST_WEST, namespace: EAST_WEST }, [
    {
      alert: 'ClusterOutOfReach',
      expr: 'max by (cluster) (istiod_remote_cluster_sync_status{status=~"syncing|timeout"}) > 0',
      lasting: '10m',
      severity: 'critical',
      summary: 'istiod does not reach the API of {{ $labels.cluster }}.',
      description: 'Calls to services there go to the pods that were known last, or to none.',
      runbook: 'clusters',
    },
    {
      alert: 'MeshAuthorityOfClusterEnds',
      expr: 'min(citadel_server_cert_chain_expiry_timestamp) - time() < 60 * 86400',
      lasting: '1h',
      severity: 'warning',
      summary: 'The authority of this cluster, under that of its environment, ends within 60 days.',
      description:
        'When it ends no pod gets a certificate. A new one is made within a minute, and nothing has to start again.',
      runbook: 'clusters',
    },
  ]);
}
