/** What Flux reads: this repository, or releases of it that it verifies before it applies anything. */
import { writeYaml } from '../../../files/yaml.ts';
import type { Cluster } from '../../cluster-input.ts';
import { AUTHORITIES_FILE, trustsHouse } from '../../dns-and-certificates/house/authorities.ts';
import { isClosedByHouse, isClosedInCloud, SOURCE, signsInAs } from '../../egress/no-egress/closed.ts';
import type { ModuleInput } from '../../module.ts';
import { repositoryUrl } from '../../names.ts';
import { followedBranch } from '../../promotion/gate.ts';
import {
  followsReleases,
  liesInHarbor,
  NO_RELEASE,
  releaseRepository,
  SIGNER,
  SIGNER_SECRET,
  signingIdentity,
  signsWithKey,
} from '../../promotion/release/release.ts';
import { FLUX_NAMESPACE, type FluxInstance } from './kinds.ts';

type Spec = FluxInstance['spec'];
/** The authority of Harbor's certificate. */
export const REGISTRY_AUTHORITY = 'registry-ca';
/** The authority of the Git server's certificate, where the house has both. */
export const GIT_AUTHORITY = 'git-ca';

export function sourceKind(input: Pick<ModuleInput, 'stack'>): Spec['sync']['kind'] {
  return followsReleases(input) || isClosedInCloud(input) ? 'OCIRepository' : 'GitRepository';
}

export function syncOf(input: ModuleInput, cluster: Cluster): Spec['sync'] {
  const { name } = cluster;
  const path = `clusters/${name}`;
  const within = input.foundation.services?.registry?.within;
  if (isClosedInCloud(input) && within !== undefined)
    return {
      kind: 'OCIRepository',
      url: `oci://${within.addressOf(cluster)}/${SOURCE}`,
      ref: name,
      path,
      provider: signsInAs(input),
    };
  if (!followsReleases(input))
    return {
      kind: 'GitRepository',
      url: `${repositoryUrl(input)}.git`,
      ref: `refs/heads/${followedBranch(input, cluster)}`,
      path,
      pullSecret: FLUX_NAMESPACE,
    };
  const source = {
    kind: 'OCIRepository',
    url: `oci://${releaseRepository(input)}`,
    ref: name,
    path,
  } as const;
  return liesInHarbor(input) ? source : { ...source, pullSecret: FLUX_NAMESPACE };
}

/** The operator makes the source itself, so what it does not know of is patched in. */
export function sourcePatches(input: ModuleInput): Spec['kustomize']['patches'] {
  if (!followsReleases(input)) return [];
  const verify = signsWithKey(input)
    ? { provider: 'cosign', secretRef: { name: SIGNER_SECRET } }
    : { provider: 'cosign', matchOIDCIdentity: [signingIdentity(input)] };
  const operations = [
    { op: 'add', path: '/spec/verify', value: verify },
    ...(liesInHarbor(input)
      ? [{ op: 'add', path: '/spec/certSecretRef', value: { name: REGISTRY_AUTHORITY } }]
      : []),
  ];
  return [{ target: { kind: 'OCIRepository' }, patch: writeYaml([operations]).replace(/^---\n/, '') }];
}

const FROM_HOUSE = `--from-file=ca.crt=${AUTHORITIES_FILE}`;

/** Lines of scripts/bootstrap.sh that let Flux read its source. */
export function sourceSecrets(input: ModuleInput): string {
  const keep = (
    name: string,
    from: string,
    type = '',
  ) => String.raw`kubectl -n flux-system create secret generic ${name}${type} \
  ${from} \
  --dry-run=client -o yaml | kubectl apply --server-side --field-manager=bootstrap -f -
`;
  // Whoever reads the registry of the cloud signs in as itself.
  if (isClosedInCloud(input)) return '';
  const authority = trustsHouse(input)
    ? keep(REGISTRY_AUTHORITY, FROM_HOUSE)
    : `: "\${REGISTRY_CA:?the file with the authority that signs for Harbor}"\n${keep(REGISTRY_AUTHORITY, '--from-file=ca.crt="$REGISTRY_CA"')}`;
  const closed = isClosedByHouse(input);
  // What lies beside this repository is read without a token, and by the same authority.
  const beside = closed ? keep(GIT_AUTHORITY, FROM_HOUSE) : '';
  if (!followsReleases(input)) {
    const trusting = closed ? ` ${FROM_HOUSE}` : '';
    const git = keep(
      'flux-system',
      `--from-literal=username=git --from-file=password=<(printf %s "$GIT_TOKEN")${trusting}`,
    );
    return closed ? `${beside}${git}${authority}` : git;
  }
  const signer = signsWithKey(input)
    ? `scripts/check-placeholders.sh ${SIGNER}\n${keep(SIGNER_SECRET, `--from-file=cosign.pub=${SIGNER}`)}`
    : '';
  if (liesInHarbor(input)) return `${signer}${beside}${authority}`;
  const [host = ''] = releaseRepository(input).split('/');
  const login = `--from-file=.dockerconfigjson=<(printf '{"auths":{"${host}":{"username":"git","password":"%s"}}}' "$GIT_TOKEN")`;
  return `${signer}${keep(FLUX_NAMESPACE, login, ' --type=kubernetes.io/dockerconfigjson')}`;
}

/** A cluster without a release would wait for ever. */
export function firstRelease(input: ModuleInput): string {
  return followsReleases(input)
    ? `if grep -q '^${NO_RELEASE}$' "releases/$cluster"; then\n  echo "releases/$cluster names no release yet: docs/runbooks/release.md" >&2\n  exit 2\nfi\n`
    : '';
}
