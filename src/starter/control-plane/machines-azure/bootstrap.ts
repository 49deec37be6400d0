/** Lines of scripts/bootstrap.sh and scripts/fill-cluster-vars.sh for machines of Azure. */

import type { ClusterInput } from '../../cluster-input.ts';
import { sameAsInfrastructure } from '../aks/automation.ts';
import { AS_LINES } from '../as-lines.ts';
import { hostsAndNetwork, READ_INVENTORY } from '../self-managed/bootstrap.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { HOSTS_FOLDER } from '../self-managed/inventory.ts';
import { BALANCERS } from './balancer-objects.ts';
import { CLOUD_CONFIG, DISKS } from './disks.ts';
import { KEYS } from './issuer.ts';
import { azurePlace, MACHINES_FOLDER } from './place.ts';

export function azureBootstrap(input: ClusterInput, distribution: Distribution): string {
  return String.raw`${sameAsInfrastructure(MACHINES_FOLDER)}
echo "== The cluster is that of ${HOSTS_FOLDER}/$cluster.conf"
${READ_INVENTORY}diff <(variables | sort) <(while IFS='=' read -r key _; do echo "$key=$(setting "$key")"; done < <(variables) | sort)
${hostsAndNetwork(input, distribution, azurePlace(distribution))}
echo "== Who signs tokens of service accounts, and the keys to check that with, where Azure reads them"
command -v az >/dev/null || { echo "az is missing" >&2; exit 2; }
issuer="$(setting ISSUER)"
kubectl get --raw /.well-known/openid-configuration | grep -qF "\"issuer\":\"$issuer\"" ||
  { echo "the API server signs as somebody else than $issuer: scripts/host-config.sh $cluster, and the machines of the control plane again" >&2; exit 1; }
account="$(tofu -chdir=${MACHINES_FOLDER} output -raw issuer_account)"
for document in .well-known/openid-configuration openid/v1/jwks; do
  file="$(mktemp)"
  kubectl get --raw "/$document" >"$file"
  az storage blob upload --auth-mode login --account-name "$account" --container-name ${KEYS} --name "$document" --file "$file" \
    --content-type application/json --overwrite --no-progress --only-show-errors --output none
  rm -f "$file"
done

echo "== Where controllers find the machines; no secret is in it, but they read it from one"
for namespace in ${BALANCERS} ${DISKS}; do
  kubectl get namespace "$namespace" >/dev/null 2>&1 || kubectl create namespace "$namespace"
  kubectl -n "$namespace" create secret generic ${CLOUD_CONFIG.name} \
    --from-file=${CLOUD_CONFIG.key}=<(tofu -chdir=${MACHINES_FOLDER} output -raw cloud_config) --dry-run=client -o yaml |
    kubectl apply --server-side --field-manager=bootstrap -f -
done
`;
}

/** After the variables of manifests, the same in the inventory, and what only the inventory has. */
export const fillInventory = ({ setUpBy }: Distribution): string =>
  String.raw`
inventory="${HOSTS_FOLDER}/$cluster.conf"
cp "$inventory" "$filled"
while IFS='=' read -r name value; do
  sed -E "s|^($name=).*|\1$value|" "$filled" >"$filled.next"
  mv "$filled.next" "$filled"
done < <(
  tofu -chdir=${MACHINES_FOLDER} output -json cluster_vars | ${AS_LINES}
  echo "ISSUER=$(tofu -chdir=${MACHINES_FOLDER} output -raw issuer)"
${setUpBy === 'machine' ? `  echo "HOST_STORE=$(tofu -chdir=${MACHINES_FOLDER} output -raw host_store)"\n` : ''})
cp "$filled" "$inventory"
git --no-pager diff --stat -- "$inventory"
`.trimStart();
