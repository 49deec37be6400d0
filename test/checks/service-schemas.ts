/** Narrow schemas of kinds that services of the platform bring and nobody publishes types of. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

const text = { type: 'string', minLength: 1 } as const;
const strings = { type: 'array', items: text, minItems: 1 } as const;
const labels = { type: 'object', additionalProperties: { type: 'string' } } as const;
const closed = (properties: object, required: readonly string[] = Object.keys(properties)) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const metadata = closed({ name: text, namespace: text, labels, annotations: labels }, ['name']);
const object = (apiVersion: string, kind: object, spec: object) =>
  closed({ apiVersion: { const: apiVersion }, kind, metadata, spec });

const CONSTRAINT_TEMPLATE = object(
  'templates.gatekeeper.sh/v1',
  { const: 'ConstraintTemplate' },
  closed({
    crd: closed({
      spec: closed(
        {
          names: closed({ kind: { type: 'string', pattern: '^[A-Z][A-Za-z]+$' } }),
          validation: closed({
            openAPIV3Schema: closed({ type: { const: 'object' }, properties: { type: 'object' } }),
          }),
        },
        ['names'],
      ),
    }),
    targets: {
      type: 'array',
      // In CEL, or in Rego where somebody outside of the cluster is asked.
      items: {
        ...closed(
          {
            target: { const: 'admission.k8s.gatekeeper.sh' },
            rego: { type: 'string', pattern: '^package [a-z]+\\n' },
            code: {
              type: 'array',
              items: closed({
                engine: { const: 'K8sNativeValidation' },
                source: closed(
                  {
                    generateVAP: { type: 'boolean' },
                    failurePolicy: { enum: ['Fail', 'Ignore'] },
                    variables: { type: 'array', items: closed({ name: text, expression: text }) },
                    validations: {
                      type: 'array',
                      minItems: 1,
                      items: closed({ expression: text, message: text }),
                    },
                  },
                  ['validations'],
                ),
              }),
            },
          },
          ['target'],
        ),
        minProperties: 2,
        maxProperties: 2,
      },
    },
  }),
);

/** Of whatever kind its template has made; conformance holds objects against it too. */
export const CONSTRAINT = object(
  'constraints.gatekeeper.sh/v1beta1',
  text,
  closed(
    {
      enforcementAction: { enum: ['deny', 'warn', 'dryrun'] },
      match: closed({
        kinds: {
          type: 'array',
          minItems: 1,
          items: closed({ apiGroups: { type: 'array', items: { type: 'string' } }, kinds: strings }),
        },
        namespaceSelector: closed({
          matchExpressions: {
            type: 'array',
            items: closed({ key: text, operator: { enum: ['In', 'NotIn'] }, values: strings }),
          },
        }),
      }),
      parameters: { type: 'object' },
    },
    ['enforcementAction', 'match'],
  ),
);

const BUNDLE = object(
  'trust.cert-manager.io/v1alpha1',
  { const: 'Bundle' },
  closed({
    sources: {
      type: 'array',
      minItems: 1,
      items: closed(
        {
          useDefaultCAs: { type: 'boolean' },
          configMap: closed({ name: text, key: text }),
          secret: closed({ selector: closed({ matchLabels: labels }), key: text }),
        },
        [],
      ),
    },
    target: closed({
      configMap: closed({ key: text }),
      namespaceSelector: closed({ matchLabels: labels }),
    }),
  }),
);

/** The same that conformance holds it against. */
const OBJECT_STORE: object = JSON.parse(
  readFileSync(
    resolve(import.meta.dirname, '../../conformance/schemas/barmancloud.cnpg.io/objectstore_v1.json'),
    'utf8',
  ),
);

const SNAPSHOT_CLASS = closed({
  apiVersion: { const: 'snapshot.storage.k8s.io/v1' },
  kind: { const: 'VolumeSnapshotClass' },
  metadata,
  driver: text,
  deletionPolicy: { enum: ['Delete', 'Retain'] },
  parameters: labels,
});

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
const SCHEMAS = new Map<string, ValidateFunction>([
  ['templates.gatekeeper.sh/v1 ConstraintTemplate', ajv.compile(CONSTRAINT_TEMPLATE)],
  ['constraints.gatekeeper.sh/v1beta1', ajv.compile(CONSTRAINT)],
  ['snapshot.storage.k8s.io/v1 VolumeSnapshotClass', ajv.compile(SNAPSHOT_CLASS)],
  ['trust.cert-manager.io/v1alpha1 Bundle', ajv.compile(BUNDLE)],
  ['barmancloud.cnpg.io/v1 ObjectStore', ajv.compile(OBJECT_STORE)],
]);

export function serviceSchema(apiVersion: string, kind: string): ValidateFunction | undefined {
  return SCHEMAS.get(`${apiVersion} ${kind}`) ?? SCHEMAS.get(apiVersion);
}
