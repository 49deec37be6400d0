/** Velero: objects and volumes of the cluster, copied every night and restored in a drill. */

import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { IConfigMap } from 'kubernetes-models/v1';
import type { Contribution, Runbook } from '../contribution.ts';
import type { BackupStorage } from '../foundation.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { repositoryUrl } from '../names.ts';
import { credentials, scraped, toApiServer } from '../network/common-edges.ts';
import type { PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { AGENTS_NAMESPACE, COPIES_PAGE, copyingSettings } from './velero/file-copies.ts';
import { BACKUP_DAYS, SETTINGS, veleroValues } from './velero/values.ts';

const NAME = 'velero';
const DECISION = 'backup';
const PODS: PodPeer = { kind: 'pods', namespace: NAME, labels: { name: NAME } };

export function velero(input: ModuleInput): Contribution | NotGenerated {
  const { foundation } = input;
  if (foundation.backup === null)
    return {
      notGenerated:
        'Velero is not generated for this way to run a cluster: volumes are kept when their claim goes, and nothing is copied anywhere.',
    };
  const store = { id: 'backups', days: BACKUP_DAYS + 7 };
  const copiesFiles = foundation.backup.volumes === 'file-system';
  // Agents and the pods that they start for a copy carry labels of their own.
  const pods: PodPeer = copiesFiles ? { ...PODS, labels: {} } : PODS;
  const grant = foundation.backup.rights(DECISION, { namespace: NAME, name: NAME }, store);
  return {
    files: grant.files,
    namespaces: [{ ...platformNamespace(NAME, DECISION), ...(copiesFiles ? AGENTS_NAMESPACE : {}) }],
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-obs',
        says: `Every night, kept for ${BACKUP_DAYS} days. It may change everything in the cluster: it has to put everything back.`,
        chart: {
          release: NAME,
          namespace: NAME,
          crds: 'create-replace',
          values: veleroValues(input, foundation.backup, grant),
        },
        objects: {
          alerts: [alerts(input)],
          ...settingsOf(foundation.backup),
          ...snapshotsOf(foundation.backup),
          ...(copiesFiles ? { copying: copyingSettings(NAME, foundation.backup.agents) } : {}),
        },
      },
    ],
    edges: [
      scraped(NAME, PODS, 8085),
      toApiServer(NAME, pods),
      {
        name: 'to-bucket-and-snapshots',
        owner: NAME,
        because: copiesFiles
          ? 'Writes copies to the object storage, whose addresses change.'
          : 'Writes copies and asks for snapshots through the API of the cloud, whose addresses change.',
        pods,
        direction: 'egress',
        peers: [{ kind: 'anywhere' }],
        ports: [{ port: 443 }],
      },
      ...credentials(NAME, PODS, foundation.identityAgentPort),
    ],
    runbooks: [restore(input)],
    checks: [
      {
        decision: DECISION,
        says: 'The bucket of the backups can be reached.',
        command: `kubectl -n ${NAME} wait --for=jsonpath='{.status.phase}'=Available backupstoragelocations --all --timeout=5m`,
        path: `platform/${NAME}/values.yaml`,
      },
      {
        decision: DECISION,
        says: 'A backup is made every night.',
        command: `grep -q 'schedule:' platform/${NAME}/values.yaml`,
        path: `platform/${NAME}/values.yaml`,
      },
    ],
  };
}

function snapshotsOf({
  snapshotClass,
}: BackupStorage): Readonly<Record<string, readonly KubernetesObject[]>> {
  return snapshotClass === undefined ? {} : { 'snapshot-class': [snapshotClass] };
}

function settingsOf({ settings }: BackupStorage): Readonly<Record<string, readonly IConfigMap[]>> {
  if (settings === undefined) return {};
  const metadata = { name: SETTINGS, namespace: NAME };
  return {
    settings: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [SETTINGS]: settings.text } }],
  };
}

function alerts(input: ModuleInput): IPrometheusRule {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: NAME, namespace: NAME },
    spec: {
      groups: [
        {
          name: 'backups',
          rules: [
            {
              alert: 'BackupTooOld',
              // Also when there never was one: then the series is missing, and so is the backup.
              expr: '(time() - max(velero_backup_last_successful_timestamp{schedule="nightly"}) > 93600) or absent(velero_backup_last_successful_timestamp{schedule="nightly"})',
              for: '1h',
              labels: { severity: 'critical', team: 'platform' },
              annotations: {
                summary: 'The last good backup is older than 26 hours.',
                description:
                  'What is lost now is lost since then. A backup that fails in part counts as failed.',
                runbook_url: `${repositoryUrl(input)}/blob/main/docs/runbooks/restore.md`,
              },
            },
          ],
        },
      ],
    },
  };
}

function restore({ foundation: { backup }, clusters, delivery }: ModuleInput): Runbook {
  const { sayingWhy, whenGone, volumes } = backup ?? {};
  return {
    id: 'restore',
    title: 'Restoring, and the drill that proves it',
    text: `A backup that was never restored is a hope. Do the drill every three months, and write down how long it took: that is the recovery time
you have, whatever the records say.

The drill, in ${clusters[0].name}:

1. \`velero backup get\`: the newest one is *Completed*. *PartiallyFailed* is a failure; ${sayingWhy ?? '`velero backup describe NAME --details` says of what'}.
2. Stop delivery for the namespace, so that it does not put back what you take away: \`${delivery.pauseApps}\`.
3. \`kubectl delete namespace demo\`, and wait until it is gone.
4. \`velero restore create --from-backup NAME --include-namespaces demo --wait\`.
5. Compare: pods run, volumes hold data of the night, the public name answers. \`${delivery.resumeApps}\`.

The real thing, one namespace: the same, with the namespace that was lost.

The whole cluster is gone: make a new one from \`infra\` and \`scripts/bootstrap.sh\`, let delivery bring what stands in Git, and restore only what
does not: volumes and the objects that belong to them.${whenGone === undefined ? '' : `\n\n${whenGone}`}

The alert BackupTooOld: \`velero schedule get\`, \`kubectl -n ${NAME} logs deployment/${NAME} --tail=100\`. A refusal of access means that right and bucket
do not agree.

${
  volumes === 'file-system'
    ? COPIES_PAGE
    : 'Snapshots of volumes lie in the same region as the volumes. What must survive the loss of a region is a decision of its own.'
}
`,
  };
}
