/** Decisions that add to a cluster once it stands: for each, what its options need to be generated. */
import type { Id } from '../content/catalogue.ts';
import { API_EXPOSURE } from './api-exposure/options.ts';
import { AUTOSCALING } from './autoscaling/options.ts';
import { BACKUP } from './backup/options.ts';
import { DATA_SERVICES } from './data-services/options.ts';
import { DNS_AND_CERTIFICATES } from './dns-and-certificates/options.ts';
import { EGRESS } from './egress/options.ts';
import { HUMAN_ACCESS } from './human-access/options.ts';
import { IMAGE_SIGNING } from './image-signing/options.ts';
import { LOGS } from './logs/options.ts';
import { METRICS } from './metrics/options.ts';
import type { Choice } from './module.ts';
import { NETWORK } from './network/options.ts';
import { POLICY_ENGINE } from './policy-engine/options.ts';
import { PROMOTION } from './promotion/options.ts';
import { RECOVERY } from './recovery/options.ts';
import { REGISTRY } from './registry/options.ts';
import { SECRETS } from './secrets/options.ts';
import { TENANT_ISOLATION } from './tenant-isolation/options.ts';
import { TRACES } from './traces/options.ts';
import { UPGRADES } from './upgrades/options.ts';
import { WORKLOAD_IDENTITY } from './workload-identity/options.ts';

export const CHOICES: Readonly<Record<Id, Readonly<Record<Id, Choice>>>> = {
  'tenant-isolation': TENANT_ISOLATION,
  network: NETWORK,
  'api-exposure': API_EXPOSURE,
  egress: EGRESS,
  secrets: SECRETS,
  'dns-and-certificates': DNS_AND_CERTIFICATES,
  promotion: PROMOTION,
  'workload-identity': WORKLOAD_IDENTITY,
  'human-access': HUMAN_ACCESS,
  registry: REGISTRY,
  'policy-engine': POLICY_ENGINE,
  'image-signing': IMAGE_SIGNING,
  metrics: METRICS,
  logs: LOGS,
  traces: TRACES,
  'data-services': DATA_SERVICES,
  recovery: RECOVERY,
  backup: BACKUP,
  autoscaling: AUTOSCALING,
  upgrades: UPGRADES,
};
