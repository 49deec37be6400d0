/** Secrets that are objects of the cluster all the same, where the answers allow no copies: those that controllers read in no other form. */
import type { ClusterParts } from '../cluster.ts';
import { isNamed } from '../picks.ts';
import { COMPARING_KEY } from '../secrets/vault/provider.ts';
import type { Exception } from './exceptions.ts';

/** What lies in a namespace of the platform. None of it is a secret of a workload. */
const KEPT: Readonly<Record<string, string>> = {
  'cert-manager':
    'keys of certificates, of their authorities and of the account at one, most of them made here',
  monitoring: 'the settings of Alertmanager, and the password of Grafana where there is one',
  'flux-system': 'the key to this repository',
  argocd: 'the key to this repository, and what Argo CD signs sessions with',
  'external-dns': 'the key to the zone, where name servers ask for one',
  logging: 'keys to object storage, where no identity takes their place',
  tracing: 'keys to object storage or to the store of traces, where no identity takes their place',
  velero: 'keys to object storage, where no identity takes their place',
  databases:
    'passwords that the operator of databases makes, and keys to object storage where no identity takes their place',
  'istio-system': 'the authority that workloads get certificates from',
  linkerd: 'the authority that workloads get certificates from',
  'kube-system': 'keys of the network between nodes',
  gateway: 'keys of the certificates that the gateway shows',
};

export function secretObjects({ input, contribution }: ClusterParts): readonly Exception[] {
  if (!isNamed(input.stack, 'secret-needs', 'no-copy')) return [];
  const kept = {
    ...KEPT,
    'secrets-store-csi-driver': `\`${COMPARING_KEY}\`, by which two values are compared; it opens nothing`,
  };
  return contribution.namespaces.flatMap(({ name }) => {
    const what = Object.entries(kept).find(([namespace]) => namespace === name)?.[1];
    if (what === undefined) return [];
    return [
      {
        id: `secret-objects-${name}`,
        what: `Secret objects: ${what}`,
        where: `platform/namespaces/${name}.yaml`,
        reason:
          'Controllers of the platform read these as objects and in no other form. No secret of a workload is among them, and the database of the cluster is encrypted.',
      },
    ];
  });
}
