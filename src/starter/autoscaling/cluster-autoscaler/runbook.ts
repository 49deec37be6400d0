/** What to do when no node comes for a pod. */
import type { Runbook } from '../../contribution.ts';

export function waitingForNodes(name: string): Runbook {
  return {
    id: 'pods-without-nodes',
    title: 'Pods wait for a node',
    text: `1. Why the pod waits: \`kubectl -n NAMESPACE describe pod NAME | tail\`. *NotTriggerScaleUp* says why no group helps.
2. What the autoscaler sees: \`kubectl -n ${name} get configmap cluster-autoscaler-status -o jsonpath='{.data.status}'\`, and
   \`kubectl -n ${name} logs deployment/${name} --tail=100\`.
3. *max node group size reached*: raise \`max_size\` of \`workload_nodes\` in \`infra/eks/envs\` and apply, after a look at what has grown.
4. *insufficient capacity* of the cloud: there is none of this machine in that zone. A second type in \`instance_types\`, of the same size, helps the next
   time; a pod that is bound to a zone by its volume cannot move.
5. The group has grown and no node appears: its activity in the console of Auto Scaling says what is refused, a quota as a rule. After a quarter of an
   hour the autoscaler tries another group.
6. *NodesNotScaled*: more than 45 percent of the nodes, and at least three, are not ready, so it touches nothing. Mend the nodes first.

A node does not go although it is hardly used: the annotation \`cluster-autoscaler.kubernetes.io/scale-down-disabled=true\` on it, a budget that lets no pod go,
or a pod without a controller. The log names the reason for each node.

To stop it for a while: \`kubectl -n ${name} scale deployment/${name} --replicas=0\` with delivery of \`${name}\` suspended. Nodes stay as they are.

Its version is that of Kubernetes: raise both together ([upgrade](upgrade-cluster.md)).
`,
  };
}
