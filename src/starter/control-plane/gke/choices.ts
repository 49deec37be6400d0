/** Which picks of the rest of the stack are settings of the cluster itself. */
import type { Id } from '../../../content/catalogue.ts';
import { answersWithin, needsTunnel } from '../../api-exposure/access.ts';
import { type Way, wayOut } from '../../egress/way-out/way.ts';
import { type ZoneOfNames, zoneOfNames } from '../../google/zone.ts';
import type { StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { mountsFromCloud } from '../../secrets/source.ts';
import { namesIn } from '../../serverless-service/settings.ts';
import { hasWorkQueue } from '../../work-queue.ts';

export interface GkeChoices {
  readonly network: 'own' | 'given';
  readonly way: Way;
  /** Where names of the platform lie. */
  readonly zone: ZoneOfNames;
  readonly isPrivate: boolean;
  /** Whether people come to a private API through a machine of the cluster's network. */
  readonly tunnel: boolean;
  /** Google owns the kinds of the Gateway API only where its own controller is the edge. */
  readonly gateway: boolean;
  /** Google has the certificate of the gateway, and its name is part of the infrastructure. */
  readonly managedNames: boolean;
  /** Requests from the internet pass a web application firewall. */
  readonly firewall: boolean;
  readonly policiesByName: boolean;
  readonly managedLogs: boolean;
  readonly managedMetrics: boolean;
  readonly managedTraces: boolean;
  readonly backupForGke: boolean;
  readonly managedDatabase: boolean;
  /** A worker takes its work from Pub/Sub. */
  readonly workQueue: boolean;
  /** Whether Google sees failures that the cluster does not. */
  readonly alarms: boolean;
  readonly secretsAddOn: boolean;
  readonly onlySignedImages: boolean;
  readonly groups: boolean;
  readonly upgrades: 'channel' | 'held' | 'extended';
  readonly nodes: 'fixed' | 'autoscaled' | 'provisioned';
  /** A pool of one's own runs pods of tenants in GKE Sandbox. Google says nowhere that one with Arm does. */
  readonly sandboxPool: boolean;
}

export function gkeChoices(input: StarterInput): GkeChoices {
  const { stack } = input;
  const is = (decision: Id, ...options: readonly Id[]) => options.includes(pickOf(stack, decision) ?? '');
  return {
    way: wayOut(input),
    zone: zoneOfNames(input),
    network: is('network', 'existing-network') ? 'given' : 'own',
    isPrivate: answersWithin(input),
    tunnel: needsTunnel(input),
    gateway: is('edge', 'gateway-cloud'),
    managedNames: is('edge', 'gateway-cloud') && is('dns-and-certificates', 'cloud-managed'),
    firewall: is('edge', 'gateway-cloud') && namesIn(input, 'edge-needs').includes('waf'),
    policiesByName: is('egress', 'dns-policy'),
    managedLogs: is('logs', 'managed-logs'),
    managedMetrics: is('metrics', 'managed-metrics'),
    managedTraces: is('traces', 'managed-traces'),
    backupForGke: is('backup', 'provider-backup'),
    managedDatabase: is('data-services', 'managed-database'),
    workQueue: hasWorkQueue(input),
    alarms:
      hasWorkQueue(input) ||
      is('data-services', 'managed-database') ||
      is('metrics', 'managed-metrics') ||
      is('backup', 'provider-backup'),
    secretsAddOn: mountsFromCloud(input),
    onlySignedImages: is('image-signing', 'binary-authorization'),
    groups: is('human-access', 'oidc-groups') || is('human-access', 'oidc-groups-jit'),
    upgrades: is('upgrades', 'extended-support')
      ? 'extended'
      : is('upgrades', 'planned-minors')
        ? 'held'
        : 'channel',
    nodes: is('autoscaling', 'provider-autoscaling')
      ? 'provisioned'
      : is('autoscaling', 'cluster-autoscaler')
        ? 'autoscaled'
        : 'fixed',
    sandboxPool:
      is('tenant-isolation', 'sandbox') &&
      is('control-plane', 'managed') &&
      answerOf(stack, 'architecture') !== 'arm64',
  };
}

/** Whether a network of the cluster's own is connected to that of the house. */
export function leadsToHouse({ network, way }: GkeChoices): boolean {
  return network === 'own' && way !== 'nat';
}
