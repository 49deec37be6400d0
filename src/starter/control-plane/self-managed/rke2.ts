/** RKE2: a configuration file per host, on the Linux that the house has. */
import { AUDIT_FLAGS } from './api-server.ts';
import type { Distribution, HostSettings } from './distribution.ts';
import { issuerFlags } from './place.ts';
import { flagsOf, onHost } from './rancher.ts';
import { rancherDistribution } from './rancher-distribution.ts';

const ON_HOST = onHost({ program: 'rke2' });

export const rke2: Distribution = {
  ...rancherDistribution(
    {
      title: 'RKE2',
      program: 'rke2',
      joinPort: 9345,
      founder: '',
      server,
      agent: { profile: 'cis' },
      kubelet: [],
      release: 'rke2r1',
    },
    {
      install: `Each host gets the folder of its name as it stands, the user \`etcd\` (\`useradd --system --no-create-home --shell /sbin/nologin etcd\`, on hosts of
the control plane), and the same secret in \`${ON_HOST}/token\`, readable by root alone: make it once (\`openssl rand -hex 32\`) and keep it where the
house keeps such things. Hosts of the control plane run keepalived as well.

1. The first host of the control plane: \`systemctl enable --now keepalived rke2-server\`, and wait until
   \`curl --insecure https://API_ADDRESS:9345/ping\` answers *pong*.
2. The other two, one after the other: the same.
3. All others: \`systemctl enable --now rke2-agent\`.`,
      upgrade: `1. \`kubectl cordon HOST\`, \`kubectl drain HOST --ignore-daemonsets --delete-emptydir-data\`.
2. Put the new release of RKE2 onto the host (the tarball and the images of the same version, where nothing can be fetched), and
   \`systemctl restart rke2-server\` or \`rke2-agent\`.
3. \`kubectl get node HOST\` shows the new version and Ready; \`kubectl uncordon HOST\`.`,
      restore: `1. Stop \`rke2-server\` on every host of the control plane.
2. On the first, with the whole path of the file (one that lies in the bucket alone is copied onto the host before):
   \`rke2 server --cluster-reset --etcd-s3=false --cluster-reset-restore-path=SNAPSHOT\`, then \`systemctl start rke2-server\`.
3. On the others: \`rm -rf /var/lib/rancher/rke2/server/db\`, then \`systemctl start rke2-server\`, one after the other.
4. Restart \`rke2-agent\` everywhere else.`,
      remove:
        '`kubectl delete node HOST`, then `rke2-uninstall.sh` on it. A host of the control plane leaves etcd with its node.',
    },
  ),
  // Its profile for the CIS benchmark brings policies by which its resolver answers names and no question about itself.
  closesSystemPods: true,
  // The load balancer that every host of RKE2 keeps to the API servers.
  apiServer: { host: '127.0.0.1', port: 6443 },
};

function server(settings: HostSettings): object {
  const { signsIn, servicesBy, place } = settings;
  const flags = {
    ...AUDIT_FLAGS,
    ...(signsIn ? { 'authentication-config': `${ON_HOST}/authentication.yaml` } : {}),
    profiling: 'false',
    ...issuerFlags(place),
    'tls-min-version': 'VersionTLS12',
  };
  return {
    cni: 'none',
    'disable-kube-proxy': servicesBy === 'network-plugin',
    'ingress-controller': 'none',
    // From 1.37 on it would bring the kinds of the Gateway API, which have one owner here.
    disable: ['rke2-gateway-api-crd'],
    profile: 'cis',
    'write-kubeconfig-mode': '0600',
    'secrets-encryption': true,
    'audit-policy-file': `${ON_HOST}/audit-policy.yaml`,
    'pod-security-admission-config-file': `${ON_HOST}/pod-security.yaml`,
    'kube-apiserver-arg': flagsOf(flags),
    ...(signsIn
      ? { 'kube-apiserver-extra-mount': [`${ON_HOST}/authentication.yaml:${ON_HOST}/authentication.yaml:ro`] }
      : {}),
  };
}
