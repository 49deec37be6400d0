/** secrets.tf: the driver for secrets as GKE runs it, and who may read which secret. */

import type { Id } from '../../../content/catalogue.ts';
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution, Runbook } from '../../contribution.ts';
import type { GoogleGround } from '../../google/ground.ts';
import { butEmptySecrets } from '../../policy-engine/gatekeeper/place.ts';
import { terraformText } from '../../terraform.ts';
import { GKE_GROUND } from './ground.ts';

/** How secrets of Google are mounted in a cluster. */
interface Mounting {
  readonly ground: GoogleGround;
  /** What the file is for. */
  readonly says: string;
  /** As classes of secrets and volumes name them. */
  readonly provider: string;
  readonly driver: string;
  /** Who reads, and what a pod needs for it: a sentence. */
  readonly reads: string;
}

export function gkeMountedSecrets(input: ClusterInput, decision: Id): Contribution {
  return secretReaders(input, decision, {
    ground: GKE_GROUND,
    says: 'Who reads which secrets. The driver that mounts them is part of GKE (cluster.tf) and has no rights itself.',
    provider: 'gke',
    driver: 'secrets-store-gke.csi.k8s.io',
    reads: 'The driver reads as the pod, on the node: the pod needs no policy for it.',
  });
}

/** Rights of those who read, and the page about it. */
export function secretReaders(input: ClusterInput, decision: Id, mounting: Mounting): Contribution {
  const { ground, says, driver } = mounting;
  const path = `${ground.folder}/secrets.tf`;
  return {
    files: new Map([[path, terraformText(input, decision, says, readers(ground))]]),
    runbooks: [runbook(mounting)],
    checks: [
      {
        decision,
        says: 'Workloads read secrets by a right of their own, and only those of their prefix.',
        command: `grep -qE '^ +role += "roles/secretmanager.secretAccessor"$' ${path}`,
        path,
      },
      {
        decision,
        says: 'No secret lies in Git.',
        command: `! grep -rlE${butEmptySecrets(input)} '^kind: Secret$' apps clusters delivery platform platform-config`,
        path,
      },
      {
        decision,
        says: 'The driver runs on every node.',
        command: `kubectl get csidriver ${driver}`,
        path,
      },
    ],
  };
}

const readers = (ground: GoogleGround) => hcl`
variable "secret_readers" {
  description = "Service accounts that may read secrets, by any name: those of the store whose name begins with CLUSTER--PREFIX--."
  type = map(object({
    namespace       = string
    service_account = string
    prefix          = string
  }))
  default = {}
}

resource "google_project_iam_member" "secret_reader" {
  for_each = var.secret_readers

  project = var.project_id
  role    = "roles/secretmanager.secretAccessor"
  member  = ${ground.memberOf({ namespace: '${each.value.namespace}', name: '${each.value.service_account}' })}

  condition {
    title      = "secrets-of-\${each.key}"
    expression = "resource.name.startsWith(\\"projects/\${data.google_project.current.number}/secrets/\${var.cluster_name}--\${each.value.prefix}--\\")"
  }
}
`;

const runbook = ({ provider, driver, reads }: Mounting): Runbook => ({
  id: 'secrets',
  title: 'A secret is not mounted',
  text: `A secret lies in Secret Manager and is mounted as a file into the pod that needs it; no Secret object is made. A new one:

1. Make it in the store, with a name that begins with the cluster and the workload: \`CLUSTER_NAME--web--database\`.
2. Let the workload's service account read it: an entry in \`secret_readers\` of the cluster's tfvars, then \`tofu apply\`.
3. Say in Git what is mounted, beside the workload, and mount it:

\`\`\`yaml
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: {name: database, namespace: NAMESPACE}
spec:
  provider: ${provider}
  parameters:
    secrets: |
      - resourceName: projects/PROJECT_NUMBER/secrets/CLUSTER_NAME--web--database/versions/latest
        path: database
\`\`\`

The pod gets a volume with \`csi: {driver: ${driver}, readOnly: true, volumeAttributes: {secretProviderClass: database}}\`, which Pod
Security *restricted* allows. ${reads}

The pod does not start: \`kubectl -n NAMESPACE describe pod NAME\`.

- *PermissionDenied*: name and prefix do not agree, or the entry names another service account.
- *NotFound*: the secret has no version, or the number of the project is another one's.
- A secret was changed: restart the pods. Rotation in place is off, so that a pod never sees two values at once.
`,
});
