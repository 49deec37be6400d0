/** Runbook: how a pod comes by its identity, how the authority is changed, and what its alerts mean. */
import { markdownCode } from '../../../files/markdown.ts';
import type { Runbook } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { domainOf } from '../../names.ts';
import { AGENTS, SERVER } from './values.ts';

export function spirePage(input: ModuleInput): Runbook {
  const trustDomain = `CLUSTER.${domainOf(input)}`;
  return {
    id: 'workload-identities',
    title: 'Identities of workloads',
    text: `Each cluster is a trust domain, ${markdownCode(trustDomain)}. SPIRE gives every pod of a team a certificate that says
${markdownCode(`spiffe://${trustDomain}/ns/NAMESPACE/sa/SERVICE_ACCOUNT`)}; it holds for eight hours and is renewed after four. The platform itself gets none.
Trust between clusters, or with others, is federation and is not set up.

## A pod asks for it

\`\`\`yaml
volumes:
  - name: identity
    csi: {driver: csi.spiffe.io, readOnly: true}
# in the container:
volumeMounts:
  - {name: identity, mountPath: /spiffe-workload-api, readOnly: true}
env:
  - {name: SPIFFE_ENDPOINT_SOCKET, value: unix:///spiffe-workload-api/spire-agent.sock}
\`\`\`

Libraries of SPIFFE read the socket; nothing is ever written to a file. Who listens says whose identity it takes: a certificate alone opens nothing.

## Looking at it

\`\`\`sh
kubectl -n ${SERVER} exec statefulset/spire-server -c spire-server -- /opt/spire/bin/spire-server entry show
kubectl -n ${SERVER} exec statefulset/spire-server -c spire-server -- /opt/spire/bin/spire-server agent list
kubectl get clusterspiffeids
\`\`\`

## Changing the authority

The server signs with a certificate that lives for a day and changes by itself, under the root that cert-manager keeps in the Secret
${markdownCode('spire-root')} of ${markdownCode(SERVER)}. The root holds for five years.

1. Changing the root: ${markdownCode(`cmctl renew -n ${SERVER} spire-root`)}. The server takes the new one with its next certificate, within twelve hours, and hands both out.
2. Wait for eight hours more: until then some pods show a certificate under the old one, and everybody trusts both.
3. A root that somebody else may have seen: renew it, restart the server, then every pod that has an identity; do not wait.

An authority of the house in its place: an Issuer for it by the name ${markdownCode('spire-upstream')}, which may sign certificates of authorities; or the
plugins for Vault, AWS Private CA and Google CAS under ${markdownCode('upstreamAuthority')} of the values.

## The alerts

- *IdentitiesNotIssued*: ${markdownCode(`kubectl -n ${SERVER} describe pod spire-server-0`)}. A volume that does not come over to another zone is the usual
  cause. Pods that run have four hours. Without its data the server begins anew: agents attest again, and entries follow from the
  ClusterSPIFFEIDs within minutes; nothing has to be restored.
- *NodeHandsOutNoIdentities*: ${markdownCode(`kubectl -n ${AGENTS} get pods -o wide`)}; the log of the agent says whether the server refuses it or does not answer.

One server is enough for some thousand pods. Three of them need PostgreSQL (${markdownCode('dataStore.sql')}) in the place of the file on its volume.
`,
  };
}
