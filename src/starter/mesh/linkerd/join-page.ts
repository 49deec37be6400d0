/** Runbook: the clusters that Linkerd joins, and how a service of one is called from another. */
import type { Runbook } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { throughTunnels, wayPage } from '../joined/between.ts';
import { clustersPage } from '../joined/page.ts';
import { JOIN_SCRIPT } from '../joined/script.ts';
import { ADMIN, GATEWAY, INBOUND, MULTICLUSTER } from './names.ts';

export function joinPage(input: ModuleInput): Runbook {
  return clustersPage(
    input,
    'Linkerd',
    ({
      environment,
      here,
      there,
    }) => `A call to another cluster leaves the proxy of the caller, enters the gateway there (\`${GATEWAY}\`) and goes on to the proxy of the workload: mutual TLS on
both ways. What is called within a cluster needs none of it.

## What has to be true between them

${wayPage(input, `TCP ${INBOUND} and ${ADMIN}`, MULTICLUSTER)}

${ADMIN} is where the others ask whether a gateway answers; counters of its proxy are read there as well, by whoever is let in.

## Joining

When all clusters of an environment stand, from a machine that reaches their APIs:

\`\`\`sh
${JOIN_SCRIPT} ${environment}
linkerd multicluster check
\`\`\`

kubectl has a context of the name of each cluster (\`kubectl config rename-context OLD NEW\`). ${throughTunnels(input)} In each, the script puts for every other one:

- its trust anchor, the certificate alone, beside the own one in \`cert-manager\`. No authority is shared, and no key leaves its cluster.
- credentials of an account that reads its services, their endpoints and nothing that is secret.
- a \`Link\`: where its gateway answers. It is not in Git, since the address is only known when the load balancer stands.

Proxies read the anchors when they start. So restart the mesh in each cluster once, and whenever an anchor came or went:

\`\`\`sh
kubectl --context ${here} -n linkerd rollout restart deployment
kubectl --context ${here} -n ${MULTICLUSTER} rollout restart deployment
kubectl --context ${here} -n demo rollout restart deployment
\`\`\`

The last line is for every namespace of the mesh. Run the script again when a cluster or the load balancer of a gateway was made anew.

## Calling a service of another cluster

Nothing is shared until two things say so, in the cluster that serves:

1. The Service carries the label \`mirror.linkerd.io/exported: "true"\`. The others then have it under the name of its cluster, in the namespace of the same
   name, which must be there: \`http://demo-web-${there}.demo\`.
2. A policy lets the gateway in, beside those that follow from edges in \`platform-config/base/mesh\`:

\`\`\`yaml
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: {name: from-other-clusters, namespace: demo}
spec:
  identityRefs: [{kind: Namespace, name: ${MULTICLUSTER}}]
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: {name: demo-web-8080-from-other-clusters, namespace: demo}
spec:
  targetRef: {group: policy.linkerd.io, kind: Server, name: demo-web-8080}
  requiredAuthenticationRefs: [{group: policy.linkerd.io, kind: MeshTLSAuthentication, name: from-other-clusters}]
\`\`\`

The workload sees the gateway as its caller: every workload of the mesh of a joined cluster may call what is exported. Who of them may is for the
workload to ask. Identities are named by namespace and account, and a namespace of one name is one namespace in all joined clusters.

## Rotating

- **An anchor**: [rotate-trust-anchor](rotate-trust-anchor.md), and \`${JOIN_SCRIPT}\` after step 2, before anything is restarted, and again after the last step.
  The others restart their mesh after each.
- **Credentials**: they do not end by themselves. In the cluster that they read,
  \`kubectl -n ${MULTICLUSTER} delete secret linkerd-service-mirror-remote-access-default-token\`, let delivery make it again, run the script.

## A cluster leaves

1. See who calls it: \`kubectl get services --all-namespaces -l mirror.linkerd.io/cluster-name=${there}\` in the others.
2. Take it out of \`controllers\` in the patches of the others; in each of them
   \`kubectl -n ${MULTICLUSTER} delete link/${there} secret/cluster-credentials-${there}\`: its services go there with the link.
3. \`kubectl -n cert-manager delete secret linkerd-anchor-of-${there}\` in the others, and restart their mesh: from then on nothing of it is trusted.
4. Then [take it down](teardown.md). The load balancer of its gateway goes with the Service.

## The alerts

- *ClusterOutOfReach*: \`kubectl -n ${MULTICLUSTER} logs deployment/controller-NAME\`. *i/o timeout*: the way above is closed, or the balancer has another
  address than the \`Link\`; run the script. *certificate*, *UnknownIssuer*: the anchor of the other is not known, or the mesh was not restarted since.
- *LinkToClusterMissing*: \`kubectl -n ${MULTICLUSTER} get links,secrets\`: where one is missing for a cluster of the table, run the script. *Unauthorized* in its log: the credentials are
  those of a cluster that was made anew.
`,
  );
}
