/** How kubelets of machines of AWS sign in to ECR: by a password that ECR gives to the role of the machine for twelve hours. */
import type { RegistrySignIn } from '../self-managed/place.ts';
import { BY_ROLE, METADATA } from './programs.ts';

const NAME = 'ecr-credential-provider';

/** The request names an image; the answer holds for all images of its registry. */
const PROGRAM = `#!/usr/bin/env bash
# A password of ECR for the registry of the image that the kubelet asks for, by the role of this machine.
set -euo pipefail
image="$(sed -nE 's/.*"image" *: *"([^"]*)".*/\\1/p')"
registry="\${image%%/*}"
region="$(sed -nE 's/^[0-9]{12}\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com$/\\1/p' <<<"$registry")"
[ -n "$region" ] || { echo "$registry is no registry of ECR" >&2; exit 1; }
${METADATA}
${BY_ROLE}
answer="$(ask_aws "$region:ecr" --fail --max-time 30 --request POST --header 'content-type: application/x-amz-json-1.1' \\
  --header 'x-amz-target: AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken' --data '{}' "https://api.ecr.$region.amazonaws.com/")"
token="$(sed -nE 's/.*"authorizationToken" *: *"([^"]*)".*/\\1/p' <<<"$answer" | base64 -d)"
[ -n "$token" ] || { echo "ECR gives no password" >&2; exit 1; }
printf '{"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1","cacheKeyType":"Registry","cacheDuration":"6h0m0s","auth":{"%s":{"username":"%s","password":"%s"}}}\\n' \\
  "$registry" "\${token%%:*}" "\${token#*:}"
`;

/** The tools of AWS are part of its image of Windows, and sign with the role of the machine. */
const ON_WINDOWS = `$ErrorActionPreference = 'Stop'
$asked = [Console]::In.ReadToEnd() | ConvertFrom-Json
$registry = ($asked.image -split '/', 2)[0]
if ($registry -notmatch '^[0-9]{12}\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com$') { throw ($registry + ' is no registry of ECR') }
$lent = Get-ECRAuthorizationToken -Region $Matches[1]
$user, $password = [Text.Encoding]::ASCII.GetString([Convert]::FromBase64String($lent.AuthorizationToken)) -split ':', 2
$kept = '6h0m0s'
`;

export const ECR_SIGN_IN: RegistrySignIn = {
  program: { name: NAME, code: PROGRAM },
  windows: ON_WINDOWS,
  images: ['*.dkr.ecr.*.amazonaws.com'],
  talos: `siderolabs/${NAME}`,
};
