/** Which addresses each cluster owns. */
import { splitRange } from '../cidr.ts';
import type { Cluster } from '../cluster-input.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';

/** Wide enough for every topology that is generated; `project.network.vpc` replaces it. */
const ADDRESS_POOL = '10.32.0.0/12';
const SERVICE_RANGE = '172.20.0.0/16';
const LARGEST = 16;
/** Room for 256 Services. */
const SMALLEST_SERVICES = 24;

type Ranges = Pick<Cluster, 'vpcCidr' | 'serviceCidr'>;

/** Of `count` clusters, those of the one at an index. */
export function rangesOf(input: StarterInput, count: number): (index: number) => Ranges {
  const { network } = input.project;
  const networks = splitRange(network?.vpc ?? ADDRESS_POOL, count, LARGEST);
  const services = serviceRanges(input, count);
  return index => ({
    vpcCidr: networks[index] ?? ADDRESS_POOL,
    serviceCidr: services[index] ?? SERVICE_RANGE,
  });
}

/** Those of GKE are part of its network, and networks of Google that have addresses in common are connected to nothing that both are connected to. */
function serviceRanges({ stack, project }: StarterInput, count: number): readonly string[] {
  const range = project.network?.services ?? SERVICE_RANGE;
  const same = Array.from({ length: count }, () => range);
  if (answerOf(stack, 'cloud') !== 'gcp' || pickOf(stack, 'control-plane') === 'self-managed') return same;
  const apart = splitRange(range, count, LARGEST);
  return apart.some(each => Number(each.split('/')[1]) > SMALLEST_SERVICES) ? same : apart;
}
