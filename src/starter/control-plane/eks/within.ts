/** What a network of EKS without a way out reaches, and what stands in the place of what it does not. */
import type { ClusterInput } from '../../cluster-input.ts';
import { writesNames } from './closed-endpoints.ts';
import { namesWithin } from './proxy.ts';

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

export const REPLACED: readonly string[] = [
  'Public certificates: no public authority is asked. Certificates come from an intermediate of your own authority ([own authority](own-authority.md)).',
  'Public names: the zone of the platform is private and answers in this network. For people of the house, have its name servers ask an inbound endpoint of Route 53 Resolver, which belongs to its hub and is not made here.',
  'Load balancers of the internet: those of the cluster are internal, and people come to them from the house.',
  'Pull-through caches of ECR: they fetch from publishers by themselves, so none is made.',
  'Prices of machines, and IAM where Karpenter asks it for profiles: it uses the prices that it was built with, and a profile that the infrastructure makes.',
  'Firewalls and certificates of AWS at load balancers, WAF and ACM: not reached from here and not used.',
];
