/** How the settings of the Calico that RKE2 brings come onto hosts of the control plane. */
import type { ClusterInput } from '../../../cluster-input.ts';
import { windowsHosts } from './hosts.ts';

export const CALICO_CONFIG = 'infra/rke2/calico.yaml';
/** In the place of an address that every host reaches by the way that pods shall take; it need not answer. */
export const REACHED = '__REACHED__';
/** RKE2 applies what lies there whenever it changes. */
const MANIFESTS = '/var/lib/rancher/rke2/server/manifests';

/** Lines of scripts/host-config.sh for each host. */
export function calicoManifest(input: ClusterInput): string {
  return windowsHosts(input) === null
    ? ''
    : `
  if [ "$role" = control-plane ]; then
    mkdir -p "$folder${MANIFESTS}"
    sed -e "s|${REACHED}|$(hosts | awk '$4 == "control-plane" { print $2; exit }')|" ${CALICO_CONFIG} >"$folder${MANIFESTS}/rke2-calico-config.yaml"
  fi`;
}
