/** A vendor outside the cloud: everything goes there as OpenTelemetry, with a key that comes by the chosen way of secrets. */
import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1';
import type { Id } from '../../content/catalogue.ts';
import type { Contribution } from '../contribution.ts';
import type { ModuleInput } from '../module.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { secretPutThere } from '../secrets/by-hand.ts';
import { secretKey, storeOf } from '../secrets/external-secrets/store.ts';

export const VENDOR_SECRET = 'telemetry-vendor';
export const VENDOR_ENVIRONMENT = {
  VENDOR_URL: `https://${TOKENS.telemetryVendor}.example.com/otlp`,
} as const;

/** Everything that arrives at its input leaves for the vendor. */
export const VENDOR_SINK = `otelcol.processor.batch "store" {
  output {
    metrics = [otelcol.exporter.otlphttp.store.input]
    logs    = [otelcol.exporter.otlphttp.store.input]
    traces  = [otelcol.exporter.otlphttp.store.input]
  }
}

otelcol.exporter.otlphttp "store" {
  client {
    endpoint = sys.env("VENDOR_URL")
    headers  = { "Authorization" = sys.env("VENDOR_AUTHORIZATION") }
  }
}
`;

/** The label by which a namespace may have secrets of the store. */
export function vendorNamespaceLabels(input: ModuleInput): Readonly<Record<string, string>> {
  const store = storeOf(input);
  return store === null ? {} : { [store.label]: store.value };
}

/** The key of the vendor in one namespace, and what to do by hand where no store brings it. */
export function vendorKey(
  input: ModuleInput,
  decision: Id,
  namespace: string,
): Pick<Contribution, 'config' | 'placeholders' | 'firstSteps' | 'nextSteps'> {
  const store = storeOf(input);
  const placeholders = [
    {
      token: TOKENS.telemetryVendor,
      meaning:
        "Host of the vendor's endpoint for OpenTelemetry over HTTP; replace the whole address, without /v1/...",
      example: 'https://otlp.eu.vendor.example/otlp',
    },
  ];
  if (store === null)
    return {
      placeholders,
      nextSteps: [
        `Make the Secret \`${VENDOR_SECRET}\` with the key \`VENDOR_AUTHORIZATION\` in the namespace \`${namespace}\` of each cluster, ${secretPutThere(input)}: the agent does not start without it.`,
      ],
    };
  const keyIn = (cluster: string) => secretKey(input, { cluster, namespace, name: 'telemetry' });
  return {
    placeholders,
    config: [
      {
        id: `vendor-key-${namespace}`,
        decision,
        says: "The vendor's key, copied from the store; rotate it there.",
        objects: { key: [copied(namespace, store.name, keyIn('${CLUSTER_NAME}'))] },
      },
    ],
    firstSteps: [
      `Put the vendor's key into the store as \`${keyIn('CLUSTER_NAME')}\`, property \`authorization\`, with the word that goes before it (\`Bearer ...\`, \`Api-Token ...\`).`,
    ],
  };
}

function copied(namespace: string, store: string, key: string): IExternalSecret {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: VENDOR_SECRET, namespace },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: store },
      target: { name: VENDOR_SECRET },
      data: [
        {
          secretKey: 'VENDOR_AUTHORIZATION',
          remoteRef: { key, property: 'authorization' },
        },
      ],
    },
  };
}
