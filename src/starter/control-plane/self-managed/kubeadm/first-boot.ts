/** What a machine of a cloud does with its archive to become a node of kubeadm. */
import type { ClusterInput } from '../../../cluster-input.ts';
import { commented, headline } from '../../../headline.ts';
import { toldOfProxy } from '../host-proxy.ts';
import { sandboxFirst } from '../host-sandbox.ts';
import { type CloudMachines, HOST_STORE } from '../place.ts';
import { INSTALL_CARRIED, SIGNED_BY } from './carried.ts';
import { ON_HOST } from './configuration.ts';

const fromArchives = ({
  kubernetes,
}: ClusterInput) => `packages=https://pkgs.k8s.io/core:/stable:/v${kubernetes}/deb
keyring=/etc/apt/keyrings/kubernetes.gpg

if ! command -v kubeadm >/dev/null; then
  mkdir -p /etc/apt/keyrings
  fetched="$(mktemp)"
  curl --silent --show-error --fail --location --retry 5 --output "$fetched" "$packages/Release.key"
  if [ "$(gpg --show-keys --with-colons "$fetched" | awk -F: '$1 == "fpr" { print $10; exit }')" != ${SIGNED_BY} ]; then
    echo "the key of the packages is not the one that is known" >&2
    exit 1
  fi
  gpg --dearmor --yes --output "$keyring" "$fetched"
  chmod 0644 "$keyring"
  rm -f "$fetched"
  echo "deb [signed-by=$keyring] $packages/ /" >/etc/apt/sources.list.d/kubernetes.list
  apt-get -q update
  # What the archive has brought for containerd stays.
  apt-get -qy -o Dpkg::Options::=--force-confold install containerd 'kubeadm=__KUBERNETES_VERSION__-*' 'kubelet=__KUBERNETES_VERSION__-*' cri-tools
  apt-mark hold containerd kubeadm kubelet cri-tools
fi`;

export function installKubeadm(input: ClusterInput, { programs }: CloudMachines): string {
  const comment = commented(
    headline(
      input,
      'distribution',
      'Installs containerd and kubeadm, then founds or joins the cluster: host-config runs this on a machine at its first boot.',
    ),
  );
  return `#!/usr/bin/env bash
${comment}
set -euo pipefail
umask 022
export DEBIAN_FRONTEND=noninteractive
role=__ROLE__
founds=__FOUNDS__
${toldOfProxy(input, '/etc/default/containerd')}${programs === 'carried' ? INSTALL_CARRIED : fromArchives(input)}

# A node: what else changes on it is an upgrade, and its runbook says how.
node=/var/lib/kubeadm-node
if [ -e "$node" ]; then ${programs === 'carried' ? 'load_images; ' : ''}exit 0; fi

swapoff --all
systemctl restart systemd-modules-load
sysctl --system >/dev/null
${sandboxFirst(input)}systemctl enable containerd kubelet
systemctl restart containerd
${programs === 'carried' ? 'load_images\n' : ''}sed -i "s|__PROVIDER_ID__|$(provider-id)|" /etc/kubernetes/kubeadm.yaml
# What an attempt has left that did not get to its end.
begin_anew() { if [ -e /etc/kubernetes/kubelet.conf ] || [ -d /etc/kubernetes/pki ]; then kubeadm reset --force >/dev/null; fi; }
ready() { curl --silent --fail --insecure --max-time 5 --output /dev/null "https://$1:6443/readyz"; }

if [ "$founds" = yes ]; then
  founded=0
  ${HOST_STORE} has shared/founded || founded=$?
  if [ "$founded" -ne 1 ]; then
    echo "the cluster is founded already, or nobody can say: put another host of the control plane above this one in the inventory" >&2
    exit 1
  fi
  begin_anew
  kubeadm init --config /etc/kubernetes/kubeadm.yaml --upload-certs >/dev/null
  # What the others know the cluster by is public; that it comes from here is what they trust.
  known="$(mktemp)"
  kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-public get configmap cluster-info -o jsonpath='{.data.kubeconfig}' >"$known"
  ${HOST_STORE} put "$known" shared/cluster-info.conf
  ${HOST_STORE} put /etc/hostname shared/founded
else
  until ${HOST_STORE} get shared/cluster-info.conf ${ON_HOST}/cluster-info.conf; do sleep 10; done
  # etcd takes one new member at a time.
  before="__BEFORE__"
  if [ -n "$before" ]; then until ready "$before"; do sleep 10; done; else until ready __API_NAME__; do sleep 10; done; fi
  begin_anew
  kubeadm join --config /etc/kubernetes/kubeadm.yaml
fi
touch "$node"
if [ "$role" = control-plane ]; then systemctl enable --now etcd-snapshot.timer; fi
`;
}
