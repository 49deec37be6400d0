/** Values of the chart of Cilium: what is the same everywhere, and what the place adds. */

import type { Component, HelmValues } from '../../contribution.ts';
import type { StartupTaint } from '../../foundation.ts';
import type { ModuleInput } from '../../module.ts';
import type { Check, StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { release } from '../../release.ts';
import type { Cni } from '../cni.ts';
import { joinedValues, joinsClusters } from './joined-clusters.ts';

export const CILIUM_NAMESPACE = 'kube-system';
/** Made by whatever installs Cilium: how agents reach the API server before any Service works. */
export const API_SERVER_MAP = { name: 'cilium-api-server', key: 'host' } as const;

/** What is different where Cilium runs. */
export interface CiliumPlace {
  /** The script that installs it first. */
  readonly installer: string;
  readonly infrastructure: Cni['infrastructure'];
  readonly checks: readonly Check[];
  /** What Cilium is told once it runs. */
  readonly components?: readonly Component[];
  /** Addresses of pods, the way to the API server, and what the place itself needs. */
  readonly values: HelmValues | ((input: ModuleInput) => HelmValues);
  /** What becomes of Services, where a second program that routes them cannot be left out: a sentence. */
  readonly services?: string;
  readonly whileApplying?: string;
  /** Taint that nodes start with; where no other plugin could take a pod, none is needed. */
  readonly startupTaint?: StartupTaint;
  /** Who else lives in kube-system. */
  readonly neighbours: string;
  /** How pods get their addresses; a clause for the runbook. */
  readonly addresses: string;
}

export function ciliumValues(input: ModuleInput, place: CiliumPlace): HelmValues {
  const { systemPool } = input.foundation;
  const { version } = release(input, 'cilium');
  return {
    // Settings keep the form of this minor when the chart is raised, until somebody raises this line as well.
    upgradeCompatibility: version.split('.').slice(0, 2).join('.'),
    kubeProxyReplacement: true,
    ...(typeof place.values === 'function' ? place.values(input) : place.values),
    ...encryptionValues(input),
    // A changed setting reaches the agents only when they start again.
    rollOutCiliumPods: true,
    resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '1Gi' } },
    prometheus: { enabled: true },
    operator: {
      replicas: 2,
      rollOutPods: true,
      nodeSelector: systemPool.nodeSelector,
      // It gives nodes their addresses, so it starts before they are ready.
      tolerations: [{ operator: 'Exists' }],
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
      prometheus: { enabled: true },
    },
    envoy: {
      rollOutPods: true,
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } },
      prometheus: { enabled: true },
    },
    hubble: {
      metrics: {
        enabled: ['dns:query;ignoreAAAA', 'drop', 'tcp', 'flow', 'port-distribution', 'icmp'],
      },
      // Certificates from Helm would be new ones at every rendering.
      tls: { auto: { method: 'cronJob', schedule: '0 3 1 */2 *' } },
      relay: {
        enabled: true,
        replicas: 2,
        ...systemPool,
        rollOutPods: true,
        podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
        resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
      },
    },
    ...(servesGatewayApi(input) ? GATEWAY : {}),
    ...(joinsClusters(input) ? joinedValues(input) : {}),
  };
}

/** The class lies in platform-config, where its kind is known: a chart that looks for kinds renders differently before and after them. */
const GATEWAY = { gatewayAPI: { enabled: true, enableAlpn: true, gatewayClass: { create: false } } };

/** A mesh is strict: what should have been encrypted and is not, is dropped. IPsec has no such mode. */
function encryptionValues(input: ModuleInput): HelmValues {
  const type = encryptionOf(input);
  if (type === null) return {};
  const strict = isMeshOfCilium(input) && type === 'wireguard' ? { ingress: { enabled: true } } : null;
  // An hour in which old and new key are both known, until the last of the joined clusters has the new one.
  const slow = type === 'ipsec' && joinsClusters(input) ? { ipsec: { keyRotationDuration: '1h' } } : null;
  return { encryption: { enabled: true, type, ...(strict === null ? {} : { strictMode: strict }), ...slow } };
}

function isMeshOfCilium({ stack }: StarterInput): boolean {
  return pickOf(stack, 'mesh') === 'cilium-mesh';
}

/** Routes whose parent is a Service, where calls between services are to be shaped. */
export function hasRoutesOfCilium(input: StarterInput): boolean {
  return isMeshOfCilium(input) && answerOf(input.stack, 'traffic-shaping') === 'yes';
}

/** Whether Cilium's own proxies serve the Gateway API, for the edge or between services. */
export function servesGatewayApi(input: StarterInput): boolean {
  return pickOf(input.stack, 'edge') === 'gateway-cilium' || hasRoutesOfCilium(input);
}

/** WireGuard's algorithms are not among those that FIPS 140 approves. */
export function encryptionOf(input: StarterInput): 'wireguard' | 'ipsec' | null {
  if (answerOf(input.stack, 'node-encryption') !== 'yes' && !isMeshOfCilium(input)) return null;
  return answerOf(input.stack, 'fips') === 'yes' ? 'ipsec' : 'wireguard';
}
