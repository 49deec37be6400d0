/** The operator and the plugin that copies to the object store, as charts. */
import type { Component, HelmValues } from '../../contribution.ts';
import type { Foundation } from '../../foundation.ts';
import { DECISION, OPERATOR, OPERATOR_NAMESPACE, PLUGIN } from './names.ts';

export function operatorComponents({ systemPool }: Foundation): readonly Component[] {
  return [
    {
      id: OPERATOR,
      decision: DECISION,
      layer: 'platform-obs',
      says: 'Makes databases of what stands in Git, and takes another instance for the first one when that is lost. While it restarts, databases run on. It may read and write Secrets everywhere.',
      chart: {
        release: OPERATOR,
        namespace: OPERATOR_NAMESPACE,
        crds: 'skip',
        values: operatorValues(systemPool),
      },
    },
    {
      id: PLUGIN,
      decision: DECISION,
      layer: 'platform-obs',
      says: 'Puts a container beside every instance that copies backups and each change to the object store.',
      chart: {
        release: PLUGIN,
        namespace: OPERATOR_NAMESPACE,
        crds: 'skip',
        values: pluginValues(systemPool),
      },
    },
  ];
}

function operatorValues(systemPool: Foundation['systemPool']): HelmValues {
  return {
    // One leads and the other waits: a node that goes takes no failover along.
    replicaCount: 2,
    crds: { create: true },
    ...systemPool,
    priorityClassName: 'platform-critical',
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { 'app.kubernetes.io/name': OPERATOR } },
      },
    ],
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
    monitoring: { podMonitorEnabled: true },
  };
}

/** Its chart starts a new copy when the old one is gone, so there is one at a time. */
function pluginValues(systemPool: Foundation['systemPool']): HelmValues {
  return {
    replicaCount: 1,
    crds: { create: true },
    ...systemPool,
    priorityClassName: 'platform-critical',
    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  };
}
