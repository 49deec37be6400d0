/** Calico: the network of clusters of one's own, or what enforces policies beside the VPC CNI. */

import { collect } from '../collect.ts';
import type { Contribution, NamespaceSpec } from '../contribution.ts';
import { OTHER_NETWORK } from '../control-plane/openshift/left-out.ts';
import { distributionOf } from '../control-plane/self-managed/distributions.ts';
import { CALICO_CONFIG } from '../control-plane/self-managed/windows/calico.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { PROMETHEUS, scraped, toApiServer } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import { plainPolicies } from '../network/plain-policies.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';
import { CALICO_ON_AKS } from './calico/aks.ts';
import { BESIDE_VPC_CNI } from './calico/beside-vpc-cni.ts';
import { calicoAlerts, calicoMonitors } from './calico/observation.ts';
import { calicoOnMachines, calicoOnOwnHosts } from './calico/own-hosts.ts';
import {
  CALICO,
  CALICO_CRDS,
  CALICO_DECISION,
  CALICO_OPERATOR,
  CALICO_PORTS,
  CALICO_SYSTEM,
  CALICO_VALUES,
  type CalicoPlace,
} from './calico/place.ts';
import { calicoRunbook } from './calico/runbook.ts';
import { calicoValues } from './calico/values.ts';
import type { Cni } from './cni.ts';

export function calico(input: StarterInput): Cni | NotGenerated {
  const place = `${pickOf(input.stack, 'control-plane')} ${String(answerOf(input.stack, 'cloud'))}`;
  if (place === 'managed aws') return calicoIn(BESIDE_VPC_CNI);
  if (place === 'managed azure') return calicoIn(CALICO_ON_AKS);
  if (pickOf(input.stack, 'distribution') === 'openshift') return { notGenerated: OTHER_NETWORK };
  if (place.startsWith('self-managed ')) {
    const onHosts = place === 'self-managed on-prem' ? calicoOnOwnHosts : calicoOnMachines;
    const distribution = distributionOf(input);
    if (!('notGenerated' in distribution)) return calicoIn(onHosts(input, distribution));
  }
  return {
    notGenerated:
      'Calico of your own is not generated for this control plane: its provider enforces policies with a network of its own.',
  };
}

function calicoIn(place: CalicoPlace): Cni {
  return {
    infrastructure: place.infrastructure,
    contribution: input => collect([contribution(input, place), ...(place.beside?.(input) ?? [])]),
    ...(place.whileApplying === undefined ? {} : { whileApplying: place.whileApplying }),
    checks: [
      ...place.checks,
      {
        decision: CALICO_DECISION,
        says: 'Calico is up on every node.',
        command: 'kubectl wait --for=condition=Available tigerastatus --all --timeout=10m',
        path: place.broughtBy === 'distribution' ? CALICO_CONFIG : CALICO_VALUES,
      },
    ],
    readingDenials: `3. Does Calico know the pod and the policy: \`kubectl -n ${CALICO_SYSTEM} get pods -o wide\` finds the \`calico-node\` of the pod's node, and
   \`kubectl -n ${CALICO_SYSTEM} logs POD_OF_CALICO_NODE -c calico-node | grep NAMESPACE\` what it has put into force there.
4. Packets that it drops are counted on that node: \`kubectl -n ${CALICO_SYSTEM} exec POD_OF_CALICO_NODE -c calico-node -- ${counted(place)}\`; a count that grows
   while you try again is your connection.
5. A pod that has just started may be reached for a few seconds before Calico has caught up; it denies nothing later.`,
    policies: plainPolicies,
  };
}

/** Where the rules are written in the newer form, the older program does not see them. */
function counted({ installation }: CalicoPlace): string {
  return typeof installation !== 'function' && JSON.stringify(installation).includes('Nftables')
    ? 'nft list ruleset | grep drop'
    : 'iptables-save -c | grep DROP';
}

/** The operator makes the second one itself and writes this version of Pod Security; two would write it in turns. */
const privileged = (name: string, because: string): NamespaceSpec => ({
  name,
  decision: CALICO_DECISION,
  podSecurity: 'privileged',
  because,
  owner: 'platform',
  ...(name === CALICO_SYSTEM ? { labels: { 'pod-security.kubernetes.io/enforce-version': 'latest' } } : {}),
  quota: null,
});

function contribution(input: ModuleInput, place: CalicoPlace): Contribution {
  const observed = pickOf(input.stack, 'metrics') === 'kube-prometheus-stack';
  return {
    namespaces: [
      privileged(
        CALICO_OPERATOR,
        'The operator of Calico shares the network of its node, because it comes before that of pods.',
      ),
      privileged(
        CALICO_SYSTEM,
        'The agents of Calico change the rules of their node; nothing else may be put here.',
      ),
    ],
    ...(place.settings === undefined ? {} : { files: place.settings(input) }),
    components: broughtByDistribution(input, place, observed) ?? [
      {
        id: CALICO_CRDS,
        decision: CALICO_DECISION,
        layer: 'crds',
        says: 'CRDs of Calico and of its operator, in a chart of their own since 3.32.',
        chart: { release: CALICO_CRDS, namespace: 'kube-system', crds: 'skip', values: {} },
      },
      {
        id: CALICO,
        decision: CALICO_DECISION,
        layer: 'platform-core',
        says: place.says,
        chart: {
          release: CALICO,
          namespace: CALICO_OPERATOR,
          crds: 'skip',
          values: calicoValues(input, place),
        },
        ...(observed ? { objects: watched(input, place) } : {}),
      },
    ],
    edges: edges(place, observed),
    runbooks: [calicoRunbook(input, place)],
  };
}

const watched = (input: ModuleInput, place: CalicoPlace) => ({
  monitors: calicoMonitors(place),
  alerts: [calicoAlerts(input, place)],
});

/** Policies around it and what is measured, where the distribution brings it. */
function broughtByDistribution(
  input: ModuleInput,
  place: CalicoPlace,
  observed: boolean,
): NonNullable<Contribution['components']> | null {
  if (place.broughtBy === undefined) return null;
  return [
    {
      id: CALICO,
      decision: CALICO_DECISION,
      layer: 'platform-core',
      says: place.says,
      objects: observed ? watched(input, place) : {},
    },
  ];
}

/** All parts but this one are in the network of their node. */
const CONTROLLERS: PodPeer = {
  kind: 'pods',
  namespace: CALICO_SYSTEM,
  labels: { 'k8s-app': 'calico-kube-controllers' },
};

function edges({ role }: CalicoPlace, observed: boolean): readonly Edge[] {
  const agents: Edge = {
    name: 'scrape-network-policies',
    owner: CALICO,
    because: 'Prometheus reads the agents of Calico, which are in the network of the node.',
    pods: PROMETHEUS,
    direction: 'egress',
    peers: [{ kind: 'nodes' }],
    ports: [{ port: CALICO_PORTS.agents }],
  };
  return [
    toApiServer(CALICO, CONTROLLERS),
    ...(observed ? [agents] : []),
    ...(observed && role === 'network' ? [scraped(CALICO, CONTROLLERS, CALICO_PORTS.controllers)] : []),
  ];
}
