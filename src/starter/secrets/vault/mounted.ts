/** Secrets of Vault, mounted into the pods that need them: driver and provider run in the cluster, and read as the pod. */

import { collect } from '../../collect.ts';
import type { Contribution } from '../../contribution.ts';
import { trustsHouse } from '../../dns-and-certificates/house/authorities.ts';
import type { ModuleInput, NotGenerated } from '../../module.ts';
import { toApiServer } from '../../network/common-edges.ts';
import type { PodPeer } from '../../network/edge.ts';
import { butEmptySecrets } from '../../policy-engine/gatekeeper/place.ts';
import { STORE_DRIVER, storeDriver } from '../store-driver.ts';
import { providerLabels } from '../store-provider.ts';
import { mountedPage, ROLE } from './mounted-page.ts';
import { keepsLeases, VAULT_PROVIDER, vaultProvider } from './provider.ts';
import { VAULT_AUDIENCE, VAULT_ENGINE, VAULT_PLACEHOLDER, VAULT_PORT } from './server.ts';
import { trustScript, trustStep } from './trust-script.ts';

const DECISION = 'secrets';
const PODS: PodPeer = { kind: 'pods', namespace: STORE_DRIVER, labels: providerLabels(VAULT_PROVIDER) };
const DAEMON_SET = `platform/${VAULT_PROVIDER}/daemonset.yaml`;

export function mountedFromVault(input: ModuleInput): Contribution | NotGenerated {
  if (input.foundation.hostAccess === 'refused') return { notGenerated: NO_DRIVER };
  const leases = keepsLeases(input);
  return collect([
    storeDriver(input, DECISION, {
      component: vaultProvider(input),
      audiences: [VAULT_AUDIENCE],
      readAgain: '2m',
      daemonSet: VAULT_PROVIDER,
    }),
    {
      files: trustScript(input, {
        name: ROLE,
        ...(leases ? { longest: '24h' } : {}),
        may: [
          { path: `${VAULT_ENGINE}/data/$name/$namespace/$account/*` },
          ...(leases ? [{ path: 'database/creds/$name.$namespace.$account' }] : []),
        ],
      }),
      edges: [
        // The driver beside it has a policy of that name.
        {
          ...toApiServer(VAULT_PROVIDER, PODS),
          name: 'provider-to-api-server',
          because: 'Keeps the key by which it tells changed values from others.',
        },
        {
          name: 'provider-to-vault',
          owner: VAULT_PROVIDER,
          because: 'Reads secrets from Vault, which is outside the cluster.',
          pods: PODS,
          direction: 'egress',
          peers: [{ kind: 'anywhere' }],
          ports: [{ port: VAULT_PORT }],
        },
      ],
      authorities: trustsHouse(input) ? [STORE_DRIVER] : [],
      placeholders: [VAULT_PLACEHOLDER],
      firstSteps: [trustStep(input)],
      runbooks: [mountedPage(input)],
      checks: [
        {
          decision: DECISION,
          says: 'No secret lies in Git, and no mounted one is copied into an object of the cluster.',
          command: `! grep -rlE${butEmptySecrets(input)} '^kind: Secret$|^ +secretObjects:' apps clusters delivery platform platform-config`,
          path: DAEMON_SET,
        },
        {
          decision: DECISION,
          says: 'Vault is shown tokens that are for it alone.',
          command: `kubectl get csidriver secrets-store.csi.k8s.io -o jsonpath='{.spec.tokenRequests[*].audience}' | grep -qx ${VAULT_AUDIENCE}`,
          path: `platform/${STORE_DRIVER}/values.yaml`,
        },
      ],
    },
  ]);
}

const NO_DRIVER =
  'Secrets of Vault are mounted by a driver that reaches files of its node, which this way to run a cluster admits to nobody: nothing brings secrets into the cluster. Standard nodes admit it, and External Secrets copies them where a copy may be.';
