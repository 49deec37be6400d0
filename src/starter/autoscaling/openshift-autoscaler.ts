/** The autoscaler that OpenShift brings: told how many machines the sets of workloads may have. */
import type { Contribution, Runbook } from '../contribution.ts';
import { hasSandboxes } from '../control-plane/openshift/sandboxes.ts';
import type { ClusterAutoscaler, MachineAutoscaler } from '../control-plane/openshift-cloud/kinds.ts';
import { growingSets } from '../control-plane/openshift-cloud/machine-sets.ts';
import type { ModuleInput } from '../module.ts';

const NAME = 'cluster-autoscaler';
const DECISION = 'autoscaling';
/** Of each zone. */
const MOST = 6;
/** Control plane and platform have three each, and so has the sandbox, whose number stays as it is. */
const others = (input: ModuleInput) => (hasSandboxes(input) ? 9 : 6);

export function openshiftAutoscaler(input: ModuleInput): Contribution {
  const sets = growingSets(input);
  return {
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-core',
        says: 'How many machines the sets of workloads may have: the autoscaler of OpenShift changes their number within that.',
        objects: { autoscaler: [autoscaler(others(input) + MOST * sets.length)], sets: sets.map(ofSet) },
      },
    ],
    runbooks: [waitingForMachines()],
    checks: [
      {
        decision: DECISION,
        says: 'Each zone has a set of machines that grows and shrinks.',
        command: `test "$(grep -c '^kind: MachineAutoscaler$' platform/${NAME}/sets.yaml)" = ${sets.length}`,
        path: `platform/${NAME}/sets.yaml`,
      },
      {
        decision: DECISION,
        says: 'The autoscaler is content.',
        command: 'kubectl wait --for=condition=Available clusteroperator/cluster-autoscaler --timeout=5m',
        path: `platform/${NAME}/autoscaler.yaml`,
      },
    ],
  };
}

function autoscaler(most: number): ClusterAutoscaler {
  return {
    apiVersion: 'autoscaling.openshift.io/v1',
    kind: 'ClusterAutoscaler',
    metadata: { name: 'default' },
    spec: {
      balanceSimilarNodeGroups: true,
      resourceLimits: { maxNodesTotal: most },
      scaleDown: { enabled: true, delayAfterAdd: '10m', unneededTime: '10m' },
    },
  };
}

function ofSet(name: string): MachineAutoscaler {
  return {
    apiVersion: 'autoscaling.openshift.io/v1beta1',
    kind: 'MachineAutoscaler',
    metadata: { name, namespace: 'openshift-machine-api' },
    spec: {
      minReplicas: 1,
      maxReplicas: MOST,
      scaleTargetRef: { apiVersion: 'machine.openshift.io/v1beta1', kind: 'MachineSet', name },
    },
  };
}

function waitingForMachines(): Runbook {
  return {
    id: 'pods-without-nodes',
    title: 'Pods wait for a node',
    text: `1. Why the pod waits: \`kubectl -n NAMESPACE describe pod NAME | tail\`. *NotTriggerScaleUp* says why no set helps.
2. What the autoscaler sees: \`kubectl -n openshift-machine-api logs deployment/cluster-autoscaler-default --tail=100\`.
3. *max node group size reached*: raise \`maxReplicas\` in \`platform/${NAME}/sets.yaml\` and \`maxNodesTotal\` beside it, after a look at what has grown.
4. A machine was asked for and does not come: \`oc -n openshift-machine-api get machines\`, and \`oc -n openshift-machine-api describe machine NAME\`: a quota, or none of this kind
   left in that zone. A pod that is bound to a zone by its volume cannot move.

A node does not go although it is hardly used: the annotation \`cluster-autoscaler.kubernetes.io/scale-down-disabled=true\` on it, a budget that lets no pod go,
or a pod without a controller. The log names the reason for each node.

To stop it for a while: \`enabled: false\` under \`scaleDown\`, and \`maxReplicas\` at what is there. Nodes stay as they are.
`,
  };
}
