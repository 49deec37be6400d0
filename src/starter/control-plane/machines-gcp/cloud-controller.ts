/** The cloud controller manager of Google Cloud: load balancers of Services, and nodes whose machine is gone. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IServiceAccount } from 'kubernetes-models/v1';
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution, Runbook } from '../../contribution.ts';
import { toApiServer } from '../../network/common-edges.ts';
import type { PodPeer } from '../../network/edge.ts';
import { platformNamespace } from '../../network/namespace.ts';
import {
  agentAnnotations,
  LITTLE_DISK,
  nodesApart,
  TIGHT,
  unprivileged,
  zonesAlike,
} from '../../own-agents.ts';
import { release } from '../../release.ts';
import { granted } from '../gke/rights.ts';
import { CONTROLLER_RIGHTS, CLOUD_CONTROLLER as NAME } from './cloud-controller-rights.ts';
import { CLOUD_CONFIG, CONFIG_FILE, cloudConfig, SYSTEM_POOL } from './controllers.ts';
import { MACHINE_GROUND } from './ground.ts';
import { MACHINE_ROLES } from './needs.ts';

const LABELS = { 'app.kubernetes.io/name': NAME } as const;
const PODS: PodPeer = { kind: 'pods', namespace: NAME, labels: LABELS };
const DECISION = 'control-plane';
const ACCOUNT = { namespace: NAME, name: NAME } as const;
const PORT = 10258;

export function cloudController(input: ClusterInput): Contribution {
  const grant = granted(
    input,
    MACHINE_GROUND,
    'Load balancers that Services ask for, the rules that let them in, and nothing of machines but that they are there.',
    DECISION,
    ACCOUNT,
    hcl`
resource "google_project_iam_member" "cloud_controller_manager" {
  project = var.project_id
  role    = ${`projects/\${var.project_id}/roles/${MACHINE_ROLES.balancers}`}
  member  = ${MACHINE_GROUND.memberOf(ACCOUNT)}
}
`,
  );
  return {
    files: grant.files,
    namespaces: [platformNamespace(NAME, DECISION)],
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-core',
        says: 'Makes a load balancer of Google for each Service that asks for one, and takes nodes away whose machine is gone. What nodes are called and where they stand they say themselves.',
        objects: {
          account: [SERVICE_ACCOUNT],
          rights: [...CONTROLLER_RIGHTS],
          config: [cloudConfig(input, NAME)],
          deployment: [deployment(input, grant.podLabels), BUDGET],
        },
      },
    ],
    edges: [
      toApiServer(NAME, PODS),
      {
        name: 'to-google',
        owner: NAME,
        because: 'Balancers are made by the API of Google.',
        pods: PODS,
        direction: 'egress',
        peers: [{ kind: 'anywhere' }],
        ports: [{ port: 443 }],
      },
    ],
    runbooks: [RUNBOOK],
    checks: [
      {
        decision: DECISION,
        says: 'Services get load balancers of Google.',
        command: `kubectl -n ${NAME} rollout status deployment/${NAME} --timeout=5m`,
        path: `platform/${NAME}/deployment.yaml`,
      },
    ],
  };
}

const SERVICE_ACCOUNT: IServiceAccount = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: NAME, namespace: NAME },
};

function deployment(input: ClusterInput, podLabels: Readonly<Record<string, string>>): IDeployment {
  const { image, version } = release(input, 'cloud-provider-gcp');
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: NAME, namespace: NAME, labels: LABELS, annotations: agentAnnotations() },
    spec: {
      replicas: 2,
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: { ...LABELS, ...podLabels } },
        spec: {
          serviceAccountName: NAME,
          priorityClassName: 'platform-critical',
          ...SYSTEM_POOL,
          topologySpreadConstraints: [zonesAlike(LABELS)],
          affinity: nodesApart(LABELS),
          securityContext: unprivileged(),
          containers: [
            {
              name: NAME,
              image: `${image}:v${version}`,
              imagePullPolicy: 'IfNotPresent',
              args: [
                '--cloud-provider=gce',
                `--cloud-config=${CONFIG_FILE}`,
                '--cluster-name=${CLUSTER_NAME}',
                // Kubelets say their addresses and their zone themselves; pods have an overlay and need no routes.
                '--controllers=cloud-node-lifecycle-controller,service-lb-controller',
                '--allocate-node-cidrs=false',
                '--configure-cloud-routes=false',
                '--leader-elect=true',
                `--leader-elect-resource-namespace=${NAME}`,
                `--secure-port=${PORT}`,
                '--v=2',
              ],
              ports: [{ name: 'https', containerPort: PORT }],
              livenessProbe: {
                httpGet: { path: '/healthz', port: 'https', scheme: 'HTTPS' },
                initialDelaySeconds: 20,
                periodSeconds: 20,
                timeoutSeconds: 5,
              },
              readinessProbe: {
                tcpSocket: { port: 'https' },
                periodSeconds: 10,
                timeoutSeconds: 5,
              },
              resources: {
                requests: { cpu: '50m', memory: '64Mi', ...LITTLE_DISK.requests },
                limits: { cpu: '500m', memory: '256Mi', ...LITTLE_DISK.limits },
              },
              securityContext: TIGHT,
              volumeMounts: [{ name: 'config', mountPath: '/etc/cloud', readOnly: true }],
            },
          ],
          volumes: [{ name: 'config', configMap: { name: CLOUD_CONFIG } }],
        },
      },
    },
  };
}

const BUDGET: IPodDisruptionBudget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: NAME, namespace: NAME },
  spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: LABELS } },
};

const RUNBOOK: Runbook = {
  id: 'load-balancers',
  title: 'A Service gets no load balancer, or pods no rights at Google',
  text: `A Service of type LoadBalancer waits for an address, or an agent reports that Google refuses it.

1. \`kubectl -n ${NAME} logs deployment/${NAME} --tail=50\` and \`kubectl describe service NAME\`: what Google answered.
2. *could not find default credentials*, from this or any other pod: it started before \`platform/google-credentials\` was there, or without its label. Delete the pod.
3. *invalid_grant*, *The audience in ID Token does not match*, *no keys*: Google does not know the keys of this cluster. Compare
   \`kubectl get --raw /openid/v1/jwks\` with \`infra/machines/keys/CLUSTER.jwks.json\`; where they differ, write the file again and apply \`infra/machines\`.
   After new keys of service accounts both the old and the new ones belong there until the last token of the old is a day old.
4. *Permission denied* of one API: the right is missing in \`infra/machines\`, in the file named for the service account.
5. *quota*: forwarding rules, target pools and addresses have quotas of their own in the region.

Rules that let balancers in carry \`k8s-\` in front of their name and name machines by their tag. They go with their Service; one that
is left behind by a cluster that is gone is deleted by hand.
`,
};
