/** Runbooks for what the defaults refuse: traffic, pods, evictions. */
import type { Runbook } from '../../contribution.ts';

export function networkDenied(readingDenials: string): Runbook {
  return {
    id: 'network-denied',
    title: 'Something cannot reach something',
    text: `A denied connection times out; it is not refused. Every namespace denies all traffic but DNS, in both directions, so a new
connection needs a policy where it starts and one where it ends.

1. Which way and which port: \`kubectl -n NAMESPACE get networkpolicies\`; each one says in its annotation what it is for.
   The whole table stands in [architecture](../architecture.md).
2. Does the selector meet the pods: \`kubectl -n NAMESPACE get pods --show-labels\`.
${readingDenials}

Names do not resolve at all: the policy \`allow-dns\` of the namespace is missing or does not match \`k8s-app: kube-dns\`.

A new connection is a pull request that adds a policy on both sides. Do not widen \`default-deny\`, and do not delete it
to see whether it helps: the next pod would start without any.
`,
  };
}

/** `sample` is the folder of a workload that is let in; `agents` whether a namespace for what needs the node is there. */
export function admissionDenied(sample: string, agents: 'there' | 'not there'): Runbook {
  const shown = agents === 'there' ? ', as `platform/namespaces/node-agents.yaml` shows' : '';
  return {
    id: 'admission-denied',
    title: 'A pod is refused',
    text: `The API server refuses pods that do not meet Pod Security *restricted*. A Deployment is stored all the same and shows no
pods; the reason stands at its ReplicaSet.

1. \`kubectl -n NAMESPACE describe replicaset | grep -A3 FailedCreate\` names the fields.
2. Set them as the pods of \`${sample}\` do: no root, no privilege escalation, all capabilities dropped, the
   seccomp profile of the runtime.
3. An image that insists on root is changed, not let in.
4. What really needs the node (an agent that reads its files) goes into a namespace of its own that is marked privileged,
   with its reason in the head of the file${shown}.

*exceeded quota* is another refusal: \`kubectl -n NAMESPACE describe quota\`. Raise it in the file of the namespace.
`,
  };
}

/** `patience`: what happens when a budget lets no pod go. */
export function nodeDrain(patience: string): Runbook {
  return {
    id: 'node-drain',
    title: 'A node does not empty',
    text: `Upgrades and repairs move pods off a node and wait for disruption budgets. ${patience}

1. What is left: \`kubectl get pods -A --field-selector spec.nodeName=NODE\`.
2. Which budget says no: \`kubectl get pdb -A\`; \`ALLOWED DISRUPTIONS\` of 0 with healthy pods means that the budget allows
   no loss at all. Every budget here allows one.
3. Pods that cannot start elsewhere: \`kubectl describe pod\`. A volume binds a pod to its zone; a spread over three zones
   needs a node in each.
4. As a last resort delete the pod, not the budget.
`,
  };
}
