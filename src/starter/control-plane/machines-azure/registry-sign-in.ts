/** How kubelets of machines of Azure sign in to ACR: by a token of the identity that pulls, which the registry takes for a password of three hours. */
import type { RegistrySignIn } from '../self-managed/place.ts';

const NAME = 'acr-sign-in';
/** Which of the identities of a machine pulls: written at its first boot, with Windows into a folder that the system and administrators alone read. */
export const PULLER = {
  path: '/etc/acr-identity',
  onWindows: 'C:\\host\\acr-identity',
  mark: '__PULLER__',
} as const;
export const METADATA = 'http://169.254.169.254/metadata';

/** The request names an image; the answer holds for all images of its registry. A token is no argument, where others of the machine could read it. */
const PROGRAM = `#!/usr/bin/env bash
# A password of ACR for the registry of the image that the kubelet asks for, by the identity that pulls on this machine.
set -euo pipefail
image="$(sed -nE 's/.*"image" *: *"([^"]*)".*/\\1/p')"
registry="\${image%%/*}"
[[ "$registry" =~ ^[a-z0-9]+\\.azurecr\\.io$ ]] || { echo "$registry is no registry of Azure" >&2; exit 1; }
metadata=http://169.254.169.254/metadata/identity/oauth2/token
bearer="$(curl --silent --fail --max-time 10 --retry 3 --noproxy '*' --header 'Metadata: true' \\
  "$metadata?api-version=2018-02-01&client_id=$(cat ${PULLER.path})&resource=https%3A%2F%2Fcontainerregistry.azure.net" |
  sed -nE 's/.*"access_token" *: *"([^"]+)".*/\\1/p')"
[ -n "$bearer" ] || { echo "Azure hands out no token for the identity of ${PULLER.path}" >&2; exit 1; }
password="$(curl --silent --show-error --fail --max-time 30 --retry 3 \\
  --data @<(printf 'grant_type=access_token&service=%s&access_token=%s' "$registry" "$bearer") "https://$registry/oauth2/exchange" |
  sed -nE 's/.*"refresh_token" *: *"([^"]+)".*/\\1/p')"
[ -n "$password" ] || { echo "$registry gives no password" >&2; exit 1; }
printf '{"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1","cacheKeyType":"Registry","cacheDuration":"1h0m0s","auth":{"%s":{"username":"00000000-0000-0000-0000-000000000000","password":"%s"}}}\\n' \\
  "$registry" "$password"
`;

const ON_WINDOWS = `$ErrorActionPreference = 'Stop'
$asked = [Console]::In.ReadToEnd() | ConvertFrom-Json
$registry = ($asked.image -split '/', 2)[0]
if ($registry -notmatch '^[a-z0-9]+\\.azurecr\\.io$') { throw ($registry + ' is no registry of Azure') }
$puller = (Get-Content -Raw -Path '${PULLER.onWindows}').Trim()
$lent = Invoke-RestMethod -Headers @{ Metadata = 'true' } -Uri ('${METADATA}/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fcontainerregistry.azure.net&client_id=' + $puller)
$given = Invoke-RestMethod -Method Post -Uri ('https://' + $registry + '/oauth2/exchange') -Body @{
  grant_type = 'access_token'
  service = $registry
  access_token = $lent.access_token
}
$user, $password = '00000000-0000-0000-0000-000000000000', $given.refresh_token
$kept = '1h0m0s'
`;

export const ACR_SIGN_IN: RegistrySignIn = {
  program: { name: NAME, code: PROGRAM },
  windows: ON_WINDOWS,
  images: ['*.azurecr.io'],
  // The project publishes one for ECR and none for ACR.
  talos: null,
};
