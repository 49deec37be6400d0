/** recovery/: what the overlay of a cluster in the second region names until it is needed, as components of kustomize. */
import type { FileTree } from '../../files/tree.ts';
import { writeYaml } from '../../files/yaml.ts';
import type { Cluster } from '../cluster-input.ts';
import { hasIngress } from '../edge/route-kind.ts';
import {
  forEach,
  type KustomizeComponent,
  kustomizeComponent,
  type WrittenPatch,
} from '../gitops/tree/kustomization.ts';
import { headline } from '../headline.ts';
import type { ModuleInput } from '../module.ts';
import { isAsleep, sharesNames } from './places.ts';

const ASLEEP = 'recovery/asleep';
const WITHOUT_NAMES = 'recovery/without-names';
const WITHOUT_JOBS = 'recovery/without-jobs';

/** As an overlay under apps/ names them. */
export function standbyComponents(cluster: Cluster): readonly string[] {
  if (cluster.recovery?.role !== 'second') return [];
  if (sharesNames(cluster)) return [`../../${WITHOUT_JOBS}`];
  return [`../../${WITHOUT_NAMES}`, ...(isAsleep(cluster) ? [`../../${ASLEEP}`] : [])];
}

export function standbyFiles(input: ModuleInput): FileTree {
  const seconds = input.clusters.filter(({ recovery }) => recovery?.role === 'second');
  const jobs =
    'Work that is done once and not in every region: a clock or a delivery starts it in the first region alone.';
  if (seconds.some(sharesNames))
    return new Map([fileOf(input, WITHOUT_JOBS, jobs, kustomizeComponent({ patches: withoutJobs() }))]);
  return new Map([
    fileOf(
      input,
      WITHOUT_NAMES,
      'Routes are there and ExternalDNS leaves them alone: their names belong to the first region as long as this is named.',
      kustomizeComponent({ patches: [leftAlone(input, 'the-first-region')] }),
    ),
    ...(seconds.some(isAsleep)
      ? [
          fileOf(
            input,
            ASLEEP,
            'Workloads are there with no pod: nothing runs and everything else about them is ready. Taking this out wakes them.',
            kustomizeComponent({ patches: asleep() }),
          ),
        ]
      : []),
  ]);
}

function fileOf(input: ModuleInput, folder: string, says: string, component: KustomizeComponent) {
  const comment = headline(input, 'recovery', says);
  return [`${folder}/kustomization.yaml`, writeYaml([component], { comment })] as const;
}

/** ExternalDNS leaves every route to whoever is named. */
export function leftAlone(input: ModuleInput, owner: string): WrittenPatch {
  const route = hasIngress(input)
    ? { group: 'networking.k8s.io', version: 'v1', kind: 'Ingress' }
    : { group: 'gateway.networking.k8s.io', version: 'v1', kind: 'HTTPRoute' };
  return forEach(route, {
    metadata: { annotations: { 'external-dns.alpha.kubernetes.io/controller': owner } },
  });
}

/** kube-score minds workloads without pods. */
const SEEN = { metadata: { annotations: { 'kube-score/ignore': 'deployment-replicas' } } };

/** Nothing may bring pods back: no autoscaler, no schedule, and no job that would run against data that cannot be written. */
function asleep(): readonly WrittenPatch[] {
  const none = { spec: { replicas: 0 } };
  const gone = { $patch: 'delete' };
  return [
    forEach({ group: 'apps', version: 'v1', kind: 'Deployment' }, { ...SEEN, ...none }),
    forEach({ group: 'apps', version: 'v1', kind: 'StatefulSet' }, none),
    ...withoutJobs(),
    forEach({ group: 'autoscaling', version: 'v2', kind: 'HorizontalPodAutoscaler' }, gone),
    forEach({ group: 'keda.sh', version: 'v1alpha1', kind: 'ScaledObject' }, gone),
  ];
}

function withoutJobs(): readonly WrittenPatch[] {
  return [
    forEach({ group: 'batch', version: 'v1', kind: 'CronJob' }, { spec: { suspend: true } }),
    forEach({ group: 'batch', version: 'v1', kind: 'Job' }, { $patch: 'delete' }),
  ];
}
