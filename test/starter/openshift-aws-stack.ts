/** A house on AWS that buys support for OpenShift, since nobody there has run clusters. */
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
  mesh: 'none',
  metrics: 'openshift-monitoring',
  cni: 'ovn-kubernetes',
  autoscaling: 'fixed',
};

export function openshiftOnAws(
  answers: Readonly<Record<Id, Answer>> = {},
  pins: Readonly<Record<Id, Id>> = {},
): Starter {
  return starterOf('platform-aws', { answers: { ...SUPPORTED, ...answers }, pins: { ...PINS, ...pins } });
}

/** The same where nothing leaves the network. */
export const closedOpenshiftOnAws = (
  answers: Readonly<Record<Id, Answer>> = {},
  pins: Readonly<Record<Id, Id>> = {},
): Starter =>
  openshiftOnAws(
    { 'egress-control': 'nothing', ...answers },
    { gitops: 'flux', 'dns-and-certificates': 'external-dns-cert-manager', ...pins },
  );
