/** What a network of EKS without a way out reaches, and what stands in the place of what it does not. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Foundation } from '../../foundation.ts';
import { pickOf } from '../../picks.ts';
import { writesNames } from './closed-endpoints.ts';
import { namesWithin } from './proxy.ts';
import { isOwnControlPlane } from './trust.ts';

/** Names of services, region by region. */
export function reachedWithin(
  input: ClusterInput,
): readonly { readonly host: string; readonly for: string }[] {
  const regions = [...new Set(input.clusters.map(({ region }) => region))];
  const services = regions.flatMap(region =>
    namesWithin(input, region).map(name => ({
      host: name.startsWith('.') ? `*${name}` : name,
      for: 'an endpoint of AWS in this network',
    })),
  );
  return [
    ...services,
    ...(writesNames(input)
      ? [{ host: 'route53.amazonaws.com', for: 'names of the private zone, by an endpoint in this network' }]
      : []),
  ];
}

export const replacedWithin = (input: ClusterInput): readonly string[] => [
  ...(isOwnControlPlane(input) ? ofMachines(input) : OF_KARPENTER),
  ...REPLACED,
];

const OF_KARPENTER: readonly string[] = [
  'Prices of machines, and IAM where Karpenter asks it for profiles: it uses the prices that it was built with, and a profile that the infrastructure makes.',
];
function ofMachines({ stack }: ClusterInput): readonly string[] {
  const distribution = pickOf(stack, 'distribution');
  if (distribution === 'openshift') return OF_OPENSHIFT;
  return distribution === 'talos' ? OF_TALOS : OF_MACHINES;
}

const OF_TALOS: readonly string[] = [
  'Images of Talos and of Kubernetes itself: machines have them in the image that they start from ([the bootstrap](bootstrap.md)), and a newer version is a newer image.',
  'The time of the internet: machines ask the one that AWS gives at an address of each machine.',
];
const OF_OPENSHIFT: readonly string[] = [
  'Releases of OpenShift, and the service that says which there are: they lie in a registry of the house, and an upgrade names one by its digest ([upgrade-cluster](upgrade-cluster.md)).',
  'Catalogs of operators: those of Red Hat are switched off (`platform/openshift/catalogs.yaml`).',
  'Zones, as the operator of the router finds them: by a service of AWS that has no address in this network. It is told of none, and `infra/machines/names.tf` makes the name of the router.',
  'What Red Hat hears of a cluster: the sign-in for that stands in the pull secret of the subscription, which machines are not given.',
];
const OF_MACHINES: readonly string[] = [
  'Packages of Ubuntu: none is installed or brought up to date. A machine is what its image and its archive make of it, and is made anew from the newest image every month ([host-upgrade](host-upgrade.md)).',
  'Releases of the distribution, with the images of the control plane: machines have them from their own bucket, where `scripts/carry-to-hosts.sh` puts them.',
];

const REPLACED: readonly string[] = [
  'Public certificates: no public authority is asked. Certificates come from an intermediate of your own authority ([own authority](own-authority.md)).',
  'Public names: the zone of the platform is private and answers in this network. For people of the house, have its name servers ask an inbound endpoint of Route 53 Resolver, which belongs to its hub and is not made here.',
  'Load balancers of the internet: those of the cluster are internal, and people come to them from the house.',
  'Pull-through caches of ECR: they fetch from publishers by themselves, so none is made.',
  'Firewalls and certificates of AWS at load balancers, WAF and ACM: not reached from here and not used.',
];

/** Load balancers without public addresses, and services of AWS at addresses of the network. */
export function withinItself(
  { addresses, loadBalancer }: Pick<Foundation, 'addresses' | 'loadBalancer'>,
  range: string,
): Pick<Foundation, 'addresses' | 'loadBalancer' | 'privateApi'> {
  const internal = { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' };
  return {
    privateApi:
      'A network without a way out keeps the API of its clusters private: it answers in it and to the ranges of the house that are let in.',
    addresses: { ...addresses, servicesWithin: [range] },
    loadBalancer: {
      ...loadBalancer,
      annotations: { ...loadBalancer.annotations, ...internal },
      annotationsToNodes: { ...loadBalancer.annotationsToNodes, ...internal },
    },
  };
}
