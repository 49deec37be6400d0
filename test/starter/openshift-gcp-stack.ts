/** A house on Google Cloud that buys support for OpenShift, since nobody there has run clusters. */
import type { Answer, Id } from '../../src/content/catalogue.ts';
import type { Starter } from '../../src/starter/generate.ts';
import { starterOf } from './platform-aws.ts';

const SUPPORTED: Readonly<Record<Id, Answer>> = {
  'support-contract': 'yes',
  'kubernetes-skill': 'basic',
  'control-plane-access': 'no',
};
const PINS: Readonly<Record<Id, Id>> = {
  'control-plane': 'self-managed',
  distribution: 'openshift',
  edge: 'ingress-openshift',
  'dns-and-certificates': 'external-dns-cert-manager',
  mesh: 'none',
  metrics: 'openshift-monitoring',
  logs: 'loki',
  cni: 'ovn-kubernetes',
  backup: 'velero',
  autoscaling: 'fixed',
  secrets: 'external-secrets',
};

export function openshiftOnGoogle(
  answers: Readonly<Record<Id, Answer>> = {},
  pins: Readonly<Record<Id, Id>> = {},
): Starter {
  return starterOf('ride-dispatch-gcp', {
    answers: { ...SUPPORTED, ...answers },
    pins: { ...PINS, ...pins },
  });
}

/** The same where nothing leaves the network. */
export const closedOpenshiftOnGoogle = (
  answers: Readonly<Record<Id, Answer>> = {},
  pins: Readonly<Record<Id, Id>> = {},
): Starter => openshiftOnGoogle({ 'egress-control': 'nothing', ...answers }, { gitops: 'flux', ...pins });
