/** Narrow schemas of the kinds of OpenShift: what starters emit of them, and nothing beyond. */

const text = { type: 'string', minLength: 1 } as const;
const strings = { type: 'array', items: text, minItems: 1 } as const;
const labels = { type: 'object', additionalProperties: { type: 'string' } } as const;
const closed = (properties: object, required: readonly string[] = Object.keys(properties)) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
/** There is one of each, which belongs to the whole cluster. */
const only = (name: object) => closed({ name, labels, annotations: labels }, ['name']);
const kind = (group: string, name: string, metadata: object, spec: object, version = 'v1') =>
  [
    `${group}/${version} ${name}`,
    closed({ apiVersion: { const: `${group}/${version}` }, kind: { const: name }, metadata, spec }),
  ] as const;
const CONFIG = 'config.openshift.io';
const CLUSTER = only({ const: 'cluster' });

const MIRRORS = {
  type: 'array',
  minItems: 1,
  items: closed({
    source: text,
    mirrors: { ...strings, uniqueItems: true },
    mirrorSourcePolicy: { enum: ['NeverContactSource', 'AllowContactingSource'] },
  }),
};

export const OF_OPENSHIFT: readonly (readonly [string, object])[] = [
  kind(
    CONFIG,
    'APIServer',
    CLUSTER,
    closed({
      audit: closed({ profile: { enum: ['Default', 'WriteRequestBodies', 'AllRequestBodies'] } }),
      encryption: closed({ type: { enum: ['aescbc', 'aesgcm'] } }),
    }),
  ),
  kind(
    CONFIG,
    'OAuth',
    CLUSTER,
    closed({
      identityProviders: {
        type: 'array',
        minItems: 1,
        items: closed({
          name: { type: 'string', pattern: '^[a-z0-9-]+$' },
          mappingMethod: { enum: ['claim', 'lookup', 'add'] },
          type: { const: 'OpenID' },
          openID: closed({
            issuer: { type: 'string', pattern: '^https://' },
            clientID: text,
            clientSecret: closed({ name: text }),
            extraScopes: strings,
            claims: closed({ preferredUsername: strings, name: strings, email: strings, groups: strings }),
          }),
        }),
      },
      tokenConfig: closed({ accessTokenMaxAgeSeconds: { type: 'integer', minimum: 300 } }),
    }),
  ),
  kind(
    'operator.openshift.io',
    'Network',
    CLUSTER,
    closed({
      defaultNetwork: closed({
        ovnKubernetesConfig: closed({ gatewayConfig: closed({ routingViaHost: { type: 'boolean' } }) }),
      }),
    }),
  ),
  kind(CONFIG, 'ImageTagMirrorSet', only(text), closed({ imageTagMirrors: MIRRORS })),
  kind(CONFIG, 'ImageDigestMirrorSet', only(text), closed({ imageDigestMirrors: MIRRORS })),
  kind(
    'kataconfiguration.openshift.io',
    'KataConfig',
    only(text),
    closed(
      {
        checkNodeEligibility: { type: 'boolean' },
        logLevel: text,
        kataConfigPoolSelector: closed({ matchLabels: labels }),
      },
      ['checkNodeEligibility', 'logLevel'],
    ),
  ),
  kind(
    'metallb.io',
    'MetalLB',
    closed({ name: { const: 'metallb' }, namespace: { const: 'metallb-system' } }),
    closed({ nodeSelector: labels, speakerTolerations: { type: 'array', items: { type: 'object' } } }),
    'v1beta1',
  ),
  kind(CONFIG, 'OperatorHub', CLUSTER, closed({ disableAllDefaultSources: { type: 'boolean' } })),
  kind(
    'operator.openshift.io',
    'IngressController',
    closed({ name: text, namespace: { const: 'openshift-ingress-operator' } }),
    closed(
      {
        replicas: { type: 'integer', minimum: 2 },
        nodePlacement: closed({
          nodeSelector: closed({ matchLabels: labels }),
          tolerations: { type: 'array', items: { type: 'object' } },
        }),
        defaultCertificate: closed({ name: text }),
        domain: text,
        endpointPublishingStrategy: closed({ type: { enum: ['LoadBalancerService', 'Private'] } }),
        namespaceSelector: closed(
          { matchLabels: labels, matchExpressions: { type: 'array', minItems: 1 } },
          [],
        ),
      },
      ['replicas', 'nodePlacement'],
    ),
  ),
  kind(
    'operator.openshift.io',
    'ClusterCSIDriver',
    only({ type: 'string', pattern: '^[a-z.]+$' }),
    closed({
      managementState: { const: 'Managed' },
      storageClassState: { enum: ['Managed', 'Unmanaged', 'Removed'] },
    }),
  ),
  kind(
    'autoscaling.openshift.io',
    'ClusterAutoscaler',
    only({ const: 'default' }),
    closed({
      balanceSimilarNodeGroups: { type: 'boolean' },
      resourceLimits: closed({ maxNodesTotal: { type: 'integer', minimum: 1 } }),
      scaleDown: closed({ enabled: { type: 'boolean' }, delayAfterAdd: text, unneededTime: text }),
    }),
  ),
  [
    'autoscaling.openshift.io/v1beta1 MachineAutoscaler',
    closed({
      apiVersion: { const: 'autoscaling.openshift.io/v1beta1' },
      kind: { const: 'MachineAutoscaler' },
      metadata: closed({ name: text, namespace: { const: 'openshift-machine-api' } }),
      spec: closed({
        minReplicas: { type: 'integer', minimum: 0 },
        maxReplicas: { type: 'integer', minimum: 1 },
        scaleTargetRef: closed({
          apiVersion: { const: 'machine.openshift.io/v1beta1' },
          kind: { const: 'MachineSet' },
          name: text,
        }),
      }),
    }),
  ],
];
