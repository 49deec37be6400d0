/** Narrow schemas of kinds that have no published type: what starters emit of them, and nothing beyond. */
import { Ajv } from 'ajv';
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
const KUSTOMIZATION = closed(
  {
    apiVersion: { const: 'kustomize.config.k8s.io/v1beta1' },
    kind: { const: 'Kustomization' },
    resources: unique,
    components: unique,
    configMapGenerator: {
      type: 'array',
      items: closed({
        name: text,
        namespace: text,
        files: { ...strings, items: { type: 'string', pattern: '^[^=]+=[^=]+$' } },
        options: closed({ disableNameSuffixHash: { type: 'boolean' }, labels }),
      }),
    },
    patches: {
      type: 'array',
      items: closed({
        target: closed({ group: text, version: text, kind: text, name: text }, ['version', 'kind']),
        patch: text,
      }),
    },
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
    replacements: { type: 'array', items: REPLACEMENT },
  },
  ['apiVersion', 'kind'],
);

const FLUX_INSTANCE = closed({
  apiVersion: { const: 'fluxcd.controlplane.io/v1' },
  kind: { const: 'FluxInstance' },
  metadata,
  spec: closed({
    distribution: closed({
      version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
      registry: text,
      artifact: { type: 'string', pattern: '^oci://.+:v\\d+\\.\\d+\\.\\d+$' },
    }),
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
    sync: closed({
      kind: { const: 'GitRepository' },
      url: { type: 'string', pattern: '^https://' },
      ref: { type: 'string', pattern: '^refs/' },
      path: { type: 'string', pattern: '^clusters/' },
      pullSecret: text,
    }),
    kustomize: closed({
      patches: { type: 'array', items: closed({ target: closed({ kind: text }), patch: text }) },
    }),
  }),
});

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
const kustomization = ajv.compile(KUSTOMIZATION);
const kustomizeComponent = ajv.compile(KUSTOMIZE_COMPONENT);
const OWN = new Map([['fluxcd.controlplane.io/v1 FluxInstance', ajv.compile(FLUX_INSTANCE)]]);

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
