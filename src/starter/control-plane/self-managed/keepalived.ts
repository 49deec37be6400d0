/** keepalived: the address of the API moves to a host whose API server answers. */

import type { ClusterInput } from '../../cluster-input.ts';
import { commented, headline } from '../../headline.ts';

/** From the operating system and not from the cluster: it must move while the cluster is down. `asking`: how curl asks the API server of this host. */
export function keepalived(input: ClusterInput, asking: string): string {
  const comment = commented(
    headline(
      input,
      'control-plane',
      'The address of the API, on one host of the control plane at a time. scripts/host-config.sh fills in what stands between underscores.',
    ),
  );
  return `${comment}
global_defs {
  enable_script_security
  script_user root
}

vrrp_script api_server {
  script "/usr/bin/curl --silent --fail --max-time 3 ${asking}"
  interval 3
  fall 3
  rise 2
}

vrrp_instance api {
  state BACKUP
  nopreempt
  interface __INTERFACE__
  virtual_router_id 51
  priority 100
  advert_int 1
  unicast_src_ip __ADDRESS__
  unicast_peer {
__PEERS__
  }
  virtual_ipaddress {
    __API_ADDRESS__
  }
  track_script {
    api_server
  }
}
`;
}
