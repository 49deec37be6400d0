/** The External Secrets Operator, whatever store it reads. */

import type { IClusterSecretStore } from '@kubernetes-models/external-secrets/external-secrets.io/v1';
import type { Contribution } from '../../contribution.ts';
import type { Grant } from '../../foundation.ts';
import type { ModuleInput } from '../../module.ts';
import { credentials, scraped, toApiServer, webhook } from '../../network/common-edges.ts';
import type { PodPeer, Port } from '../../network/edge.ts';
import { platformNamespace } from '../../network/namespace.ts';
import { butEmptySecrets } from '../../policy-engine/gatekeeper/place.ts';

export const NAME = 'external-secrets';
export const DECISION = 'secrets';
const EVERY_POD: PodPeer = { kind: 'pods', namespace: NAME };
const pods = (name: string): PodPeer => ({ ...EVERY_POD, labels: { 'app.kubernetes.io/name': name } });
const OPERATOR = pods(NAME);

interface Source {
  readonly store: IClusterSecretStore;
  readonly says: { readonly component: string; readonly store: string; readonly reach: string };
  readonly ports: readonly Port[];
  /** Rights in the cloud; null where the store asks for no identity of the cloud. */
  readonly grant: Grant | null;
}

export function secretsOperator(input: ModuleInput, source: Source): Contribution {
  const { foundation } = input;
  const { store, says, ports, grant } = source;
  const file = store.metadata?.name ?? '';
  return {
    ...(grant === null ? {} : { files: grant.files }),
    namespaces: [platformNamespace(NAME, DECISION)],
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-core',
        says: says.component,
        chart: { release: NAME, namespace: NAME, crds: 'skip', values: values(foundation, grant) },
      },
    ],
    config: [{ id: 'secret-stores', decision: DECISION, says: says.store, objects: { [file]: [store] } }],
    edges: [
      toApiServer(NAME, EVERY_POD),
      webhook(NAME, pods(`${NAME}-webhook`), 10250),
      scraped(NAME, OPERATOR, 8080),
      {
        name: 'to-secret-store',
        owner: NAME,
        because: says.reach,
        pods: OPERATOR,
        direction: 'egress',
        peers: [{ kind: 'anywhere' }],
        ports,
      },
      ...(grant === null ? [] : credentials(NAME, OPERATOR, foundation.identityAgentPort)),
    ],
    checks: [
      {
        decision: DECISION,
        says: 'The store answers, and every copy is up to date.',
        command: 'kubectl wait --for=condition=Ready clustersecretstores --all --timeout=5m',
        path: `platform-config/base/secret-stores/${file}.yaml`,
      },
      {
        decision: DECISION,
        says: 'No secret lies in Git.',
        command: `! grep -rlE${butEmptySecrets(input)} '^kind: Secret$' apps clusters delivery platform platform-config`,
        path: `platform-config/base/secret-stores/${file}.yaml`,
      },
    ],
  };
}

function values({ systemPool }: ModuleInput['foundation'], grant: Grant | null) {
  const pool = { ...systemPool, priorityClassName: 'platform-critical' };
  const disruption = { podDisruptionBudget: { enabled: true, minAvailable: 1 } };
  const size = { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } };
  return {
    installCRDs: true,
    replicaCount: 2,
    leaderElect: true,
    serviceAccount: { name: NAME, annotations: grant?.annotations ?? {} },
    podLabels: grant?.podLabels ?? {},
    // Nothing is written back, and one team's secret never becomes another's through a cluster-wide copy.
    processPushSecret: false,
    processClusterPushSecret: false,
    processClusterExternalSecret: false,
    ...pool,
    ...disruption,
    resources: size,
    serviceMonitor: { enabled: true },
    webhook: { replicaCount: 2, ...pool, ...disruption, resources: size },
    certController: { ...pool, resources: size },
  };
}
