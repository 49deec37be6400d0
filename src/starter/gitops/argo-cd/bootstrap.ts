/** The part of scripts/bootstrap.sh that puts Argo CD into a cluster and hands it to itself. */
import { AUTHORITIES_FILE, hostsOfDelivery } from '../../dns-and-certificates/house/authorities.ts';
import { hasGrafana } from '../../metrics/data-source.ts';
import type { ModuleInput } from '../../module.ts';
import { chartArguments } from '../../release.ts';
import { GRAFANA_PASSWORD } from '../grafana-password.ts';
import { ARGO_AUTHORITIES, gitUrl } from './names.ts';

export function argoBootstrap(input: ModuleInput): string {
  return String.raw`echo "== Namespaces with their policies"
kustomize build "clusters/$cluster/namespaces" | kubectl apply --server-side --field-manager=argocd-controller -f -

echo "== Secrets that lie in no file"
${hasGrafana(input) ? GRAFANA_PASSWORD : ''}kubectl -n argocd create secret generic this-repository \
  --from-literal=type=git --from-literal=url=${gitUrl(input)} \
  --from-literal=username=git --from-file=password=<(printf %s "$GIT_TOKEN") \
  --dry-run=client -o yaml |
  kubectl label --local -f - argocd.argoproj.io/secret-type=repository -o yaml |
  kubectl apply --server-side --field-manager=bootstrap -f -
${authorities(hostsOfDelivery(input))}
echo "== Argo CD; its monitors come later, with the kind that they are of"
helm upgrade --install argo-cd ${chartArguments(input, 'argo-cd')} \
  --namespace argocd --values platform/argo-cd/values.yaml \
  --set controller.metrics.serviceMonitor.enabled=false --set server.metrics.serviceMonitor.enabled=false \
  --set repoServer.metrics.serviceMonitor.enabled=false --set applicationSet.metrics.serviceMonitor.enabled=false \
  --wait --timeout 10m
# From here on it delivers itself; Helm would only see what it installed once.
kubectl -n argocd delete secret --selector owner=helm,name=argo-cd

echo "== The root, and with it everything else; this takes about twenty minutes"
kustomize build delivery/projects | kubectl apply --server-side --field-manager=argocd-controller -f -
kubectl apply --server-side --field-manager=bootstrap -f "clusters/$cluster/root.yaml"
kubectl -n argocd wait application/root --for=jsonpath='{.status.operationState.phase}'=Succeeded --timeout=60m
kubectl -n argocd wait applications --all --for=jsonpath='{.status.health.status}'=Healthy --timeout=15m
kubectl -n argocd get applications
`;
}

/** Argo CD looks an authority up by the host that it calls. */
function authorities(hosts: readonly string[]): string {
  if (hosts.length === 0) return '';
  return `kubectl -n argocd create configmap ${ARGO_AUTHORITIES} \\
  ${hosts.map(host => `--from-file=${host}=${AUTHORITIES_FILE}`).join(' ')} \\
  --dry-run=client -o yaml |
  kubectl label --local -f - app.kubernetes.io/part-of=argocd -o yaml |
  kubectl apply --server-side --field-manager=bootstrap -f -
`;
}
