/** secrets.tf: the CSI driver for secrets as an add-on of EKS, and the role of the first workload that reads one. */
import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution, Runbook } from '../../contribution.ts';
import { terraformText } from '../../terraform.ts';
import { isAutoMode } from './mode.ts';
import { FOLDER } from './settings.ts';

export function eksMountedSecrets(input: ClusterInput, decision: Id): Contribution {
  return {
    files: new Map([
      [
        `${FOLDER}/secrets.tf`,
        terraformText(
          input,
          decision,
          'The driver that mounts secrets, kept up to date by AWS. It has no rights itself: each workload reads with a role of its own.',
          code(input),
        ),
      ],
    ]),
    runbooks: [RUNBOOK],
    checks: [
      {
        decision,
        says: 'The driver is the one that AWS maintains.',
        command: `grep -qE 'addon_name += "${ADDON}"' ${FOLDER}/secrets.tf`,
        path: `${FOLDER}/secrets.tf`,
      },
      {
        decision,
        says: 'No secret lies in Git.',
        command: `! grep -rlE '^kind: Secret$' apps clusters delivery platform platform-config`,
        path: `${FOLDER}/secrets.tf`,
      },
      {
        decision,
        says: 'The driver runs on every node.',
        command: 'kubectl get csidriver secrets-store.csi.k8s.io',
        path: `${FOLDER}/secrets.tf`,
      },
    ],
  };
}

const ADDON = 'aws-secrets-store-csi-driver-provider';

const code = (input: ClusterInput) => hcl`
variable "secret_readers" {
  description = "Service accounts that may read secrets, by any name: those of the store whose name begins with CLUSTER/PREFIX/."
  type = map(object({
    namespace       = string
    service_account = string
    prefix          = string
  }))
  default = {}
}

data "aws_eks_addon_version" "secrets_store" {
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

data "aws_iam_policy_document" "secret_reader" {
  for_each = var.secret_readers

  statement {
    sid       = "ReadOwnSecrets"
    actions   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
    resources = ["arn:\${data.aws_partition.current.partition}:secretsmanager:\${var.region}:\${var.account_id}:secret:\${var.cluster_name}/\${each.value.prefix}/*"]
  }
}

resource "aws_iam_role" "secret_reader" {
  for_each = var.secret_readers

  name_prefix        = "\${substr(var.cluster_name, 0, 20)}-\${substr(each.key, 0, 16)}-"
  assume_role_policy = data.aws_iam_policy_document.pod_trust.json
}

resource "aws_iam_role_policy" "secret_reader" {
  for_each = var.secret_readers

  name   = "read-secrets"
  role   = aws_iam_role.secret_reader[each.key].id
  policy = data.aws_iam_policy_document.secret_reader[each.key].json
}

resource "aws_eks_pod_identity_association" "secret_reader" {
  for_each = var.secret_readers

  cluster_name    = aws_eks_cluster.main.name
  namespace       = each.value.namespace
  service_account = each.value.service_account
  role_arn        = aws_iam_role.secret_reader[each.key].arn
}
`;

const RUNBOOK: Runbook = {
  id: 'secrets',
  title: 'A secret is not mounted',
  text: `A secret lies in Secrets Manager and is mounted as a file into the pod that needs it; no Secret object is made. A new one:

1. Make it in the store, with a name that begins with the cluster and the workload: \`CLUSTER_NAME/web/database\`.
2. Let the workload's service account read it: an entry in \`secret_readers\` of the cluster's tfvars, then \`tofu apply\`.
3. Say in Git what is mounted, beside the workload, and mount it:

\`\`\`yaml
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: {name: database, namespace: NAMESPACE}
spec:
  provider: aws
  parameters:
    region: REGION
    usePodIdentity: "true"
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
