#!/usr/bin/env bash
# Follows ADR-0013 (docs/adr/0013-pod-network-calico.md).
# Installs Calico into a cluster whose hosts wait for it; scripts/bootstrap.sh runs it. Safe to run again: an installed release is left to GitOps.
# POD_CIDR: the range of pods, which scripts/bootstrap.sh takes from the inventory.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${POD_CIDR:?}"
for tool in helm kubectl; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: mise install" >&2; exit 2; }
done
if helm -n tigera-operator status calico >/dev/null 2>&1; then
  echo "Calico is installed; GitOps owns it."
  exit 0
fi

kubectl apply --server-side --field-manager=bootstrap \
  -f platform/namespaces/tigera-operator.yaml -f platform/namespaces/calico-system.yaml

helm upgrade --install calico-crds crd.projectcalico.org.v1 --repo https://docs.tigera.io/calico/charts --version v3.32.1 --namespace kube-system
kubectl wait --for=condition=Established crd/installations.operator.tigera.io --timeout=2m

pools='[{"name":"default-ipv4-ippool","cidr":"POD_CIDR","encapsulation":"VXLAN","natOutgoing":"Enabled","nodeSelector":"all()","blockSize":26,"disableBGPExport":false,"disableNewAllocations":false,"allowedUses":["Workload","Tunnel"],"assignmentMode":"Automatic"}]'
helm install calico tigera-operator --repo https://docs.tigera.io/calico/charts --version v3.32.1 \
  --namespace tigera-operator --values platform/calico/values.yaml --set-json "installation.calicoNetwork.ipPools=${pools/POD_CIDR/$POD_CIDR}"
