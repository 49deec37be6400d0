/** infra/machines/first-boot.yaml: the programs that a machine of Azure has from its first boot. */
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { firstBoot } from '../machines/first-boot.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { registrySignInOf } from '../self-managed/registry-sign-in.ts';
import { azurePlace } from './place.ts';
import { PULLER } from './registry-sign-in.ts';

export const FIRST_BOOT = 'first-boot.yaml';

/** `__STORE__`: the account, and the client id of the machine's own identity. A token is no argument, where others of the machine could read it. */
const HOST_STORE = String.raw`#!/usr/bin/env bash
# Reads and writes the storage account of the machines, by the identity of this one: host-store get OBJECT FILE | put FILE OBJECT | has OBJECT
set -euo pipefail
account=__STORE__
client="${'${account#*/}'}"
account="${'${account%%/*}'}"
metadata=http://169.254.169.254/metadata/identity/oauth2/token

# Each machine has a container of its own; the others are shared.
address_of() {
  local path="$1"
  case "$path" in
    hosts/*) path="$(basename "$path" .tar.gz)" && path="host-$path/config.tar.gz" ;;
  esac
  echo "https://$account.blob.core.windows.net/$path"
}
token() {
  curl --silent --fail --max-time 10 --retry 3 --noproxy '*' --header 'Metadata: true' \
    "$metadata?api-version=2018-02-01&client_id=$client&resource=https%3A%2F%2Fstorage.azure.com%2F" |
    sed -nE 's/.*"access_token": *"([^"]+)".*/\1/p'
}
ask() {
  local bearer
  bearer="$(token)"
  [ -n "$bearer" ] || { echo "Azure hands out no token for this machine yet" >&2; return 2; }
  curl --silent --show-error --location --retry 3 --header 'x-ms-version: 2023-11-03' \
    --header @<(printf 'Authorization: Bearer %s\n' "$bearer") "$@"
}

case "${'${1:-}'}" in
  get) ask --fail --output "$3" "$(address_of "$2")" ;;
  put) ask --fail --output /dev/null --header 'x-ms-blob-type: BlockBlob' --upload-file "$2" "$(address_of "$3")" ;;
  has)
    code="$(ask --head --output /dev/null --write-out '%{http_code}' "$(address_of "$2")" || true)"
    case "$code" in 200) exit 0 ;; 404) exit 1 ;; *) exit 2 ;; esac
    ;;
  *) echo "usage: host-store get OBJECT FILE | put FILE OBJECT | has OBJECT" >&2; exit 2 ;;
esac
`;

/** In the form in which the controller of the cloud writes it. */
const PROVIDER_ID = String.raw`#!/usr/bin/env bash
# What Azure calls this machine.
set -euo pipefail
compute() {
  curl --silent --fail --max-time 10 --retry 3 --noproxy '*' --header 'Metadata: true' \
    "http://169.254.169.254/metadata/instance/compute/$1?api-version=2021-02-01&format=text"
}
group="$(compute resourceGroupName | tr '[:upper:]' '[:lower:]')"
echo "azure:///subscriptions/$(compute subscriptionId)/resourceGroups/$group/providers/Microsoft.Compute/virtualMachines/$(compute name)"
`;

const API_HERE = `#!/usr/bin/env bash
# A machine never reaches itself by way of an internal load balancer of Azure. While the API server of this one answers, its name leads here.
set -uo pipefail
[ "__ROLE__" = control-plane ] || exit 0
line='__ADDRESS__ __API_NAME__ # api-here'
while true; do
  if curl --silent --insecure --max-time 3 --output /dev/null https://__ADDRESS__:6443/; then
    grep -qxF "$line" /etc/hosts || echo "$line" >>/etc/hosts
  else
    sed -i '/ # api-here$/d' /etc/hosts
  fi
  sleep 5
done
`;

const API_HERE_UNIT = `[Unit]
Description=The short way to the API server of this machine
After=network-online.target
Wants=network-online.target

[Service]
ExecStart=/usr/local/sbin/api-here
Restart=on-failure
RestartSec=5

[Install]
WantedBy=multi-user.target
`;

export function firstBootFile(input: ClusterInput, folder: string, distribution: Distribution): FileTree {
  const pulls = registrySignInOf(input, azurePlace(distribution), distribution) !== null;
  return new Map([
    [
      `${folder}/${FIRST_BOOT}`,
      firstBoot(input, {
        hostStore: HOST_STORE,
        providerId: PROVIDER_ID,
        files: [
          ...(pulls ? [{ path: PULLER.path, permissions: '0644', content: `${PULLER.mark}\n` }] : []),
          { path: '/usr/local/sbin/api-here', permissions: '0755', content: API_HERE },
          { path: '/etc/systemd/system/api-here.service', permissions: '0644', content: API_HERE_UNIT },
        ],
        services: ['api-here.service'],
      }),
    ],
  ]);
}
