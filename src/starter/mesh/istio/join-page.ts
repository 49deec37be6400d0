/** Runbook: the clusters that Istio joins, and how a service of one is called from another. */
import type { Runbook } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { throughTunnels, wayPage } from '../joined/between.ts';
import { clustersPage } from '../joined/page.ts';
import { JOIN_SCRIPT } from '../joined/script.ts';
import { AUTHORITY_SCRIPT } from './authority-script.ts';
import { CROSSING, EAST_WEST } from './names.ts';

export function joinPage(input: ModuleInput): Runbook {
  return clustersPage(
    input,
    'Istio',
    ({
      environment,
      here,
      there,
    }) => `Each cluster has a control plane of its own, and is a network of its own to the mesh. The control plane reads from the APIs of the others which pods stand
behind a service; the sidecar of a caller goes to the gateway there (\`${EAST_WEST}\`), which hands the handshake on by the name of the service. It opens
nothing: the workload sees who calls, and its policies hold for callers of every cluster alike.

## What has to be true between them

${wayPage(input, `TCP ${CROSSING}`, EAST_WEST)}

## The authority

Made once for each environment, before its first cluster, and kept where keys of the house are kept. \`${AUTHORITY_SCRIPT}\` reads it from the folder that
\`MESH_AUTHORITY\` names; it is never committed.

\`\`\`sh
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/O=Istio/CN=Root of the environment" -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign,cRLSign -keyout "$MESH_AUTHORITY/root-key.pem" -out "$MESH_AUTHORITY/root-cert.pem"
MESH_AUTHORITY=FOLDER ${AUTHORITY_SCRIPT} ${here}
\`\`\`

Each cluster gets an authority under it, before \`scripts/bootstrap.sh\` is run for the first time: istiod makes a root of its own where it finds none, and a
cluster with another root is joined to nothing. Where that has happened, run the script, restart istiod, then all workloads of the mesh.

## Joining

When all clusters of an environment stand, from a machine that reaches their APIs:

\`\`\`sh
${JOIN_SCRIPT} ${environment}
istioctl remote-clusters
\`\`\`

kubectl has a context of the name of each cluster (\`kubectl config rename-context OLD NEW\`). ${throughTunnels(input)} The script asks whether two clusters stand under one root, and
puts into each the credentials of an account that reads the others. Run it again when a cluster was made anew.

## Calling a service of another cluster

Services are of their own cluster until a list names them: a pull request adds hosts to \`meshConfig.serviceSettings\` in \`platform/istio/values.yaml\`.

\`\`\`yaml
serviceSettings:
  - settings: {clusterLocal: true}
    hosts: ["*"]
  - settings: {clusterLocal: false}
    hosts: ["demo-web.demo.svc.cluster.local"]
\`\`\`

1. The Service is there in every cluster that takes part, with the same name in the same namespace; where a cluster has no pods of it, it has the Service alone.
   Callers name it as ever: \`http://demo-web.demo\`.
2. Policies hold as they are: who may call it in its own cluster may call it from the others, by namespace and account. A namespace of one name is one
   namespace in all joined clusters.
3. Calls go to pods of all clusters alike. To keep them at home while there are pods at home:

\`\`\`yaml
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: demo-web, namespace: demo}
spec:
  host: demo-web.demo.svc.cluster.local
  trafficPolicy:
    outlierDetection: {consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 1m}
    loadBalancer: {localityLbSetting: {enabled: true}}
\`\`\`

Only what has a sidecar is reached across clusters.

## Rotating

- **The authority of a cluster** is valid for two years: run \`${AUTHORITY_SCRIPT}\` again, then \`kubectl -n istio-system rollout restart deployment -l app=istiod\`. Certificates of
  pods follow within a day, and nothing else starts again.
- **The root**: put the new and the old certificate into \`root-cert.pem\` of every cluster first, then new authorities under the new root, then take the old one
  out, as [upgrade-istio](upgrade-istio.md) says; workloads of all clusters start again between the steps.
- **Credentials** do not end by themselves: \`kubectl -n istio-system delete secret istio-reader-service-account-token\` in the cluster that they read, then the script.

## A cluster leaves

1. Take what it serves out of \`serviceSettings\`, or see that pods elsewhere carry it: \`istioctl proxy-config endpoints POD -n NAMESPACE\` names networks.
2. \`kubectl -n istio-system delete secret istio-remote-secret-${there}\` in each of the others: its pods are forgotten within a minute.
3. Then [take it down](teardown.md). The load balancer of its gateway goes with the Service. Its authority cannot be called back: it ends by its date, and whoever
   has its key is in the mesh until the root is another one.

## The alerts

- *ClusterOutOfReach*: \`istioctl remote-clusters\`, then \`kubectl -n istio-system logs deployment -l app=istiod | grep NAME\`. *i/o timeout*: the way to its API is closed.
  *Unauthorized*: it was made anew; run the script.
- *MeshAuthorityOfClusterEnds*: see *Rotating*.
- The API answers and calls fail: \`nc -vz ADDRESS ${CROSSING}\` from a node, with the address of \`kubectl -n ${EAST_WEST} get service\` there. *CERTIFICATE_VERIFY_FAILED* in the log of a
  sidecar: two roots.
`,
  );
}
