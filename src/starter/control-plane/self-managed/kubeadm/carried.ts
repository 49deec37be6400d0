/** kubeadm without a way out: packages and images of one version, carried in, and the only ones that a machine knows. */
import { FROM_STORE } from '../carried-programs.ts';
import type { CarriedPrograms } from '../distribution.ts';

/** Of the key that packages of Kubernetes are signed with: https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/. */
export const SIGNED_BY = 'DE15B14486CD377B9E876E1A234654DA9A296436';

/** As many packages as a bare system lacks: machines have some of them, and take what is missing. */
export const CARRIED_PACKAGES: CarriedPrograms = {
  tools: ['crane', 'docker', 'tar'],
  lines: `# In a system like that of the machines: what it lacks, from the archives of Ubuntu and Kubernetes, as a folder that apt reads.
docker run --rm --platform "linux/$architecture" --volume "$work:/work" ubuntu:26.04 bash -euc '
  export DEBIAN_FRONTEND=noninteractive
  apt-get -q update
  apt-get -qy install --no-install-recommends ca-certificates curl gpg
  from="https://pkgs.k8s.io/core:/stable:/v\${1%.*}/deb"
  keyring=/etc/apt/keyrings/kubernetes.gpg
  mkdir -p /etc/apt/keyrings /work/packages/partial
  curl --silent --show-error --fail --location --retry 5 --output /root/key "$from/Release.key"
  if [ "$(gpg --show-keys --with-colons /root/key | awk -F: "\\$1 == \\"fpr\\" { print \\$10; exit }")" != ${SIGNED_BY} ]; then
    echo "the key of the packages is not the one that is known" >&2
    exit 1
  fi
  gpg --dearmor --output "$keyring" /root/key
  echo "deb [signed-by=$keyring] $from/ /" >/etc/apt/sources.list.d/kubernetes.list
  apt-get -q update
  apt-get -qy install --download-only --option Dir::Cache::archives=/work/packages containerd "kubeadm=$1-*" "kubelet=$1-*" cri-tools
  rm -rf /work/packages/partial /work/packages/lock
  apt-get -qy install --no-install-recommends apt-utils "kubeadm=$1-*"
  (cd /work/packages && apt-ftparchive packages . >Packages)
  kubeadm config images list --kubernetes-version "v$1" >/work/images
  chmod -R a+rwX /work/packages
' bash "$version" >&2
tar -cf "$kept/packages.tar" -C "$work" packages
images=()
while read -r image; do images+=("$image"); done <"$work/images"
crane pull --platform "linux/$architecture" "\${images[@]}" "$kept/images.tar"`,
};

/** Lines of what a machine runs, in the place of those that ask archives: sources, packages, and how images get into containerd. */
export const INSTALL_CARRIED = `${FROM_STORE}

folder=/var/cache/carried
fetched="$(carried "packages.tar")"
images="$(carried "images.tar")"
rm -rf "$folder"
mkdir -p "$folder"
tar -xf "$fetched" -C "$folder" --no-same-owner
rm -f "$fetched"
mv "$images" "$folder/images.tar"
# No archive is reached from here, so apt knows of this folder alone.
echo "deb [trusted=yes] file:$folder/packages ./" >/etc/apt/carried.list
printf 'Dir::Etc::sourcelist "/etc/apt/carried.list";\\nDir::Etc::sourceparts "-";\\n' >/etc/apt/apt.conf.d/90carried
apt-get -q update
if ! command -v kubeadm >/dev/null; then
  # What the archive has brought for containerd stays.
  apt-get -qy -o Dpkg::Options::=--force-confold install containerd 'kubeadm=__KUBERNETES_VERSION__-*' 'kubelet=__KUBERNETES_VERSION__-*' cri-tools
  apt-mark hold containerd kubeadm kubelet cri-tools
fi
pause="$(tar -xOf "$folder/images.tar" manifest.json | grep -oE 'registry\\.k8s\\.io/pause:[0-9.]+' | head -n 1)"
sed -i "s|__PAUSE__|$pause|" /etc/containerd/config.toml
# Nothing brings them back once a kubelet has thrown them out, so it is told to leave them.
load_images() {
  ctr --namespace k8s.io images import "$folder/images.tar" >/dev/null
  ctr --namespace k8s.io images ls --quiet | grep '^registry\\.k8s\\.io/' |
    while read -r image; do ctr --namespace k8s.io images label "$image" io.cri-containerd.pinned=pinned >/dev/null; done
}`;
