/** What runbooks of several platforms say alike of the first and the last day of a cluster. */
import type { ClusterInput } from '../cluster-input.ts';
import { pickOf } from '../picks.ts';

/** After scripts/bootstrap.sh: what it waits for longest; nothing where the cloud has the certificates. */
export function waitsForCertificates({ stack }: Pick<ClusterInput, 'stack'>): string {
  if (pickOf(stack, 'dns-and-certificates') === 'cloud-managed') return '';
  return ' When it waits for `platform-config`, a certificate is usually what is missing:\n`kubectl get certificates --all-namespaces`.';
}

/** A step of a teardown: what controllers made in the cloud for those who call the cluster; `made` is what has to be gone. */
export function balancersFirst({ stack }: Pick<ClusterInput, 'stack'>, made: string): string {
  const hasGateways = pickOf(stack, 'edge')?.startsWith('gateway-') === true;
  const [said, asked] = hasGateways
    ? ['gateways and Services', 'gateways,services']
    : ['Services', 'services'];
  return `Delete ${said} of type LoadBalancer, and wait until their ${made} are gone:
   \`kubectl get ${asked} --all-namespaces\`.`;
}

/** The last step of a teardown. Every cluster has the same folder and a state of its own, and the guards are out of the code by then. */
export function destroy(folder: string, cluster: string): string {
  return `\`tofu -chdir=${folder} init -reconfigure -backend-config=envs/${cluster}.tfbackend\`, so that it is the state of this cluster and of no
   other, then \`tofu -chdir=${folder} destroy -var-file=envs/${cluster}.tfvars\``;
}
