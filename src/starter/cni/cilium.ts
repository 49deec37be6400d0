/** Cilium as the only network plugin: installed before the first node is ready, and owned by GitOps from then on. */

import type { Contribution } from '../contribution.ts';
import { OTHER_NETWORK } from '../control-plane/openshift/left-out.ts';
import { distributionOf } from '../control-plane/self-managed/distributions.ts';
import { MONITORING } from '../metrics/namespaces.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { PROMETHEUS } from '../network/common-edges.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';
import { ciliumOnAks } from './cilium/aks.ts';
import { ciliumAlerts } from './cilium/alerts.ts';
import { ciliumOnEks } from './cilium/eks.ts';
import { joinsClusters, valuesOfJoined } from './cilium/joined-clusters.ts';
import { ciliumMonitors } from './cilium/monitors.ts';
import { ciliumOnMachines, ciliumOnOwnHosts } from './cilium/own-hosts.ts';
import { ciliumPolicies } from './cilium/policies.ts';
import { ciliumRunbook } from './cilium/runbook.ts';
import { CILIUM_NAMESPACE, type CiliumPlace, ciliumValues } from './cilium/values.ts';
import type { Cni } from './cni.ts';

const NAME = 'cilium';
const DECISION = 'cni';

const VALUES = `platform/${NAME}/values.yaml`;

export function cilium(input: StarterInput): Cni | NotGenerated {
  const place = `${pickOf(input.stack, 'control-plane')} ${String(answerOf(input.stack, 'cloud'))}`;
  if (place === 'managed aws') return ciliumIn(ciliumOnEks(input), pickOf(input.stack, 'edge'));
  if (place === 'managed azure') return ciliumIn(ciliumOnAks, pickOf(input.stack, 'edge'));
  const onHosts = place === 'self-managed on-prem' ? ciliumOnOwnHosts : ciliumOnMachines;
  if (pickOf(input.stack, 'distribution') === 'openshift') return { notGenerated: OTHER_NETWORK };
  if (place.startsWith('self-managed ')) {
    const distribution = distributionOf(input);
    if (!('notGenerated' in distribution))
      return ciliumIn(onHosts(input, distribution), pickOf(input.stack, 'edge'));
  }
  return { notGenerated: 'Cilium of your own is not generated for this control plane yet.' };
}

function ciliumIn(place: CiliumPlace, edge: string | null): Cni {
  return {
    infrastructure: place.infrastructure,
    contribution: input => contribution(input, place),
    ...(place.startupTaint === undefined ? {} : { startupTaint: place.startupTaint }),
    namespaces: [
      {
        name: CILIUM_NAMESPACE,
        owner: 'platform',
        says: `${place.neighbours} and Cilium live there; nothing else of this repository is put into it.`,
      },
      ...(edge === 'gateway-cilium'
        ? [
            {
              name: 'cilium-secrets',
              owner: 'platform',
              says: 'Cilium keeps copies of the certificates of the gateway there, and nobody else may read them.',
            },
          ]
        : []),
    ],
    ...(place.whileApplying === undefined ? {} : { whileApplying: place.whileApplying }),
    checks: [
      {
        decision: DECISION,
        says: place.services ?? 'Cilium routes Services itself, so no second program does.',
        command: `grep -q '^kubeProxyReplacement: true$' ${VALUES}`,
        path: VALUES,
      },
      ...place.checks,
      {
        decision: DECISION,
        says: 'The agent of Cilium runs on every node.',
        command: `kubectl -n ${CILIUM_NAMESPACE} rollout status daemonset/${NAME} --timeout=10m`,
        path: VALUES,
      },
    ],
    readingDenials: `3. What Cilium decided, and by which rule: \`hubble observe --namespace NAMESPACE --verdict DROPPED --follow\` (first
   \`kubectl -n ${CILIUM_NAMESPACE} port-forward service/hubble-relay 4245:80\`). It names both ends as Cilium knows them: \`host\`, \`remote-node\`,
   \`kube-apiserver\` and \`ingress\` are met by a CiliumNetworkPolicy with that entity, never by a range of addresses.
4. All policies of the namespace in both forms: \`kubectl -n NAMESPACE get networkpolicies,ciliumnetworkpolicies\`. Either kind is enough
   to allow; none takes away what another one allows.
5. What the agent made of them for one pod: \`kubectl -n ${CILIUM_NAMESPACE} exec ds/cilium -- cilium-dbg endpoint list\` on the node of the pod.`,
    policies: ciliumPolicies,
  };
}

function contribution(input: ModuleInput, place: CiliumPlace): Contribution {
  const observed = pickOf(input.stack, 'metrics') === 'kube-prometheus-stack';
  return {
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-core',
        says: `The network of the pods. ${place.installer} installs it with these very values before there is a node, and GitOps takes over that release: same name, same namespace, same values.`,
        chart: {
          release: NAME,
          namespace: CILIUM_NAMESPACE,
          crds: 'skip',
          values: ciliumValues(input, place),
          ...(joinsClusters(input) ? { valuesOf: cluster => valuesOfJoined(input, cluster) } : {}),
        },
        ...(observed
          ? { objects: { monitors: ciliumMonitors(MONITORING), alerts: [ciliumAlerts(input, MONITORING)] } }
          : {}),
      },
      ...(place.components ?? []),
    ],
    edges: observed
      ? [
          {
            name: 'scrape-network-plugin',
            owner: NAME,
            because:
              'Prometheus reads the agents of Cilium, Hubble, Envoy and the operator, which are in the network of the node.',
            pods: PROMETHEUS,
            direction: 'egress',
            peers: [{ kind: 'nodes' }],
            ports: [{ port: 9962 }, { port: 9963 }, { port: 9964 }, { port: 9965 }],
          },
        ]
      : [],
    runbooks: [ciliumRunbook(input, place)],
  };
}
