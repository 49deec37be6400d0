/** Narrow schemas of what Ratify is told, and of where Gatekeeper asks it; from the kinds of Ratify 1.4.4 and Gatekeeper 3.23.0. */
const text = { type: 'string', minLength: 1 } as const;
const strings = { type: 'array', items: text, minItems: 1 } as const;
const closed = (properties: object, required: readonly string[] = Object.keys(properties)) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const metadata = closed({ name: text, annotations: { type: 'object', additionalProperties: text } }, [
  'name',
]);
const kind = (apiVersion: string, name: string, spec: object) =>
  [
    `${apiVersion} ${name}`,
    closed({ apiVersion: { const: apiVersion }, kind: { const: name }, metadata, spec }),
  ] as const;

const SETTINGS = 'config.ratify.deislabs.io/v1beta1';
const TRUST_POLICY = closed({
  name: text,
  registryScopes: strings,
  signatureVerification: closed({ level: { enum: ['strict', 'permissive', 'audit'] } }),
  trustStores: { ...strings, items: { type: 'string', pattern: '^(ca|tsa):[a-z-]+$' } },
  trustedIdentities: strings,
});

export const OF_RATIFY: readonly (readonly [string, object])[] = [
  kind(
    SETTINGS,
    'KeyManagementProvider',
    closed({
      type: { const: 'inline' },
      parameters: closed({ contentType: { const: 'certificate' }, value: text }),
    }),
  ),
  kind(
    SETTINGS,
    'Store',
    closed({
      name: { const: 'oras' },
      version: text,
      parameters: closed(
        {
          cacheEnabled: { type: 'boolean' },
          ttl: { type: 'integer', minimum: 1 },
          authProvider: closed({ name: { enum: ['azureWorkloadIdentity', 'awsEcrBasic'] } }),
        },
        ['cacheEnabled', 'ttl'],
      ),
    }),
  ),
  kind(
    SETTINGS,
    'Verifier',
    closed({
      name: { const: 'notation' },
      version: text,
      artifactTypes: { const: 'application/vnd.cncf.notary.signature' },
      parameters: closed({
        verificationCertStores: closed({ ca: { type: 'object', additionalProperties: strings } }),
        trustPolicyDoc: closed({
          version: { const: '1.0' },
          trustPolicies: { type: 'array', minItems: 1, items: TRUST_POLICY },
        }),
      }),
    }),
  ),
  kind(
    SETTINGS,
    'Policy',
    closed({
      type: { const: 'config-policy' },
      parameters: closed({
        artifactVerificationPolicies: { type: 'object', additionalProperties: { enum: ['any', 'all'] } },
      }),
    }),
  ),
  kind(
    'externaldata.gatekeeper.sh/v1beta1',
    'Provider',
    closed({
      url: { type: 'string', pattern: '^https://[a-z-]+\\.[a-z-]+:\\d+/' },
      timeout: { type: 'integer', minimum: 1 },
      // Gatekeeper takes no provider without one.
      caBundle: { type: 'string', pattern: '^LS0tLS1CRUdJTi[A-Za-z0-9+/=]+$' },
    }),
  ),
];
