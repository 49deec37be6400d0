/** The Deployment: passes Pod Security restricted and the linters as it is. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { ModuleInput } from '../../module.ts';
import { release } from '../../release.ts';
import { LABELS, METRICS_PORT, NAME, NAMESPACE, PORT } from './names.ts';

const USER = 10001;

export function webDeployment(input: ModuleInput): IDeployment {
  const { image, version } = release(input, 'podinfo');
  if (image === null) throw new Error('the table of releases names no image for podinfo');
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: NAME, namespace: NAMESPACE, labels: { ...LABELS } },
    // How many there are is up to the autoscaler, so no number stands here.
    spec: {
      revisionHistoryLimit: 5,
      minReadySeconds: 10,
      progressDeadlineSeconds: 300,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      selector: { matchLabels: { ...LABELS } },
      template: {
        metadata: { labels: { ...LABELS } },
        spec: {
          serviceAccountName: NAME,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 45,
          priorityClassName: 'business-critical',
          securityContext: {
            runAsNonRoot: true,
            runAsUser: USER,
            runAsGroup: USER,
            fsGroup: USER,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'DoNotSchedule',
              minDomains: 3,
              matchLabelKeys: ['pod-template-hash'],
              labelSelector: { matchLabels: { ...LABELS } },
            },
          ],
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                {
                  weight: 100,
                  podAffinityTerm: {
                    topologyKey: 'kubernetes.io/hostname',
                    labelSelector: { matchLabels: { ...LABELS } },
                  },
                },
              ],
            },
          },
          containers: [
            {
              name: 'web',
              image: `${image}:${version}`,
              imagePullPolicy: 'Always',
              command: ['./podinfo', `--port=${PORT}`, `--port-metrics=${METRICS_PORT}`, '--level=info'],
              ports: [
                { name: 'http', containerPort: PORT },
                { name: 'http-metrics', containerPort: METRICS_PORT },
              ],
              resources: {
                requests: { cpu: '100m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
                limits: { cpu: '1', memory: '128Mi', 'ephemeral-storage': '128Mi' },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                privileged: false,
                capabilities: { drop: ['ALL'] },
              },
              startupProbe: {
                httpGet: { path: '/healthz', port: 'http' },
                periodSeconds: 2,
                failureThreshold: 30,
              },
              livenessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 10 },
              readinessProbe: { httpGet: { path: '/readyz', port: 'http' }, periodSeconds: 5 },
              // Requests still come in while the gateway learns that the pod goes.
              lifecycle: { preStop: { sleep: { seconds: 15 } } },
              volumeMounts: [{ name: 'data', mountPath: '/data' }],
            },
          ],
          volumes: [{ name: 'data', emptyDir: { sizeLimit: '64Mi' } }],
        },
      },
    },
  };
}
