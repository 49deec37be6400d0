/** Programs of a machine of Google Cloud: by its own account, which the server of metadata answers for. */
import type { MachinePrograms } from '../machines/first-boot.ts';
import type { RegistrySignIn } from '../self-managed/place.ts';

const ASK = `asked() { curl --silent --show-error --fail --retry 5 --header 'Metadata-Flavor: Google' "http://metadata.google.internal/computeMetadata/v1/$1"; }`;
const TOKEN = `token() { asked instance/service-accounts/default/token | sed -nE 's/.*"access_token" *: *"([^"]+)".*/\\1/p'; }`;

const STORE = `#!/usr/bin/env bash
# get OBJECT FILE, put FILE OBJECT, has OBJECT: the bucket of this cluster. What a machine is told lies in the folder of its role.
set -euo pipefail
${ASK}
${TOKEN}
object() {
  case "$1" in
    hosts/*) echo "hosts/__ROLE__/\${1#hosts/}" ;;
    *) echo "$1" ;;
  esac | sed 's|/|%2F|g'
}
call() { curl --silent --show-error --header @<(printf 'Authorization: Bearer %s' "$(token)") "$@"; }
storage=https://storage.googleapis.com
case "$1" in
  get) call --fail --output "$3" "$storage/storage/v1/b/__BUCKET__/o/$(object "$2")?alt=media" ;;
  put) call --fail --output /dev/null --request POST --upload-file "$2" "$storage/upload/storage/v1/b/__BUCKET__/o?uploadType=media&name=$(object "$3")" ;;
  has)
    case "$(call --output /dev/null --write-out '%{http_code}' "$storage/storage/v1/b/__BUCKET__/o/$(object "$2")")" in
      200) exit 0 ;;
      404) exit 1 ;;
      *) exit 2 ;;
    esac
    ;;
  *) exit 2 ;;
esac
`;

const PROVIDER_ID = `#!/usr/bin/env bash
# What Google calls this machine.
set -euo pipefail
${ASK}
zone="$(asked instance/zone)"
printf 'gce://%s/%s/%s\\n' "$(asked project/project-id)" "\${zone##*/}" "$(asked instance/name)"
`;

/** A kubelet asks it before it pulls from the registry of the project. */
const REGISTRY = `#!/usr/bin/env bash
# Lets the kubelet of this machine read Artifact Registry by the account of the machine.
set -euo pipefail
${ASK}
${TOKEN}
cat >/dev/null
printf '{"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1","cacheKeyType":"Registry","cacheDuration":"10m0s","auth":{"*-docker.pkg.dev":{"username":"oauth2accesstoken","password":"%s"}}}\\n' "$(token)"
`;

const REGISTRY_ON_WINDOWS = `$ErrorActionPreference = 'Stop'
[Console]::In.ReadToEnd() | Out-Null
$google = 'http://metadata.google.internal/computeMetadata/v1'
$lent = Invoke-RestMethod -Uri ($google + '/instance/service-accounts/default/token') -Headers @{ 'Metadata-Flavor' = 'Google' }
$registry, $user, $password = '*-docker.pkg.dev', 'oauth2accesstoken', $lent.access_token
$kept = '10m0s'
`;

export const ARTIFACT_REGISTRY_SIGN_IN: RegistrySignIn = {
  program: { name: 'artifact-registry', code: REGISTRY },
  windows: REGISTRY_ON_WINDOWS,
  images: ['*-docker.pkg.dev'],
  talos: null,
};

export const GOOGLE_PROGRAMS: MachinePrograms = { hostStore: STORE, providerId: PROVIDER_ID };
