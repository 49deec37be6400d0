/** Files that the API server reads, the same for every distribution: what is recorded, who is trusted, what pods may be. */
import { AUTHORITIES_MARK } from '../../dns-and-certificates/house/authorities.ts';
import { TOKENS } from '../../placeholder-tokens.ts';

/** Requests and who made them; of Secrets and tokens never the content, and nothing of what only reads all day. */
export const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    { level: 'None', nonResourceURLs: ['/healthz*', '/livez*', '/readyz*', '/version', '/openapi/*'] },
    {
      level: 'None',
      users: ['system:kube-scheduler', 'system:kube-controller-manager', 'system:apiserver'],
      verbs: ['get', 'list', 'watch'],
    },
    { level: 'None', userGroups: ['system:nodes'], verbs: ['get', 'list', 'watch'] },
    { level: 'None', resources: [{ group: 'coordination.k8s.io', resources: ['leases'] }] },
    {
      level: 'Metadata',
      resources: [
        { group: '', resources: ['secrets', 'configmaps', 'serviceaccounts/token'] },
        { group: 'authentication.k8s.io', resources: ['tokenreviews'] },
      ],
    },
    { level: 'RequestResponse', verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'] },
    { level: 'Metadata' },
  ],
} as const;

/** Where a namespace says nothing, pods are restricted: a forgotten label opens nothing. */
export const POD_SECURITY = {
  apiVersion: 'pod-security.admission.config.k8s.io/v1',
  kind: 'PodSecurityConfiguration',
  defaults: {
    enforce: 'restricted',
    'enforce-version': 'latest',
    audit: 'restricted',
    'audit-version': 'latest',
    warn: 'restricted',
    'warn-version': 'latest',
  },
  exemptions: { usernames: [], runtimeClasses: [], namespaces: ['kube-system'] },
} as const;

/** The same where a distribution brings a network plugin, whose operator has a namespace before anybody could label it. */
export const ADMISSION_BESIDE_CALICO = {
  apiVersion: 'apiserver.config.k8s.io/v1',
  kind: 'AdmissionConfiguration',
  plugins: [
    {
      name: 'PodSecurity',
      configuration: {
        ...POD_SECURITY,
        exemptions: { ...POD_SECURITY.exemptions, namespaces: ['kube-system', 'tigera-operator'] },
      },
    },
  ],
} as const;

export const ADMISSION = {
  apiVersion: 'apiserver.config.k8s.io/v1',
  kind: 'AdmissionConfiguration',
  plugins: [{ name: 'PodSecurity', configuration: POD_SECURITY }],
} as const;

/** Tokens of the identity provider; names and groups get the prefix, so that none passes for one of Kubernetes itself. */
export function authentication(
  prefix: string,
  anonymousPaths: readonly string[],
  pipelines: readonly object[],
  signedBy: 'public' | 'house',
) {
  return {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AuthenticationConfiguration',
    ...(anonymousPaths.length === 0
      ? {}
      : { anonymous: { enabled: true, conditions: anonymousPaths.map(path => ({ path })) } }),
    jwt: [
      {
        issuer: {
          url: `https://${TOKENS.signInIssuer}.example.com`,
          audiences: [TOKENS.signInClient],
          // In the place of the public ones.
          ...(signedBy === 'house' ? { certificateAuthority: `${AUTHORITIES_MARK}\n` } : {}),
        },
        claimMappings: {
          username: { claim: 'email', prefix },
          groups: { claim: 'groups', prefix },
        },
      },
      ...pipelines,
    ],
  };
}

export const AUDIT_FLAGS = {
  'audit-log-maxage': '30',
  'audit-log-maxbackup': '10',
  'audit-log-maxsize': '200',
} as const;
