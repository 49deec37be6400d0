/** What clusters of this stack need of their project: APIs, and what its two pipelines may do and hand on. */
import type { StarterInput } from '../../part.ts';
import { type GkeChoices, gkeChoices } from './choices.ts';

/** Roles by the name behind `roles/`, APIs by the name before `.googleapis.com`. */
export interface ProjectNeeds {
  readonly apis: readonly string[];
  /** The one that reads. */
  readonly plan: readonly string[];
  /** The one that changes. */
  readonly apply: readonly string[];
  /** What the latter may hand to nodes, controllers and people. */
  readonly given: readonly string[];
  /** APIs of which it is written down who read what. */
  readonly audited: readonly string[];
}

/** What the clusters of a kind always need, and what this stack needs beside that. */
export function projectNeeds(
  input: StarterInput,
  always: ProjectNeeds,
  on: 'gke' | 'machines' = 'gke',
): ProjectNeeds {
  const choices = gkeChoices(input);
  const all = [
    always,
    ...PARTS.filter(({ needed }) => needed(choices)).map(({ needs, onMachines = needs }) =>
      on === 'gke' ? needs : onMachines,
    ),
  ];
  const of = (key: keyof ProjectNeeds) =>
    [...new Set(all.flatMap(needs => needs[key] ?? []))].sort((a, b) => (a < b ? -1 : 1));
  return {
    apis: of('apis'),
    plan: of('plan'),
    apply: of('apply'),
    given: of('given'),
    audited: of('audited'),
  };
}

export const GKE_NEEDS: ProjectNeeds = {
  apis: [
    'artifactregistry',
    'binaryauthorization',
    'certificatemanager',
    'cloudkms',
    'cloudresourcemanager',
    'compute',
    'container',
    'containeranalysis',
    'containersecurity',
    'gkebackup',
    'iam',
    'iamcredentials',
    'logging',
    'monitoring',
    'secretmanager',
    'storage',
    'sts',
  ],
  plan: [
    'cloudkms.viewer',
    'compute.viewer',
    'container.clusterViewer',
    'iam.roleViewer',
    'iam.securityReviewer',
    'serviceusage.serviceUsageViewer',
    'storage.bucketViewer',
  ],
  apply: [
    'cloudkms.admin',
    'compute.networkAdmin',
    'compute.securityAdmin',
    'container.clusterAdmin',
    'gkebackup.admin',
    'iam.roleViewer',
    'iam.serviceAccountAdmin',
    'storage.admin',
  ],
  given: [
    'artifactregistry.reader',
    'container.admin',
    'container.clusterViewer',
    'container.defaultNodeServiceAccount',
    'container.viewer',
    'secretmanager.secretAccessor',
  ],
  audited: ['cloudkms', 'container', 'iamcredentials', 'secretmanager', 'storage', 'sts'],
};

const PARTS: readonly {
  readonly needed: (choices: GkeChoices) => boolean;
  readonly needs: Partial<ProjectNeeds>;
  /** The same where an agent of this repository does it. */
  readonly onMachines?: Partial<ProjectNeeds>;
}[] = [
  {
    needed: ({ managedDatabase }) => managedDatabase,
    needs: {
      apis: ['servicedirectory', 'sqladmin'],
      plan: ['cloudsql.viewer'],
      apply: ['cloudsql.admin'],
      given: ['cloudsql.client', 'cloudsql.instanceUser'],
    },
  },
  {
    // Names of the platform, of Google itself where it is reached within the network, and of a database.
    needed: ({ zone, way, managedDatabase }) => zone !== 'house' || way !== 'nat' || managedDatabase,
    needs: { apis: ['dns'], plan: ['dns.reader'], apply: ['dns.admin'] },
  },
  {
    needed: ({ managedNames }) => managedNames,
    needs: { plan: ['certificatemanager.viewer'], apply: ['certificatemanager.owner'] },
  },
  {
    needed: ({ backupForGke }) => backupForGke,
    needs: { plan: ['gkebackup.viewer'] },
    onMachines: {},
  },
  {
    needed: ({ managedMetrics }) => managedMetrics,
    needs: { given: ['monitoring.metricWriter', 'monitoring.viewer'] },
    onMachines: {
      apis: ['telemetry'],
      given: ['serviceusage.serviceUsageConsumer', 'telemetry.metricsWriter'],
    },
  },
  {
    needed: ({ managedLogs }) => managedLogs,
    needs: { plan: ['logging.viewer'], apply: ['logging.configWriter'] },
    onMachines: {
      apis: ['telemetry'],
      plan: ['logging.viewer'],
      apply: ['logging.configWriter'],
      given: ['serviceusage.serviceUsageConsumer', 'telemetry.logsWriter'],
    },
  },
  {
    needed: ({ managedTraces }) => managedTraces,
    needs: {
      apis: ['cloudtrace', 'telemetry'],
      given: ['serviceusage.serviceUsageConsumer', 'telemetry.tracesWriter'],
    },
  },
  {
    needed: ({ tunnel }) => tunnel,
    needs: {
      apis: ['iap', 'oslogin'],
      apply: ['compute.instanceAdmin.v1'],
      given: ['compute.osLogin', 'compute.viewer', 'iap.tunnelResourceAccessor'],
      audited: ['iap'],
    },
    onMachines: {},
  },
  {
    needed: ({ workQueue }) => workQueue,
    needs: {
      apis: ['pubsub'],
      plan: ['pubsub.viewer'],
      apply: ['pubsub.admin'],
      given: ['monitoring.viewer'],
    },
  },
  {
    needed: ({ alarms }) => alarms,
    needs: {
      plan: ['monitoring.viewer'],
      apply: ['monitoring.alertPolicyEditor', 'monitoring.notificationChannelEditor'],
    },
  },
];
