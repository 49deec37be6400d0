/** What every cluster in Google Cloud gives alike, whoever runs its control plane. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Foundation } from '../../foundation.ts';
import type { GoogleGround } from '../../google/ground.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { bucketName, googleRights } from './rights.ts';
import { clusterTitle } from './title.ts';
import { pubsubQueue } from './work-queue.ts';

type Parts = Pick<Foundation, 'dnsSolver' | 'rights' | 'objectStorage' | 'secretProvider' | 'secretNames'>;

export function googleParts(input: ClusterInput, ground: GoogleGround): Parts {
  return {
    dnsSolver: { cloudDNS: { project: '${PROJECT_ID}', hostedZoneName: '${DNS_ZONE_NAME}' } },
    rights: { ...googleRights(input, ground), workQueue: pubsubQueue(input, ground) },
    objectStorage: {
      bucket: bucketName,
      loki: { type: 'gcs', gcs: {} },
      tempo: id => ({ backend: 'gcs', gcs: { bucket_name: bucketName(id) } }),
      barman: id => ({
        configuration: {
          destinationPath: `gs://${bucketName(id)}/`,
          googleCredentials: { gkeEnvironment: true },
        },
        environment: projectNamed(ground),
      }),
      barmanOf: (cluster, id) => `gs://${clusterTitle(input, cluster)}-${id}-${TOKENS.gcpProjectNumber}/`,
    },
    secretProvider: { gcpsm: { projectID: '${PROJECT_ID}' } },
    secretNames: {
      example: 'CLUSTER_NAME--database',
      refused:
        'the name in the store does not begin with the name of the cluster and two hyphens, so the operator may not read it',
    },
  };
}

/** Programs in Python ask for the project by this name, which the webhook of a stand-in does not set. */
function projectNamed({ standIn }: GoogleGround): Readonly<Record<string, string>> {
  return standIn === undefined ? {} : { GOOGLE_CLOUD_PROJECT: '${PROJECT_ID}' };
}
