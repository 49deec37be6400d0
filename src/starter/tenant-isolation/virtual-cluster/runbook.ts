/** What owners and tenants do with virtual clusters. */

import type { Runbook } from '../../contribution.ts';
import { isOpenshift } from '../../control-plane/openshift/project.ts';
import type { ModuleInput } from '../../module.ts';
import type { Space } from '../spaces.ts';

export function virtualClusterRunbook(input: ModuleInput, spaces: readonly Space[]): Runbook {
  const name = spaces[0]?.name ?? 'team-NAME';
  const release = name.replace(/^team-/, 'virtual-');
  return {
    id: 'virtual-clusters',
    title: 'Virtual clusters of tenants',
    text: `Each tenant has an API server and an etcd of its own in its namespace here. Inside it is administrator and installs its own kinds; outside it may read one Secret and
forward one port. Its pods appear in its namespace of this cluster, under Pod Security *restricted*, its quota and the policies of the network.

## How a tenant gets in

Signed in to this cluster as a member of the group:

\`\`\`sh
kubectl -n ${name} get secret vc-${release} -o jsonpath='{.data.config}' | base64 -d >kubeconfig
kubectl -n ${name} port-forward service/${release} 8443:443 &
kubectl --kubeconfig kubeconfig get namespaces
\`\`\`

That file is a certificate of an administrator: it belongs to the one who fetched it and lies in no repository. Inside, people of the tenant get roles as in any
cluster. Delivery of the tenant runs inside as well, with an account that is made there.

## It does not answer

1. \`kubectl -n ${name} get pods -l release=${release}\`: three of the control plane and three of etcd. *CreateContainerConfigError* or a pod that is not made at all: \`kubectl -n ${name} describe statefulset\`
   shows what the namespace refuses, its quota as a rule.
2. \`kubectl -n ${name} logs ${release}-0 -c syncer --tail=50\`. *etcdserver*: look at \`${release}-etcd-0\`.
3. A pod of the tenant is *Pending* inside and missing outside: events of the pod inside carry the refusal of the namespace outside.${isOpenshift(input) ? IN_RANGE : ''}
4. A name is not found: \`kubectl -n ${name} get pods -l k8s-app=vcluster-kube-dns\`.

## Copies, and the way back

What the tenant is lies in its etcd, not in Git: \`vcluster snapshot create ${release} -n ${name} "s3://BUCKET/${release}.tar.gz"\`, every night, by a job of yours that may write to that bucket alone, and
\`vcluster restore\` with the same address. Volumes of the tenant are volumes of this cluster and belong to its copies. Restore one tenant twice a year into a namespace of its own and compare.

## A new version

Raise \`vcluster\` in \`delivery\`, one minor at a time, outside production first. The Kubernetes in it is that of this cluster: raise this one first, and read what the minor removes
together with the tenants, since their objects are theirs.

## A tenant goes

Its last snapshot, then its release out of \`delivery\`, then its claims, which are kept on purpose, and its namespace by hand.
`,
  };
}

const IN_RANGE = `
   *unable to validate against any security context constraint*: it names a number. Pods of tenants leave \`runAsUser\`, \`runAsGroup\` and \`fsGroup\` out, and OpenShift
   gives them numbers of the range that this namespace alone has.`;
