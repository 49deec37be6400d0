/** Charts of components that call what the house runs, and where each takes a folder of certificates for its pods. */
import type { Id } from '../../../content/catalogue.ts';
import { appended, mapOf } from '../../chart-values.ts';
import type { HelmValues } from '../../contribution.ts';
import { AUTHORITIES, AUTHORITIES_MOUNT, AUTHORITIES_VOLUME, TRUSTING } from './authorities.ts';

/** Paths of values. */
interface Pods {
  /** Absent where another path of the chart gives them the variable. */
  readonly variables?: string;
  readonly volumes: string;
  readonly mounts: string;
  /** Pods that an operator makes: the variable goes into their container of this name. */
  readonly container?: string;
}

const extra = (pods: string, variables?: string): Pods => ({
  ...(variables === undefined ? {} : { variables }),
  volumes: `${pods}extraVolumes`,
  mounts: `${pods}extraVolumeMounts`,
});

/** By release, and by kind of pod where a chart has several. */
const CHARTS: Readonly<Record<Id, readonly Pods[]>> = {
  alloy: [{ variables: 'alloy.extraEnv', volumes: 'controller.volumes.extra', mounts: 'alloy.mounts.extra' }],
  // What reads Git and registries looks an authority up by the host that it calls: scripts/bootstrap.sh.
  'argo-cd': [{ variables: 'server.env', volumes: 'server.volumes', mounts: 'server.volumeMounts' }],
  'cert-manager': [{ variables: 'extraEnv', volumes: 'volumes', mounts: 'volumeMounts' }],
  'external-secrets': [extra('', 'extraEnv')],
  jaeger: [extra('jaeger.', 'jaeger.extraEnv')],
  'kube-prometheus-stack': [
    {
      variables: 'alertmanager.alertmanagerSpec.containers',
      volumes: 'alertmanager.alertmanagerSpec.volumes',
      mounts: 'alertmanager.alertmanagerSpec.volumeMounts',
      container: 'alertmanager',
    },
  ],
  kyverno: [
    extra('admissionController.', 'global.extraEnvVars'),
    extra('backgroundController.'),
    extra('reportsController.'),
  ],
  loki: [extra('defaults.', 'defaults.extraEnv')],
  tempo: [{ variables: 'tempo.extraEnv', volumes: 'extraVolumes', mounts: 'tempo.extraVolumeMounts' }],
  velero: [extra('', 'configuration.extraEnvVars'), extra('nodeAgent.', 'nodeAgent.extraEnvVars')],
};

/** Null where the chart calls nothing of the house. */
export function withAuthorities(release: Id, values: HelmValues): HelmValues | null {
  const pods = CHARTS[release];
  return pods === undefined ? null : byJobs(release, pods.reduce(withPods, values));
}

function withPods(values: HelmValues, { variables, volumes, mounts, container }: Pods): HelmValues {
  const mounted = appended(appended(values, volumes, [AUTHORITIES_VOLUME]), mounts, [AUTHORITIES_MOUNT]);
  if (variables === undefined) return mounted;
  const entry = container === undefined ? TRUSTING : { name: container, env: [TRUSTING] };
  return appended(mounted, variables, [entry]);
}

/** The job of Jaeger that removes old days takes a ConfigMap in a form of its own. */
function byJobs(release: Id, values: HelmValues): HelmValues {
  if (release !== 'jaeger' || mapOf(values.esIndexCleaner).enabled !== true) return values;
  const mounted = appended(values, 'esIndexCleaner.extraConfigmapMounts', [
    { ...AUTHORITIES_MOUNT, configMap: AUTHORITIES },
  ]);
  return appended(mounted, 'esIndexCleaner.extraEnv', [TRUSTING]);
}
