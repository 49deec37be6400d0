/** A city on Azure that buys support for OpenShift, since nobody there has run clusters. */
import type { Answer, Id } from '../../src/content/catalogue.ts';
import type { Starter } from '../../src/starter/generate.ts';
import { starterOf } from './platform-aws.ts';

const SUPPORTED: Readonly<Record<Id, Answer>> = {
  'support-contract': 'yes',
  'kubernetes-skill': 'basic',
  'control-plane-access': 'no',
  windows: 'no',
  'ingress-objects': 'no',
  'existing-edge': 'none',
};
const PINS: Readonly<Record<Id, Id>> = {
  'control-plane': 'self-managed',
  distribution: 'openshift',
  edge: 'ingress-openshift',
  mesh: 'none',
  metrics: 'openshift-monitoring',
  cni: 'ovn-kubernetes',
  autoscaling: 'fixed',
  backup: 'velero',
  logs: 'loki',
  traces: 'none',
  secrets: 'external-secrets',
  'tenant-isolation': 'namespace',
};

export function openshiftOnAzure(
  answers: Readonly<Record<Id, Answer>> = {},
  pins: Readonly<Record<Id, Id>> = {},
): Starter {
  return starterOf('city-services-azure', {
    answers: { ...SUPPORTED, ...answers },
    pins: { ...PINS, ...pins },
  });
}
