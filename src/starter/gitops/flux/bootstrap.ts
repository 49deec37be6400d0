/** The part of scripts/bootstrap.sh that puts Flux into a cluster. */
import { isClosedInCloud, REGISTRY_OF_CLOUD } from '../../egress/no-egress/closed.ts';
import { hasGrafana } from '../../metrics/data-source.ts';
import type { ModuleInput } from '../../module.ts';
import { CHART_IMAGES } from '../../registry/chart-images.ts';
import { mirrored } from '../../registry/upstreams.ts';
import { chartOf } from '../../release.ts';
import { DECRYPTION_KEY, decrypts } from '../../secrets/sops.ts';
import { GRAFANA_PASSWORD } from '../grafana-password.ts';
import { firstRelease, sourceSecrets } from './source.ts';

const OPERATOR = 'flux-operator';

export function fluxBootstrap(input: ModuleInput): string {
  const { repository, name, version } = chartOf(input, OPERATOR);
  const within = isClosedInCloud(input) ? input.foundation.services?.registry?.within : undefined;
  const [[, image] = []] = CHART_IMAGES[OPERATOR] ?? [];
  const chart = within === undefined ? `${repository}/${name}` : `"${repository}/${name}"`;
  const ofTheRegistry =
    within === undefined || image === undefined
      ? ''
      : `--set image.repository="${mirrored(image, REGISTRY_OF_CLOUD)}" `;
  return String.raw`${firstRelease(input)}echo "== Namespaces with their policies"
kustomize build "clusters/$cluster/namespaces" | kubectl apply --server-side --field-manager=bootstrap -f -

echo "== Secrets that lie in no file"
${hasGrafana(input) ? GRAFANA_PASSWORD : ''}${decrypts(input) ? DECRYPTION_KEY : ''}${sourceSecrets(input)}
echo "== Flux; its monitor comes later, with the kind that it is of"
${within === undefined ? '' : `${within.helmLogin}\n`}helm upgrade --install flux-operator ${chart} --version ${version} \
  --namespace flux-system --values platform/flux-operator/values.yaml \
  ${ofTheRegistry}--set serviceMonitor.create=false --wait --timeout 5m
kubectl apply --server-side --field-manager=bootstrap -f "clusters/$cluster/flux-instance.yaml"
kubectl -n flux-system wait fluxinstance/flux --for=condition=Ready --timeout=5m
kubectl -n flux-system wait kustomization.kustomize.toolkit.fluxcd.io/flux-system --for=condition=Ready --timeout=5m

echo "== Everything else follows; this takes about fifteen minutes"
for step in clusters/"$cluster"/*.yaml; do
  grep -q '^apiVersion: kustomize.toolkit.fluxcd.io' "$step" || continue
  step="$(basename "$step" .yaml)"
  kubectl -n flux-system wait "kustomization.kustomize.toolkit.fluxcd.io/$step" --for=condition=Ready --timeout=30m
done
flux get kustomizations
`;
}
