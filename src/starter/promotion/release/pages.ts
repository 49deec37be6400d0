/** What people have to know of releases: the first one, a promotion, a way back, a signature that is refused. */
import type { Runbook } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { repositoryPath, repositoryUrl } from '../../names.ts';
import { pickOf } from '../../picks.ts';
import { cloudKey, keeperOf } from './cloud-key.ts';
import { ISSUER, releaseRepository, SIGNER, signsWithKey } from './release.ts';

export function releaseSteps(input: ModuleInput, harbor: boolean): readonly string[] {
  const [first] = input.clusters;
  const key = cloudKey(input);
  return [
    ...(harbor
      ? [
          'Make the environment `release` in GitHub, for the branch main alone, with a robot account of Harbor that may push to the project `apps` and expires after thirty days: its name as the variable `HARBOR_ROBOT`, its secret as the secret `HARBOR_ROBOT`. Harbor trusts no token of a pipeline, so this is the one key that somebody has to renew. Let tags of releases change in that project.',
        ]
      : []),
    ...(key !== null ? [environmentStep(harbor), key.step] : []),
    ...(signsWithKey(input) && key === null
      ? [
          'Make the key that signs releases in Vault, and the role by which the environment `release` alone may sign with it (docs/runbooks/release.md); put the address of Vault into the variable `VAULT_ADDR`.',
        ]
      : []),
    'Let pull requests of workflows be made in the settings of the repository (*Actions*, *General*), and protect `releases/` by CODEOWNERS: who approves a change there promotes.',
    `Before scripts/bootstrap.sh the first release has to be there: merge to main, let \`.github/workflows/release.yaml\` build and sign it, and merge the pull request that asks for it in ${first.name} (docs/runbooks/release.md).`,
  ];
}

/** With Harbor it is there already. */
function environmentStep(harbor: boolean): string {
  return harbor
    ? 'Releases are signed from the environment `release` as well: keep it to the branch main.'
    : 'Make the environment `release` in GitHub, for the branch main alone.';
}

export function releaseRunbook(input: ModuleInput): Runbook {
  const names = input.clusters.map(({ name }) => name);
  const [first = '', second = first] = names;
  const pushed = pickOf(input.stack, 'gitops') === 'push';
  return {
    id: 'release',
    title: 'A release, its promotion, and the way back',
    text: `A release is everything that is delivered, in one artifact: \`${releaseRepository(input)}\`. It is built once, from main, after every check has
passed; the same commit makes the same bytes. ${
      signsWithKey(input)
        ? `A key in ${keeperOf(input)} signs it, which never leaves it.`
        : 'The workflow signs it with its own identity, without a key.'
    } What a cluster stands at is the digest in \`releases/CLUSTER\`.

## Promoting

1. Merging to main builds a release and opens a pull request that asks for it in ${first}.
2. It has run there long enough: \`gh workflow run promote.yaml -f to=${second} -f from=${first}\`, or \`scripts/promote.sh ${second} ${first}\` and a pull
   request of your own. Either verifies the signature first.
3. Checks of a pull request that a workflow opened start only when a person closes and reopens it, or approves them to run.
4. ${
      pushed
        ? 'The merge runs `.github/workflows/deliver.yaml`, which verifies the signature again and delivers from the unpacked artifact.'
        : 'The merge moves the tag of the cluster to the digest. Flux sees it within minutes, verifies the signature itself, and applies nothing that it cannot verify.'
    }

The order is ${names.join(', then ')}. What differs between two of them: \`diff releases/${first} releases/${second}\`.

## The way back

\`git log -p releases/${second}\` names every digest that was there. \`scripts/promote.sh ${second} sha256:...\` with the one before, and merge: no build,
no waiting. Keep the last fifty releases in the registry.

## Its signature is refused

1. ${
      pushed
        ? 'The job stops at `scripts/verify-release.sh`, before anything is applied.'
        : '`flux get sources oci` says *verification failed*, and the cluster goes on as it is.'
    }
2. Who signed it: \`cosign tree\` and \`cosign verify\` with the release and its digest. ${
      signsWithKey(input)
        ? `Only the key in ${keeperOf(input)} counts: it was made anew and \`releases/cosign.pub\` holds the old half, or somebody else pushed it.`
        : 'Only `.github/workflows/release.yaml` on main counts: the\n   workflow was renamed, the repository moved, or somebody else pushed it.'
    }
3. Never take the verification out to get on. Promote the release before.
${signsWithKey(input) && cloudKey(input) === null ? keyInVault(input) : ''}`,
  };
}

/** Issuer of the tokens of jobs: that of GitHub, or of the Enterprise Server that the repository lies on. */
function issuerOf(input: ModuleInput): string {
  const { host, origin } = new URL(repositoryUrl(input));
  return host === 'github.com' ? ISSUER : `${origin}/_services/token`;
}

function keyInVault(input: ModuleInput): string {
  return `
## The key

Made once, by somebody who may change Vault. Nobody reads its private half, and nobody but the environment \`release\` signs with it:

\`\`\`sh
vault secrets enable transit
vault write -f transit/keys/release type=ecdsa-p256
vault policy write release - <<'POLICY'
path "transit/keys/release" { capabilities = ["read"] }
path "transit/sign/release/*" { capabilities = ["update"] }
POLICY
vault auth enable jwt
vault write auth/jwt/config oidc_discovery_url=${issuerOf(input)} bound_issuer=${issuerOf(input)}
vault write auth/jwt/role/release role_type=jwt user_claim=sub bound_audiences=vault \\
  bound_subject=repo:${repositoryPath(input)}:environment:release token_policies=release token_ttl=15m
cosign public-key --key hashivault://release >${SIGNER}
\`\`\`
`;
}
