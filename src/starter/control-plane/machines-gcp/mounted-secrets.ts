/** Secrets of Google mounted into pods of machines of one's own: driver and provider run in the cluster, and read as the pod. */
import type { Id } from '../../../content/catalogue.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { collect } from '../../collect.ts';
import type { Contribution } from '../../contribution.ts';
import type { GoogleGround } from '../../google/ground.ts';
import { toApiServer } from '../../network/common-edges.ts';
import type { PodPeer } from '../../network/edge.ts';
import { STORE_DRIVER, storeDriver } from '../../secrets/store-driver.ts';
import { secretReaders } from '../gke/mounted-secrets.ts';
import {
  PROVIDER_AUDIENCE,
  SECRET_PROVIDER,
  SECRET_PROVIDER_LABELS,
  secretProvider,
} from './secret-provider.ts';

const PODS: PodPeer = { kind: 'pods', namespace: STORE_DRIVER, labels: SECRET_PROVIDER_LABELS };

/** `ground` names pods as they are: no account stands between them and what they read. */
export function machineMountedSecrets(input: ClusterInput, decision: Id, ground: GoogleGround): Contribution {
  return collect([
    storeDriver(input, decision, {
      component: secretProvider(input),
      audiences: [PROVIDER_AUDIENCE],
      readAgain: null,
      daemonSet: SECRET_PROVIDER,
    }),
    {
      edges: [
        { ...toApiServer(SECRET_PROVIDER, PODS), name: 'provider-to-api-server' },
        {
          name: 'to-google',
          owner: SECRET_PROVIDER,
          because: 'Google exchanges the token of a pod, and has the secret.',
          pods: PODS,
          direction: 'egress',
          peers: [{ kind: 'anywhere' }],
          ports: [{ port: 443 }],
        },
      ],
    },
    secretReaders(input, decision, {
      ground,
      says: 'Who reads which secrets. The driver that mounts them has no rights itself.',
      provider: 'gcp',
      driver: 'secrets-store.csi.k8s.io',
      reads:
        'The provider on the node reads as the pod, by a token that the kubelet makes for it: the pod needs no policy for it, and no label.',
    }),
  ]);
}
