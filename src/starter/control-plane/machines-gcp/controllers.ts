/** What the two controllers that act for the cluster at Google have in common. */
import type { IConfigMap } from 'kubernetes-models/v1';
import type { StarterInput } from '../../part.ts';
import { gkeChoices } from '../gke/choices.ts';

export const CLOUD_CONFIG = 'cloud-config';
export const CONFIG_FILE = '/etc/cloud/cloud.config';

export const SYSTEM_POOL = {
  nodeSelector: { 'node-pool': 'system' },
  tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' as const }],
};

const OWN = `network-name = "\${CLUSTER_NAME}"
subnetwork-name = "\${CLUSTER_NAME}-nodes"`;
const GIVEN = `network-project-id = "\${NETWORK_PROJECT}"
network-name = "\${NETWORK_NAME}"
subnetwork-name = "\${SUBNETWORK_NAME}"`;

/** `token-url = nil`: credentials come the way that every library of Google looks for them, and not from the machine. */
export function cloudConfig(input: StarterInput, namespace: string): IConfigMap {
  const given = gkeChoices(input).network === 'given';
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: CLOUD_CONFIG, namespace },
    data: {
      'cloud.config': `[global]
token-url = nil
multizone = true
project-id = "\${PROJECT_ID}"
${given ? GIVEN : OWN}
node-tags = "\${CLUSTER_NAME}"
local-zone = "\${FIRST_ZONE}"
zone = "\${FIRST_ZONE}"
`,
    },
  };
}
