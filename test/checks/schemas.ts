/** Narrow schemas of kinds that have no published type: what starters emit of them, and nothing beyond. */
import { Ajv } from 'ajv';
import { OF_OPENSHIFT } from './openshift-schemas.ts';
import { OF_RATIFY } from './ratify-schemas.ts';
import { serviceSchema } from './service-schemas.ts';

const text = { type: 'string', minLength: 1 } as const;
const strings = { type: 'array', items: text, minItems: 1 } as const;
const labels = { type: 'object', additionalProperties: { type: 'string' } } as const;
const closed = (properties: object, required: readonly string[] = Object.keys(properties)) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const metadata = closed({ name: text, namespace: text, labels, annotations: labels }, ['name', 'namespace']);

const unique = { ...strings, uniqueItems: true } as const;
const REPLACEMENT = closed({
  source: closed({ group: text, version: text, kind: text, name: text, fieldPath: text }, [
    'version',
    'kind',
    'name',
    'fieldPath',
  ]),
  targets: {
    type: 'array',
    minItems: 1,
    items: closed(
      {
        select: closed(
          { group: text, version: text, kind: text, name: text, namespace: text, labelSelector: text },
          ['version', 'kind'],
        ),
        fieldPaths: unique,
        options: closed({ delimiter: text, index: { type: 'integer', minimum: 0 } }),
      },
      ['select', 'fieldPaths'],
    ),
  },
});
const PATCHES = {
  type: 'array',
  items: closed({
    target: closed({ group: text, version: text, kind: text, name: text }, ['version', 'kind']),
    patch: text,
  }),
} as const;
const GENERATED = {
  type: 'array',
  items: closed({
    name: text,
    namespace: text,
    files: { ...strings, items: { type: 'string', pattern: '^[^=]+=[^=]+$' } },
    options: closed({ disableNameSuffixHash: { type: 'boolean' }, labels }, ['disableNameSuffixHash']),
  }),
} as const;
const KUSTOMIZATION = closed(
  {
    apiVersion: { const: 'kustomize.config.k8s.io/v1beta1' },
    kind: { const: 'Kustomization' },
    // Empty where a folder waits for its first service: kustomize makes nothing of it.
    resources: { ...unique, minItems: 0 },
    components: unique,
    configMapGenerator: GENERATED,
    patches: PATCHES,
    replacements: { type: 'array', items: REPLACEMENT },
  },
  ['apiVersion', 'kind', 'resources'],
);

const KUSTOMIZE_COMPONENT = closed(
  {
    apiVersion: { const: 'kustomize.config.k8s.io/v1alpha1' },
    kind: { const: 'Component' },
    resources: unique,
    components: unique,
    patches: PATCHES,
    replacements: { type: 'array', items: REPLACEMENT },
  },
  ['apiVersion', 'kind'],
);

const FLUX_INSTANCE = closed({
  apiVersion: { const: 'fluxcd.controlplane.io/v1' },
  kind: { const: 'FluxInstance' },
  metadata,
  spec: closed({
    distribution: closed(
      {
        version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
        registry: text,
        artifact: { type: 'string', pattern: '^oci://.+:v\\d+\\.\\d+\\.\\d+$' },
      },
      ['version', 'registry'],
    ),
    components: {
      ...strings,
      items: {
        enum: ['source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller'],
      },
    },
    cluster: closed({
      type: { enum: ['kubernetes', 'openshift', 'aws', 'azure', 'gcp'] },
      size: { enum: ['small', 'medium', 'large'] },
      multitenant: { type: 'boolean' },
      tenantDefaultServiceAccount: text,
      networkPolicy: { type: 'boolean' },
      domain: text,
    }),
    sync: {
      oneOf: [
        closed({
          kind: { const: 'GitRepository' },
          url: { type: 'string', pattern: '^https://' },
          ref: { type: 'string', pattern: '^refs/' },
          path: { type: 'string', pattern: '^clusters/' },
          pullSecret: text,
        }),
        closed(
          {
            kind: { const: 'OCIRepository' },
            url: { type: 'string', pattern: '^oci://[a-z0-9./-]+$' },
            ref: text,
            path: { type: 'string', pattern: '^clusters/' },
            pullSecret: text,
          },
          ['kind', 'url', 'ref', 'path'],
        ),
        // The registry of a cloud, whose name may hold the token of an account.
        closed({
          kind: { const: 'OCIRepository' },
          url: { type: 'string', pattern: '^oci://[A-Za-z0-9._/-]+$' },
          ref: text,
          path: { type: 'string', pattern: '^clusters/' },
          provider: { enum: ['aws', 'azure', 'gcp'] },
        }),
      ],
    },
    kustomize: closed({
      patches: {
        type: 'array',
        items: closed({ target: closed({ kind: text, name: text }, ['kind']), patch: text }),
      },
    }),
  }),
});

/** Ours, read by scripts/deliver.sh. */
const installed = closed({ name: text, labels });
const PUSHED = [
  [
    'Chart',
    closed(
      {
        chart: text,
        repository: { type: 'string', pattern: '^(?:oci|https)://[^/]' },
        version: { type: 'string', pattern: '^v?\\d+\\.\\d+\\.\\d+' },
        namespace: text,
        crds: { enum: ['create-replace', 'skip'] },
        valuesFile: { type: 'string', pattern: '^platform/[^/]+/values\\.yaml$' },
        values: { type: 'object', minProperties: 1 },
      },
      ['chart', 'repository', 'version', 'namespace', 'crds'],
    ),
  ],
  [
    'Manifests',
    closed({
      repository: { type: 'string', pattern: '^https://' },
      tag: { type: 'string', pattern: '^v?\\d+\\.\\d+\\.\\d+$' },
      path: text,
    }),
  ],
] as const;

const namedIn = closed({ name: text, namespace: text, labels }, ['name', 'namespace']);
const targetRef = closed({ group: { type: 'string' }, kind: text, name: text });
const seconds = { type: 'integer', minimum: 1, maximum: 300 } as const;

const HEALTH_CHECK_POLICY = closed({
  apiVersion: { const: 'networking.gke.io/v1' },
  kind: { const: 'HealthCheckPolicy' },
  metadata: namedIn,
  spec: closed({
    default: closed({
      checkIntervalSec: seconds,
      timeoutSec: seconds,
      healthyThreshold: { type: 'integer', minimum: 1, maximum: 10 },
      unhealthyThreshold: { type: 'integer', minimum: 1, maximum: 10 },
      logConfig: closed({ enabled: { type: 'boolean' } }),
      config: closed({
        type: { const: 'HTTP' },
        httpHealthCheck: closed({
          portSpecification: { enum: ['USE_FIXED_PORT', 'USE_NAMED_PORT', 'USE_SERVING_PORT'] },
          requestPath: { type: 'string', pattern: '^/' },
        }),
      }),
    }),
    targetRef,
  }),
});
const GCP_BACKEND_POLICY = closed({
  apiVersion: { const: 'networking.gke.io/v1' },
  kind: { const: 'GCPBackendPolicy' },
  metadata: namedIn,
  spec: closed({
    default: closed(
      {
        timeoutSec: { type: 'integer', minimum: 1, maximum: 2147483647 },
        connectionDraining: closed({ drainingTimeoutSec: { type: 'integer', minimum: 0, maximum: 3600 } }),
        logging: closed({
          enabled: { type: 'boolean' },
          sampleRate: { type: 'integer', minimum: 0, maximum: 1000000 },
        }),
        securityPolicy: text,
      },
      ['timeoutSec', 'connectionDraining', 'logging'],
    ),
    targetRef,
  }),
});
const GCP_GATEWAY_POLICY = closed({
  apiVersion: { const: 'networking.gke.io/v1' },
  kind: { const: 'GCPGatewayPolicy' },
  metadata: namedIn,
  spec: closed({ default: closed({ sslPolicy: text }), targetRef }),
});
const attributes = { type: 'array', minItems: 1, items: closed({ key: text, value: text }) } as const;
const LOAD_BALANCER_CONFIGURATION = closed({
  apiVersion: { const: 'gateway.k8s.aws/v1' },
  kind: { const: 'LoadBalancerConfiguration' },
  metadata: namedIn,
  spec: closed(
    {
      scheme: { enum: ['internal', 'internet-facing'] },
      listenerConfigurations: {
        type: 'array',
        minItems: 1,
        items: closed({
          protocolPort: { type: 'string', pattern: '^(?:HTTP|HTTPS|TLS|TCP|UDP|TCP_UDP):\\d+$' },
          sslPolicy: { type: 'string', pattern: '^ELBSecurityPolicy-TLS13-' },
        }),
      },
      loadBalancerAttributes: attributes,
      defaultTargetGroupConfiguration: closed({ name: text }),
      tags: labels,
      wafV2: closed({ webACL: text }),
    },
    ['scheme', 'listenerConfigurations', 'loadBalancerAttributes', 'defaultTargetGroupConfiguration', 'tags'],
  ),
});
const TARGET_GROUP_CONFIGURATION = closed({
  apiVersion: { const: 'gateway.k8s.aws/v1' },
  kind: { const: 'TargetGroupConfiguration' },
  metadata: namedIn,
  spec: closed(
    {
      targetReference: closed({ group: { const: '' }, kind: { const: 'Service' }, name: text }),
      defaultConfiguration: closed(
        {
          targetType: { const: 'ip' },
          healthCheckConfig: closed({
            healthCheckProtocol: { enum: ['HTTP', 'HTTPS', 'TCP'] },
            healthCheckPath: { type: 'string', pattern: '^/' },
            healthCheckInterval: { type: 'integer', minimum: 5, maximum: 300 },
            healthCheckTimeout: { type: 'integer', minimum: 2, maximum: 120 },
            healthyThresholdCount: { type: 'integer', minimum: 2, maximum: 10 },
            unhealthyThresholdCount: { type: 'integer', minimum: 2, maximum: 10 },
            matcher: closed({ httpCode: text }),
          }),
          targetGroupAttributes: attributes,
        },
        [],
      ),
    },
    ['defaultConfiguration'],
  ),
});
const portsByName = {
  type: 'array',
  minItems: 1,
  items: closed({ protocol: { enum: ['TCP', 'UDP'] }, port: { type: 'integer' } }),
} as const;
const podSelector = closed({ matchLabels: labels }, []);
const noted = closed({ name: text, namespace: text, annotations: labels }, ['name', 'namespace']);
const FQDN_NETWORK_POLICY = closed({
  apiVersion: { const: 'networking.gke.io/v1alpha1' },
  kind: { const: 'FQDNNetworkPolicy' },
  metadata: noted,
  spec: closed({
    podSelector,
    egress: {
      type: 'array',
      minItems: 1,
      items: closed({
        matches: {
          type: 'array',
          minItems: 1,
          items: { anyOf: [closed({ name: text }), closed({ pattern: text })] },
        },
        ports: portsByName,
      }),
    },
  }),
});
const APPLICATION_NETWORK_POLICY = closed({
  apiVersion: { const: 'networking.k8s.aws/v1alpha1' },
  kind: { const: 'ApplicationNetworkPolicy' },
  metadata: noted,
  spec: closed({
    podSelector,
    policyTypes: { const: ['Egress'] },
    egress: {
      type: 'array',
      minItems: 1,
      items: closed({
        to: { type: 'array', minItems: 1, items: closed({ domainNames: strings }) },
        ports: portsByName,
      }),
    },
  }),
});
const CLUSTER_SPIFFE_ID = closed({
  apiVersion: { const: 'spire.spiffe.io/v1alpha1' },
  kind: { const: 'ClusterSPIFFEID' },
  metadata: closed({ name: text }),
  spec: closed({
    className: text,
    spiffeIDTemplate: { type: 'string', pattern: '^spiffe://\\{\\{ \\.TrustDomain \\}\\}/' },
    podSelector: closed({}, []),
    namespaceSelector: closed({
      matchExpressions: {
        type: 'array',
        minItems: 1,
        items: closed({ key: text, operator: { enum: ['In', 'NotIn'] }, values: strings }),
      },
    }),
  }),
});
const ofBalancers = closed({ name: text, namespace: { const: 'metallb-system' } });
const IP_ADDRESS_POOL = closed({
  apiVersion: { const: 'metallb.io/v1beta1' },
  kind: { const: 'IPAddressPool' },
  metadata: ofBalancers,
  spec: closed({
    addresses: { ...strings, items: { type: 'string', pattern: '^[\\d./]+$|^\\$\\{[A-Z_]+\\}$' } },
  }),
});
const L2_ADVERTISEMENT = closed({
  apiVersion: { const: 'metallb.io/v1beta1' },
  kind: { const: 'L2Advertisement' },
  metadata: ofBalancers,
  spec: closed({ ipAddressPools: strings }),
});
const logged = closed({ log: { type: 'boolean' }, delegate: { type: 'boolean' } });
const NETWORK_LOGGING = closed({
  apiVersion: { const: 'networking.gke.io/v1alpha1' },
  kind: { const: 'NetworkLogging' },
  metadata: closed({ name: { const: 'default' } }),
  spec: closed({ cluster: closed({ allow: logged, deny: logged }) }),
});

const reference = (kinds: readonly string[]) =>
  closed({ group: { const: 'policy.linkerd.io' }, kind: { enum: kinds }, name: text });
const linkerd = (version: string, kind: string, spec: object) =>
  [
    `policy.linkerd.io/${version} ${kind}`,
    closed({
      apiVersion: { const: `policy.linkerd.io/${version}` },
      kind: { const: kind },
      metadata,
      spec,
    }),
  ] as const;

const LINKERD = [
  linkerd(
    'v1beta3',
    'Server',
    closed({
      podSelector: closed({ matchLabels: labels }, []),
      port: { type: 'integer', minimum: 1, maximum: 65535 },
      proxyProtocol: { enum: ['unknown', 'HTTP/1', 'HTTP/2', 'gRPC', 'opaque', 'TLS'] },
    }),
  ),
  linkerd(
    'v1alpha1',
    'AuthorizationPolicy',
    closed({
      targetRef: reference(['Server']),
      requiredAuthenticationRefs: {
        type: 'array',
        items: reference(['MeshTLSAuthentication', 'NetworkAuthentication']),
        minItems: 1,
      },
    }),
  ),
  linkerd(
    'v1alpha1',
    'MeshTLSAuthentication',
    closed({
      identityRefs: {
        type: 'array',
        items: closed({ kind: { const: 'Namespace' }, name: text }),
        minItems: 1,
      },
    }),
  ),
  linkerd(
    'v1alpha1',
    'NetworkAuthentication',
    closed({ networks: { type: 'array', items: closed({ cidr: text }), minItems: 1 } }),
  ),
];

const MONITORING_API = 'monitoring.googleapis.com/v1';
const clusterWide = closed({ name: text });
const duration = { type: 'string', pattern: '^[0-9]+(?:ms|s|m|h)$' } as const;
const selector = {
  type: 'object',
  additionalProperties: false,
  properties: {
    matchLabels: labels,
    matchExpressions: {
      type: 'array',
      items: closed(
        { key: text, operator: { enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'] }, values: strings },
        ['key', 'operator'],
      ),
    },
  },
} as const;
const relabeling = {
  type: 'array',
  items: closed({ sourceLabels: strings, regex: text, action: { enum: ['keep', 'drop'] } }),
} as const;
const endpoints = (more: object, required: readonly string[]) => ({
  type: 'array',
  minItems: 1,
  items: closed(
    { path: { type: 'string', pattern: '^/' }, interval: duration, metricRelabeling: relabeling, ...more },
    ['interval', ...required],
  ),
});
const podEndpoints = endpoints({ port: { anyOf: [text, { type: 'integer', minimum: 1, maximum: 65535 }] } }, [
  'port',
]);
const ruleGroups = {
  type: 'array',
  minItems: 1,
  items: closed({
    name: text,
    interval: duration,
    rules: {
      type: 'array',
      minItems: 1,
      items: {
        oneOf: [
          closed({ record: text, expr: text, labels }, ['record', 'expr']),
          closed({ alert: text, expr: text, for: duration, labels, annotations: labels }, [
            'alert',
            'expr',
            'labels',
            'annotations',
          ]),
        ],
      },
    },
  }),
} as const;
const collected = (kind: string, own: object, spec: object) =>
  [
    `${MONITORING_API} ${kind}`,
    closed({ apiVersion: { const: MONITORING_API }, kind: { const: kind }, metadata: own, spec }),
  ] as const;
/** Google's collection of metrics in the cluster, as GoogleCloudPlatform/prometheus-engine has its kinds. */
const COLLECTED = [
  collected(
    'PodMonitoring',
    closed({ name: text, namespace: text }),
    closed({ selector, endpoints: podEndpoints }),
  ),
  collected(
    'ClusterPodMonitoring',
    clusterWide,
    closed(
      {
        selector,
        endpoints: podEndpoints,
        targetLabels: closed({
          metadata: {
            type: 'array',
            items: {
              enum: [
                'container',
                'namespace',
                'node',
                'pod',
                'top_level_controller_name',
                'top_level_controller_type',
              ],
            },
          },
        }),
      },
      ['selector', 'endpoints'],
    ),
  ),
  collected(
    'ClusterNodeMonitoring',
    clusterWide,
    closed({ endpoints: endpoints({ scheme: { enum: ['http', 'https'] } }, ['path']) }),
  ),
  collected('ClusterRules', clusterWide, closed({ groups: ruleGroups })),
];

const BETA = { const: 'admissionregistration.k8s.io/v1beta1' } as const;
const named = closed({ name: text });
const expressions = {
  type: 'array',
  items: closed({ name: text, expression: text }),
} as const;
/** The same as in v1, which has a published type. */
const MUTATING_POLICY = closed({
  apiVersion: BETA,
  kind: { const: 'MutatingAdmissionPolicy' },
  metadata: named,
  spec: closed({
    failurePolicy: { enum: ['Fail', 'Ignore'] },
    reinvocationPolicy: { enum: ['Never', 'IfNeeded'] },
    matchConstraints: closed({
      matchPolicy: { enum: ['Equivalent', 'Exact'] },
      namespaceSelector: closed({}),
      objectSelector: closed({ matchLabels: labels }),
      resourceRules: {
        type: 'array',
        items: closed({
          apiGroups: { type: 'array' },
          apiVersions: strings,
          operations: strings,
          resources: strings,
        }),
      },
    }),
    matchConditions: expressions,
    variables: expressions,
    mutations: {
      type: 'array',
      items: {
        oneOf: [
          closed({ patchType: { const: 'JSONPatch' }, jsonPatch: closed({ expression: text }) }),
          closed({
            patchType: { const: 'ApplyConfiguration' },
            applyConfiguration: closed({ expression: text }),
          }),
        ],
      },
    },
  }),
});
const MUTATING_POLICY_BINDING = closed({
  apiVersion: BETA,
  kind: { const: 'MutatingAdmissionPolicyBinding' },
  metadata: named,
  spec: closed({ policyName: text }),
});

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
const kustomization = ajv.compile(KUSTOMIZATION);
const kustomizeComponent = ajv.compile(KUSTOMIZE_COMPONENT);
/** Of kinds whose types nobody publishes, by apiVersion and kind; conformance holds objects against them too. */
export const OWN_SCHEMAS: ReadonlyMap<string, object> = new Map<string, object>([
  ['fluxcd.controlplane.io/v1 FluxInstance', FLUX_INSTANCE],
  ['gateway.k8s.aws/v1 LoadBalancerConfiguration', LOAD_BALANCER_CONFIGURATION],
  ['gateway.k8s.aws/v1 TargetGroupConfiguration', TARGET_GROUP_CONFIGURATION],
  ['metallb.io/v1beta1 IPAddressPool', IP_ADDRESS_POOL],
  ['metallb.io/v1beta1 L2Advertisement', L2_ADVERTISEMENT],
  ['networking.gke.io/v1 GCPBackendPolicy', GCP_BACKEND_POLICY],
  ['networking.gke.io/v1 GCPGatewayPolicy', GCP_GATEWAY_POLICY],
  ['networking.gke.io/v1 HealthCheckPolicy', HEALTH_CHECK_POLICY],
  ['networking.gke.io/v1alpha1 FQDNNetworkPolicy', FQDN_NETWORK_POLICY],
  ['networking.gke.io/v1alpha1 NetworkLogging', NETWORK_LOGGING],
  ['spire.spiffe.io/v1alpha1 ClusterSPIFFEID', CLUSTER_SPIFFE_ID],
  ['networking.k8s.aws/v1alpha1 ApplicationNetworkPolicy', APPLICATION_NETWORK_POLICY],
  ['admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicy', MUTATING_POLICY],
  ['admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicyBinding', MUTATING_POLICY_BINDING],
  ...PUSHED.map(
    ([kind, spec]) =>
      [
        `delivery.platform/v1 ${kind}`,
        closed({
          apiVersion: { const: 'delivery.platform/v1' },
          kind: { const: kind },
          metadata: installed,
          spec,
        }),
      ] as const,
  ),
  ...COLLECTED,
  ...OF_OPENSHIFT,
  ...OF_RATIFY,
  ...LINKERD,
]);
const OWN = new Map([...OWN_SCHEMAS].map(([kind, schema]) => [kind, ajv.compile(schema)] as const));

export function kustomizationProblem(value: unknown): string | null {
  return kustomization(value) ? null : ajv.errorsText(kustomization.errors);
}
export function kustomizeComponentProblem(value: unknown): string | null {
  return kustomizeComponent(value) ? null : ajv.errorsText(kustomizeComponent.errors);
}

/** `undefined` where there is no schema for this kind; null where the object is as it should be. */
export function ownSchemaProblem(object: { apiVersion: string; kind: string }): string | null | undefined {
  const validate =
    OWN.get(`${object.apiVersion} ${object.kind}`) ?? serviceSchema(object.apiVersion, object.kind);
  if (validate === undefined) return undefined;
  return validate(object) ? null : ajv.errorsText(validate.errors);
}
