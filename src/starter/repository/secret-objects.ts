/** Secrets that are objects of the cluster all the same, where the answers allow no copies: those that controllers read in no other form. */
import type { ClusterParts } from '../cluster.ts';
import { answerOf, isNamed, pickOf } from '../picks.ts';
import { mountsFromVault } from '../secrets/source.ts';
import { COMPARING_KEY } from '../secrets/vault/provider.ts';
import type { Exception } from './exceptions.ts';

const READ_AS_OBJECTS =
  'Controllers of the platform read these as objects and in no other form. No secret of a workload is among them, and the database of the cluster is encrypted.';
const OF_DATABASES =
  'The operator makes a user of each database with its password as an object, and workloads that use it read that. Where this may not be, Vault makes the credentials (its engine for databases) and these users are locked.';

export function secretObjects({ input, contribution }: ClusterParts): readonly Exception[] {
  if (!isNamed(input.stack, 'secret-needs', 'no-copy')) return [];
  const kept = new Map(keptIn(input));
  return contribution.namespaces.flatMap(({ name }) => {
    const what = kept.get(name);
    if (what === undefined) return [];
    return [
      {
        id: `secret-objects-${name}`,
        what: `Secret objects: ${what}`,
        where: `platform/namespaces/${name}.yaml`,
        reason: name === 'databases' ? OF_DATABASES : READ_AS_OBJECTS,
      },
    ];
  });
}

const AUTHORITY = 'the authority that workloads get certificates from';
const STORAGE_KEYS = 'keys to object storage';

/** What lies in each namespace of the platform. */
function keptIn(input: ClusterParts['input']): readonly (readonly [string, string])[] {
  const { stack } = input;
  return [
    [
      'cert-manager',
      'keys of certificates, of their authorities and of the account at one, most of them made here',
    ],
    ['monitoring', 'the settings of Alertmanager, and the password of Grafana where there is one'],
    ['flux-system', 'the key to this repository'],
    ['argocd', 'the key to this repository, and what Argo CD signs sessions with'],
    ['gateway', 'keys of the certificates that the gateway shows'],
    ['databases', 'passwords that the operator of databases makes'],
    ['istio-system', AUTHORITY],
    ['linkerd', AUTHORITY],
    ...(pickOf(stack, 'traces') === 'jaeger'
      ? ([['tracing', 'the password at the store of traces']] as const)
      : []),
    // A cloud gives identities in their place.
    ...(answerOf(stack, 'cloud') === 'on-prem'
      ? ([
          ['external-dns', 'the key to the zone'],
          ['logging', STORAGE_KEYS],
          ...(pickOf(stack, 'traces') === 'tempo' ? ([['tracing', STORAGE_KEYS]] as const) : []),
          ['velero', STORAGE_KEYS],
        ] as const)
      : []),
    ...(mountsFromVault(input)
      ? ([
          [
            'secrets-store-csi-driver',
            `\`${COMPARING_KEY}\`, by which two values are compared; it opens nothing`,
          ],
        ] as const)
      : []),
  ];
}
