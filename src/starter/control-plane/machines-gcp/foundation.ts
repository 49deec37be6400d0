/** What a cluster on machines of Google Cloud gives to all that runs in it. */
import type { Id } from '../../../content/catalogue.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Cni } from '../../cni/cni.ts';
import { namespacesWith } from '../../cni/cni.ts';
import { type Way, wayOut } from '../../egress/way-out/way.ts';
import type { BackupStorage, Foundation } from '../../foundation.ts';
import { FROM_ANY_REGION, WITHIN_REGION } from '../../google/balancers.ts';
import type { GoogleGround } from '../../google/ground.ts';
import { RESTRICTED_RANGE } from '../../google/way-within.ts';
import { googleSharedNames } from '../../recovery/shared-names/google.ts';
import type { CloudServices } from '../../services.ts';
import { lineOf, type Shown } from '../../shown.ts';
import { SIGN_IN_PLACEHOLDERS } from '../eks/people.ts';
import { googleDatabase } from '../gke/database.ts';
import { copyTakesOver } from '../gke/database-copy.ts';
import { STORAGE_CLASS_NAME } from '../gke/foundation.ts';
import { googleParts } from '../gke/google-parts.ts';
import { storeResources } from '../gke/object-store.ts';
import { artifactRegistry } from '../gke/registry.ts';
import { bucketName, granted, snapshotRights } from '../gke/rights.ts';
import { shownByNetwork } from '../gke/shown.ts';
import { clusterTitle } from '../gke/title.ts';
import { cloudTrace } from '../gke/traces.ts';
import { machineOf } from '../gke/variables.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { sandboxOf } from '../self-managed/host-sandbox.ts';
import { hostSignIn } from '../self-managed/hosts.ts';
import { platformOn, systemAddresses } from '../self-managed/inventory.ts';
import { hostsPipelineAccess } from '../self-managed/pipeline-access.ts';
import { noRegistryOnTalos } from '../self-managed/registry-sign-in.ts';
import { PLANNED_MINORS } from '../self-managed/shown.ts';
import { windowsOfHosts } from '../self-managed/windows/hosts.ts';
import { CLOSED_API, readByMachines } from './closed-network.ts';
import { SYSTEM_POOL } from './controllers.ts';
import { MACHINE_DATABASE } from './database.ts';
import { MACHINE_GROUND } from './ground.ts';
import { machineLogs } from './logs.ts';
import { machineMetrics } from './metrics.ts';
import { machineMountedSecrets } from './mounted-secrets.ts';
import { googlePlace } from './place.ts';
import { FOLDER } from './settings.ts';

/** Says who a machine is and hands out what its account may: no pod has to do with it. */
export const METADATA = '169.254.169.254/32';

export const IDENTITY: Shown = {
  decision: 'workload-identity',
  option: 'cloud-native',
  says: 'Google believes tokens of the service accounts of this cluster, and no key of an account is handed out.',
  ...lineOf(FOLDER, '^resource "google_iam_workload_identity_pool" "cluster"'),
};

/** What lets packets of a balancer in is a program of Google in the images of others. */
const PRIVATE_API =
  'The API on machines of Talos has a private address alone: they have no program that takes packets for the address of a public balancer. Administrators get to it by the proxy of Google (docs/runbooks/bootstrap.md), and networks by a connection to this one.';

const BEHIND_A_FIREWALL =
  'The API has a private address alone where what leaves passes the firewall of the house: answers to a caller outside would go there, and it has not seen the question. Administrators get to it by the proxy of Google (docs/runbooks/bootstrap.md), and networks by a connection to this one.';

const BEHIND_A_PROXY =
  'The API has a private address alone where what leaves passes the proxy of the house: answers to a caller outside would have no way. Administrators get to it by the proxy of Google (docs/runbooks/bootstrap.md), and networks by a connection to this one.';

function apiBehind(way: Way): string {
  if (way === 'none') return CLOSED_API;
  return way === 'proxy' ? BEHIND_A_PROXY : BEHIND_A_FIREWALL;
}

/** Answers of a public one would leave by the firewall of the house as well. */
function balancerOf(input: ClusterInput): Readonly<Record<string, string>> {
  return wayOut(input) === 'nat' ? {} : WITHIN_REGION;
}

export function machineFoundation(input: ClusterInput, distribution: Distribution, cni: Cni): Foundation {
  const { setUpBy } = distribution;
  return {
    systemPool: SYSTEM_POOL,
    systemAddresses: systemAddresses(input, googlePlace(input)),
    ...(platformOn(input) === 'system' ? { nodePools: pools(input) } : {}),
    startupTaints: [],
    ...sandboxOf(input, distribution),
    ...windowsOfHosts(input),
    carriesOut: {
      network: ['existing-network'],
      egress: ['central-firewall', ...(wayOut(input) === 'proxy' ? ['proxy'] : [])],
    },
    ...(wayOut(input) === 'nat'
      ? setUpBy === 'machine'
        ? {}
        : { privateApi: PRIVATE_API }
      : { privateApi: apiBehind(wayOut(input)) }),
    api: { values: `${FOLDER}/envs`, tunnel: null },
    shown: [...shownByNetwork(input, FOLDER), PLANNED_MINORS, IDENTITY],
    storageClass: STORAGE_CLASS_NAME,
    loadBalancer: {
      class: null,
      annotations: balancerOf(input),
      annotationsToNodes: balancerOf(input),
      annotationsWithin: FROM_ANY_REGION,
    },
    addresses: {
      apiServer: ['${KUBERNETES_SERVICE_ADDRESS}/32', '${NODE_CIDR}'],
      apiServerPorts: [6443],
      nodes: ['${NODE_CIDR}'],
      identityAgent: null,
      notAnywhere: [METADATA],
      ...(wayOut(input) === 'none' ? { servicesWithin: [RESTRICTED_RANGE] } : {}),
    },
    ...googleParts(input, MACHINE_GROUND),
    services: servicesOf(input, distribution),
    backup: veleroBackup(input, MACHINE_GROUND),
    signIn: (decision, prefix) => hostSignIn(input, distribution, decision, prefix),
    signInPlaceholders: SIGN_IN_PLACEHOLDERS,
    pipelineAccess: decision => hostsPipelineAccess(input, decision, clusterTitle),
    dnsProvider: googleNames(input),
    identityAgentPort: null,
    givenNamespaces: namespacesWith(
      [
        {
          name: 'kube-system',
          owner: 'platform',
          says: `Parts of ${distribution.title} itself live there.`,
        },
      ],
      cni,
    ),
  };
}

/** It would ask the server of metadata for the project, which no pod reaches. */
export function googleNames(input: ClusterInput): Foundation['dnsProvider'] {
  return {
    name: 'google',
    values: {
      extraArgs: [
        '--google-project=${PROJECT_ID}',
        // Of several private zones of one name it writes into that of its own network.
        ...(wayOut(input) === 'none' ? ['--zone-id-filter=${CLUSTER_NAME}'] : []),
      ],
    },
    objects: {},
  };
}

function servicesOf(input: ClusterInput, { setUpBy }: Distribution): CloudServices {
  return {
    ...(setUpBy === 'machine'
      ? { registry: artifactRegistry(input, MACHINE_GROUND, readByMachines(input)) }
      : { noRegistry: noRegistryOnTalos('Google') }),
    metrics: machineMetrics(input),
    logs: machineLogs(input, MACHINE_GROUND),
    traces: cloudTrace(input, MACHINE_GROUND),
    database: decision => googleDatabase(input, decision, MACHINE_DATABASE),
    databaseReplica: { takesOver: second => copyTakesOver(input, second, MACHINE_GROUND.folder) },
    mountedSecrets: decision => machineMountedSecrets(input, decision, MACHINE_GROUND),
    // Names of a private zone are asked about by nobody outside.
    ...(wayOut(input) === 'none'
      ? {}
      : { sharedNames: (decision: Id) => googleSharedNames(input, decision) }),
  };
}

/** Nobody signs addresses for what people would download: no account of the project stands between Velero and its bucket. */
export function veleroBackup(input: ClusterInput, ground: GoogleGround): BackupStorage {
  return {
    plugin: 'velero-plugin-for-gcp',
    provider: 'gcp',
    bucket: bucketName('backups'),
    config: {},
    sayingWhy:
      'the log of Velero says of what: `kubectl -n velero logs deployment/velero` (`velero backup logs` and `--details` download by an address that an account of the project would have to sign, and none does here)',
    snapshotConfig: {
      project: '${PROJECT_ID}',
      volumeProject: '${PROJECT_ID}',
      snapshotLocation: '${REGION}',
    },
    rights: (decision, account, store) => {
      const member = ground.memberOf(account);
      return granted(
        input,
        ground,
        'The bucket of the backups, the right to read and write it, and snapshots of volumes.',
        decision,
        account,
        {
          kind: 'expression',
          code: `${storeResources(store, member).code}${snapshotRights(member).code}`,
        },
      );
    },
  };
}

/** As the inventory and variables.tf have them; of four cores and 16 GB the kubelet and the system keep a little. */
export function pools(input: ClusterInput): Foundation['nodePools'] {
  const { type: machine } = machineOf(input);
  const allocatable = { millicores: 3900, mebibytes: 15_000, pods: 110 };
  return [
    { pool: 'system', machine, nodes: 3, zones: 3, allocatable },
    { pool: 'workload', machine, nodes: 3, zones: 3, allocatable },
  ];
}
