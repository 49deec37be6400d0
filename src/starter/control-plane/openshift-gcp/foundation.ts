/** What OpenShift on Google Cloud gives to all that runs in it: services of Google reached by tokens of its own issuer, and what its operators bring. */
import type { Id } from '../../../content/catalogue.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { type Cni, namespacesWith } from '../../cni/cni.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { Foundation } from '../../foundation.ts';
import { FROM_ANY_REGION, WITHIN_REGION } from '../../google/balancers.ts';
import { RESTRICTED_RANGE } from '../../google/way-within.ts';
import { googleSharedNames } from '../../recovery/shared-names/google.ts';
import { SIGN_IN_PLACEHOLDERS } from '../eks/people.ts';
import { googleDatabase } from '../gke/database.ts';
import { copyTakesOver } from '../gke/database-copy.ts';
import { STORAGE_CLASS_NAME } from '../gke/foundation.ts';
import { googleParts } from '../gke/google-parts.ts';
import { artifactRegistry } from '../gke/registry.ts';
import { shownByNetwork } from '../gke/shown.ts';
import { cloudTrace } from '../gke/traces.ts';
import { googleNames, IDENTITY, METADATA, pools, veleroBackup } from '../machines-gcp/foundation.ts';
import { machineLogs } from '../machines-gcp/logs.ts';
import { machineMountedSecrets } from '../machines-gcp/mounted-secrets.ts';
import { FOLDER } from '../machines-gcp/settings.ts';
import { cloudFoundation } from '../openshift-cloud/foundation.ts';
import { RELEASE_SHOWN } from '../openshift-cloud/shown.ts';
import { SELF_MANAGED_FOUNDATION } from '../self-managed/foundation.ts';
import { tunnelToApi } from './api-tunnel.ts';
import { readByOpenshift } from './closed.ts';
import { readable } from './credentials.ts';
import { OPENSHIFT_DATABASE } from './database.ts';
import { OPENSHIFT_GROUND, subject } from './ground.ts';

export function openshiftGcpFoundation(input: ClusterInput, cni: Cni): Foundation {
  // Answers of a public one would leave by the firewall of the house, which has not seen the question.
  const closed = wayOut(input) === 'none';
  const balancer = wayOut(input) === 'nat' ? {} : WITHIN_REGION;
  const foundation = cloudFoundation({
    systemPool: SELF_MANAGED_FOUNDATION.systemPool,
    nodePools: pools(input),
    startupTaints: [],
    carriesOut: { network: ['existing-network'], egress: ['central-firewall', 'proxy'] },
    storageClass: STORAGE_CLASS_NAME,
    loadBalancer: {
      class: null,
      annotations: balancer,
      annotationsToNodes: balancer,
      annotationsWithin: FROM_ANY_REGION,
    },
    addresses: {
      ...SELF_MANAGED_FOUNDATION.addresses,
      notAnywhere: [METADATA],
      ...(closed ? { servicesWithin: [RESTRICTED_RANGE] } : {}),
    },
    api: tunnelToApi(input),
    shown: [...shownByNetwork(input, FOLDER), RELEASE_SHOWN, IDENTITY],
    ...googleParts(input, OPENSHIFT_GROUND),
    services: {
      registry: artifactRegistry(input, OPENSHIFT_GROUND, readByOpenshift(input)),
      logs: machineLogs(input, OPENSHIFT_GROUND),
      mountedSecrets: decision =>
        machineMountedSecrets(input, decision, { ...OPENSHIFT_GROUND, memberOf: subject }),
      traces: cloudTrace(input, OPENSHIFT_GROUND),
      database: decision => googleDatabase(input, decision, OPENSHIFT_DATABASE),
      databaseReplica: { takesOver: second => copyTakesOver(input, second, FOLDER) },
      // Names of a private zone are asked about by nobody outside.
      ...(closed ? {} : { sharedNames: (decision: Id) => googleSharedNames(input, decision) }),
    },
    backup: veleroBackup(input, OPENSHIFT_GROUND),
    signInPlaceholders: SIGN_IN_PLACEHOLDERS,
    dnsProvider: googleNames(input),
    identityAgentPort: null,
    givenNamespaces: namespacesWith([], cni),
  });
  return foundation.fit === undefined ? foundation : { ...foundation, fit: readable(foundation.fit) };
}
