/** What agents and controllers of the platform share that are written here, since no chart of their publishers brings them. */

/** What a container of them may do: nothing but its work. */
export const TIGHT = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

/** What their pods run as, where the image names no other number. */
const NOBODY = 65532;

export function unprivileged(user: number = NOBODY) {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: 'RuntimeDefault' as const },
  };
}

/** Zones get equally many of them where it can be helped. */
export function zonesAlike(matchLabels: Readonly<Record<string, string>>) {
  return {
    maxSkew: 1,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: 'ScheduleAnyway' as const,
    labelSelector: { matchLabels: { ...matchLabels } },
  };
}

/** No node gets two of them where it can be helped. */
export function nodesApart(matchLabels: Readonly<Record<string, string>>) {
  return {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          podAffinityTerm: {
            topologyKey: 'kubernetes.io/hostname',
            labelSelector: { matchLabels: { ...matchLabels } },
          },
        },
      ],
    },
  };
}

const PINNED =
  'Its version is pinned, and on a node that has the image it starts while the registry is away.';

/** What scanners mind about all of them; each entry is in docs/exceptions.yaml as well. */
export function agentAnnotations(checkov: Readonly<Record<string, string>> = {}) {
  const skipped = { CKV_K8S_15: PINNED, CKV_K8S_38: 'Its work is with the API server.', ...checkov };
  return alsoSkipped({ 'kube-score/ignore': 'container-image-pull-policy' }, skipped);
}

const SKIP = 'checkov.io/skip';

/** Annotations by which checkov leaves these checks out beside those that it leaves out already. */
export function alsoSkipped(
  annotations: Readonly<Record<string, string>>,
  checks: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const before = Object.keys(annotations).filter(key => key.startsWith(SKIP)).length;
  const added = Object.entries(checks).map(([check, reason], index) => [
    `${SKIP}${before + index + 1}`,
    `${check}=${reason}`,
  ]);
  return { ...annotations, ...Object.fromEntries(added) };
}

/** Their log and little else; what a node has of it would otherwise be anybody's. */
export const LITTLE_DISK = {
  requests: { 'ephemeral-storage': '16Mi' },
  limits: { 'ephemeral-storage': '128Mi' },
} as const;
