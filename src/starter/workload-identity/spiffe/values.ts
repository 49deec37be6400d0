/** Values of the chart of SPIRE: where its parts run, what signs, and what it may not do by itself. */
import type { HelmValues } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { domainOf } from '../../names.ts';
import { windowsNodesOf } from '../../windows-page.ts';

export const SERVER = 'spire-server';
export const AGENTS = 'spire-system';
/** Identities of this class are served, and no others. */
export const CLASS = 'platform';

const LOCKED = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const;
const RESTRICTED = { ...LOCKED, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } as const;
const MEASURED = { telemetry: { prometheus: { enabled: true, podMonitor: { enabled: true } } } } as const;

/** Every cluster is a trust domain of its own: what one of them vouches for means nothing in another. */
export function trustDomainOf(input: ModuleInput): string {
  return `\${CLUSTER_NAME}.${domainOf(input)}`;
}

export function spireValues(input: ModuleInput): HelmValues {
  const { systemPool, storageClass } = input.foundation;
  const trustDomain = trustDomainOf(input);
  // Neither has an image for Windows.
  const onLinux = windowsNodesOf(input) === null ? {} : { nodeSelector: { 'kubernetes.io/os': 'linux' } };
  return {
    global: {
      k8s: { clusterDomain: 'cluster.local' },
      spire: {
        clusterName: '${CLUSTER_NAME}',
        trustDomain,
        jwtIssuer: `https://${trustDomain}`,
        caSubject: { country: 'ZZ', organization: 'platform', commonName: 'workload identities' },
      },
      // Jobs that only switch a webhook off and on again around an upgrade.
      installAndUpgradeHooks: { enabled: false },
      deleteHooks: { enabled: false },
    },
    'spire-server': {
      // One, with its data on a volume: more of them need a database that they share.
      replicaCount: 1,
      caTTL: '24h',
      // Renewed when half of it is over, so that four hours without a server go unnoticed.
      defaultX509SvidTTL: '8h',
      persistence: { type: 'pvc', size: '1Gi', storageClass },
      upstreamAuthority: {
        certManager: {
          enabled: true,
          issuerName: 'spire-upstream',
          issuerKind: 'Issuer',
          namespace: SERVER,
        },
      },
      nodeSelector: systemPool.nodeSelector,
      tolerations: systemPool.tolerations,
      priorityClassName: 'platform-critical',
      podSecurityContext: { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, runAsNonRoot: true },
      securityContext: RESTRICTED,
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
      ...MEASURED,
      controllerManager: {
        enabled: true,
        className: CLASS,
        securityContext: RESTRICTED,
        resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
        // Who gets an identity stands in platform-config/base/identities.
        identities: {
          clusterSPIFFEIDs: {
            default: { enabled: false },
            'oidc-discovery-provider': { enabled: false },
            'test-keys': { enabled: false },
          },
        },
      },
    },
    'spire-agent': {
      namespaceOverride: AGENTS,
      server: { namespaceOverride: SERVER },
      // Every node, whatever keeps other pods away from it.
      tolerations: [{ operator: 'Exists' }],
      ...onLinux,
      priorityClassName: 'system-node-critical',
      securityContext: LOCKED,
      resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      ...MEASURED,
    },
    'spiffe-csi-driver': {
      namespaceOverride: AGENTS,
      serverNamespaceOverride: SERVER,
      tolerations: [{ operator: 'Exists' }],
      ...onLinux,
      priorityClassName: 'system-node-critical',
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
    },
    'spiffe-oidc-discovery-provider': { enabled: false },
  };
}
