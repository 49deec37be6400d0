/** Cilium on hosts and machines that manage themselves: an overlay between them, and on hosts of one's own addresses of the house for what is reached from outside. */
import type { ICiliumLoadBalancerIPPool } from '@kubernetes-models/cilium/cilium.io/v2';
import type { ICiliumL2AnnouncementPolicy } from '@kubernetes-models/cilium/cilium.io/v2alpha1';
import type { Component, HelmValues } from '../../contribution.ts';
import type { Distribution, HostSettings } from '../../control-plane/self-managed/distribution.ts';
import { platformOn } from '../../control-plane/self-managed/inventory.ts';
import type { StarterInput } from '../../part.ts';
import { installScriptOnHosts } from '../install-script.ts';
import { ciliumInstallation, INSTALLER } from './install-script.ts';
import { API_SERVER_MAP, type CiliumPlace } from './values.ts';

const POOL = 'balancers';

export function ciliumOnOwnHosts(input: StarterInput, distribution: Distribution): CiliumPlace {
  const place = overlay(distribution, {
    l2announcements: { enabled: true },
    // Every address that is announced is a lease that agents keep renewing.
    k8sClientRateLimit: { qps: 50, burst: 100 },
  });
  return {
    ...place,
    components: [addresses(platformOn(input))],
    addresses: `${place.addresses} What is reached from outside gets one of the addresses that the inventory sets aside (\`LOAD_BALANCER_RANGE\`); one node at a time answers for each by ARP, and another one takes over within seconds.`,
  };
}

/** Addresses that are reached from outside come from load balancers of the cloud. */
export function ciliumOnMachines(_input: StarterInput, distribution: Distribution): CiliumPlace {
  // Health checks of the balancers ask where kube-proxy would answer.
  return overlay(distribution, { kubeProxyReplacementHealthzBindAddr: '0.0.0.0:10256' });
}

function overlay(distribution: Distribution, more: HelmValues): CiliumPlace {
  return {
    installer: INSTALLER,
    infrastructure: input => ({
      files: new Map([
        [
          INSTALLER,
          installScriptOnHosts(
            input,
            ciliumInstallation(input, {
              apiServer: distribution.apiServer.host === null ? 'given' : 'known',
            }),
          ),
        ],
      ]),
      nodesWaitFor: [],
      addons: [],
    }),
    neighbours: `Parts of ${distribution.title} itself`,
    checks: [],
    values: {
      ...(distribution.apiServer.host === null
        ? { k8sServiceHostRef: API_SERVER_MAP }
        : { k8sServiceHost: distribution.apiServer.host }),
      k8sServicePort: distribution.apiServer.port,
      // The range of pods stands in one place, the configuration of the control plane, which gives each node its part.
      ipam: { mode: 'kubernetes' },
      routingMode: 'tunnel',
      tunnelProtocol: 'vxlan',
      ...more,
      ...distribution.cilium,
    },
    addresses:
      'Pods get addresses of a range that no other network knows, and are seen outside by the address of their node.',
  };
}

const IP_POOL: ICiliumLoadBalancerIPPool = {
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumLoadBalancerIPPool',
  metadata: { name: POOL },
  spec: { blocks: [{ cidr: '${LOAD_BALANCER_RANGE}' }] },
};

/** Hosts of the control plane are left out where there are others: what comes from outside does not have to pass by etcd. */
function announced(platform: HostSettings['platformOn']): ICiliumL2AnnouncementPolicy {
  const others = {
    matchExpressions: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'DoesNotExist' as const }],
  };
  return {
    apiVersion: 'cilium.io/v2alpha1',
    kind: 'CiliumL2AnnouncementPolicy',
    metadata: { name: POOL },
    spec: {
      loadBalancerIPs: true,
      externalIPs: false,
      ...(platform === 'every-host' ? {} : { nodeSelector: others }),
    },
  };
}

/** Beside the first Service that waits for an address. */
const addresses = (platform: HostSettings['platformOn']): Component => ({
  id: 'load-balancer-addresses',
  decision: 'cni',
  layer: 'platform-net',
  says: 'Addresses that Services of type LoadBalancer get, and who answers for them in the network of the hosts.',
  objects: { addresses: [IP_POOL, announced(platform)] },
});
