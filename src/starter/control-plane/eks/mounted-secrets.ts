/** secrets.tf: the CSI driver for secrets, as an add-on where EKS runs the cluster and by its charts on machines of AWS, and roles of workloads that read. */

import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { collect } from '../../collect.ts';
import type { Contribution, Runbook } from '../../contribution.ts';
import { toApiServer } from '../../network/common-edges.ts';
import type { Edge, PodPeer } from '../../network/edge.ts';
import { butEmptySecrets } from '../../policy-engine/gatekeeper/place.ts';
import { STORE_DRIVER, storeDriver } from '../../secrets/store-driver.ts';
import { terraformText } from '../../terraform.ts';
import { isAutoMode } from './mode.ts';
import { folderOf, isOwnControlPlane, type ListedRoles, listedRoles, listedTies } from './trust.ts';

export function eksMountedSecrets(input: ClusterInput, decision: Id): Contribution {
  return collect([
    {
      checks: [
        {
          decision,
          says: 'The driver is the one that AWS maintains.',
          command: `grep -qE 'addon_name += "${ADDON}"' ${folderOf(input)}/secrets.tf`,
          path: `${folderOf(input)}/secrets.tf`,
        },
      ],
    },
    readers(
      input,
      decision,
      'The driver that mounts secrets, kept up to date by AWS. It has no rights itself: each workload reads with a role of its own.',
      addon(input),
    ),
  ]);
}

export function machinesMountedSecrets(input: ClusterInput, decision: Id): Contribution {
  const says =
    'Each workload that mounts secrets reads them with a role of its own; the driver has no rights itself.';
  return collect([
    readers(input, decision, says, NOTHING),
    storeDriver(input, decision, {
      component: SECRETS_MANAGER,
      daemonSet: PROVIDER,
      audiences: ['sts.amazonaws.com'],
      readAgain: null,
    }),
    // The driver beside it has a policy of that name.
    { edges: [{ ...toApiServer(PROVIDER, PODS), name: 'provider-to-api-server' }, TO_AWS] },
  ]);
}

function readers(input: ClusterInput, decision: Id, says: string, driver: HclExpression): Contribution {
  const file = `${folderOf(input)}/secrets.tf`;
  return {
    files: new Map([[file, terraformText(input, decision, says, code(input, driver))]]),
    runbooks: [runbook(input)],
    checks: [
      {
        decision,
        says: 'No secret lies in Git.',
        command: `! grep -rlE${butEmptySecrets(input)} '^kind: Secret$' apps clusters delivery platform platform-config`,
        path: file,
      },
      {
        decision,
        says: 'The driver runs on every node.',
        command: 'kubectl get csidriver secrets-store.csi.k8s.io',
        path: file,
      },
    ],
  };
}

const PROVIDER = 'secrets-store-csi-driver-provider-aws';
const PODS: PodPeer = { kind: 'pods', namespace: STORE_DRIVER, labels: { app: PROVIDER } };
const SECRETS_MANAGER = {
  id: PROVIDER,
  says: 'Reads Secrets Manager for the driver, on every node, with the role of the pod that asks.',
  chart: {
    release: PROVIDER,
    namespace: STORE_DRIVER,
    crds: 'skip',
    values: {
      awsRegion: '${REGION}',
      priorityClassName: 'system-node-critical',
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      tolerations: [{ operator: 'Exists' }],
      resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { cpu: null, memory: '192Mi' } },
      // The driver is a component of its own, the same in every cloud.
      [STORE_DRIVER]: { install: false },
    },
  },
} as const;
const TO_AWS: Edge = {
  name: 'provider-to-aws',
  owner: PROVIDER,
  because: 'Lends itself the role of the pod that asks, and reads Secrets Manager; addresses of both change.',
  pods: PODS,
  direction: 'egress',
  peers: [{ kind: 'anywhere' }],
  ports: [{ port: 443 }],
};

const ADDON = 'aws-secrets-store-csi-driver-provider';

const NOTHING: HclExpression = { kind: 'expression', code: '' };
const READERS: ListedRoles = { label: 'secret_reader', variable: 'secret_readers', between: 'secrets' };

const addon = (input: ClusterInput) => hcl`data "aws_eks_addon_version" "secrets_store" {
  addon_name         = ${ADDON}
  kubernetes_version = aws_eks_cluster.main.version
}

resource "aws_eks_addon" "secrets_store" {
  cluster_name                = aws_eks_cluster.main.name
  addon_name                  = ${ADDON}
  addon_version               = data.aws_eks_addon_version.secrets_store.version
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  depends_on = [${isAutoMode(input) ? hcl`aws_eks_cluster.main` : hcl`aws_eks_node_group.system`}]
}

`;

const code = (input: ClusterInput, driver: HclExpression) => hcl`
variable "secret_readers" {
  description = "Service accounts that may read secrets, by any name: those of the store whose name begins with CLUSTER/PREFIX/."
  type = map(object({
    namespace       = string
    service_account = string
    prefix          = string
  }))
  default = {}
}

${driver}data "aws_iam_policy_document" "secret_reader" {
  for_each = var.secret_readers

  statement {
    sid       = "ReadOwnSecrets"
    actions   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
    resources = ["arn:\${data.aws_partition.current.partition}:secretsmanager:\${var.region}:\${var.account_id}:secret:\${var.cluster_name}/\${each.value.prefix}/*"]
  }
}

${listedRoles(input, READERS)}

resource "aws_iam_role_policy" "secret_reader" {
  for_each = var.secret_readers

  name   = "read-secrets"
  role   = aws_iam_role.secret_reader[each.key].id
  policy = data.aws_iam_policy_document.secret_reader[each.key].json
}${listedTies(input, READERS)}
`;

/** Where no infrastructure ties the two together, the account names its role. */
const ANNOTATED = ` The account names its role:
   \`eks.amazonaws.com/role-arn: arn:aws:iam::ACCOUNT_ID:role/CLUSTER_NAME-${READERS.between}-NAME\`, with the name of that entry.`;
const BY_POD_IDENTITY = `
    usePodIdentity: "true"`;

function runbook(input: ClusterInput): Runbook {
  const own = isOwnControlPlane(input);
  return {
    id: 'secrets',
    title: 'A secret is not mounted',
    text: `A secret lies in Secrets Manager and is mounted as a file into the pod that needs it; no Secret object is made. A new one:

1. Make it in the store, with a name that begins with the cluster and the workload: \`CLUSTER_NAME/web/database\`.
2. Let the workload's service account read it: an entry in \`secret_readers\` of the cluster's tfvars, then \`tofu apply\`.${own ? ANNOTATED : ''}
3. Say in Git what is mounted, beside the workload, and mount it:

\`\`\`yaml
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: {name: database, namespace: NAMESPACE}
spec:
  provider: aws
  parameters:
    region: REGION${own ? '' : BY_POD_IDENTITY}
    objects: |
      - objectName: CLUSTER_NAME/web/database
        objectType: secretsmanager
\`\`\`

The pod gets a volume with \`csi: {driver: secrets-store.csi.k8s.io, readOnly: true, volumeAttributes: {secretProviderClass: database}}\`, which Pod
Security *restricted* allows. The driver reads as the pod, on the node: the pod needs no policy for it.

The pod does not start: \`kubectl -n NAMESPACE describe pod NAME\`.

- *AccessDeniedException*: name and prefix do not agree, or the entry names another service account.
- *no such host* or a timeout: the node does not reach Secrets Manager; no pod starts anew until it does.
- A secret was changed: restart the pods. Rotation in place is off, so that a pod never sees two values at once.
`,
  };
}
