/** An object of a foreign kind comes in a later step than what brings its kind. */
import { type ClusterView, clustersIn, type Step } from '../clusters.ts';
import { type ManifestObject, nameOf } from '../yaml-files.ts';
import { runsItself } from './auto-mode.ts';
import type { CrossCheck } from './cross-check.ts';
import { at } from './fields.ts';
import { providerOf } from './provider.ts';
import { stepsBefore } from './step-order.ts';

/** Groups that the API server has by itself. */
const BUILT_IN = /^(?:|apps|autoscaling|batch|policy|[a-z]+(?:\.[a-z]+)*\.k8s\.io)$/;
/** What brings the kinds of a group: a release or a set of manifests of this name. */
const BROUGHT_BY: Readonly<Record<string, string>> = {
  'barmancloud.cnpg.io': 'plugin-barman-cloud',
  'cert-manager.io': 'cert-manager',
  'external-secrets.io': 'external-secrets',
  'gateway.envoyproxy.io': 'envoy-gateway-crds',
  'gateway.networking.k8s.io': 'gateway-api',
  'gateway.k8s.aws': 'aws-load-balancer-controller',
  'karpenter.k8s.aws': 'karpenter-crd',
  'security.istio.io': 'istio-base',
  'networking.istio.io': 'istio-base',
  'telemetry.istio.io': 'istio-base',
  'spire.spiffe.io': 'spire-crds',
  'policy.linkerd.io': 'linkerd-crds',
  'trust.cert-manager.io': 'trust-manager',
  'karpenter.sh': 'karpenter-crd',
  'keda.sh': 'keda',
  'metallb.io': 'metallb',
  'monitoring.coreos.com': 'prometheus-operator-crds',
  'policies.kyverno.io': 'kyverno',
  'postgresql.cnpg.io': 'cloudnative-pg',
  'templates.gatekeeper.sh': 'gatekeeper',
  'externaldata.gatekeeper.sh': 'gatekeeper',
  'config.ratify.deislabs.io': 'ratify-crds',
};
/** Each template of Gatekeeper brings the kind of its constraints. */
const CONSTRAINTS = 'constraints.gatekeeper.sh';
/** Kinds of the tool of delivery are there before any step: the bootstrap brings them. */
const BOOTSTRAPPED = /\.toolkit\.fluxcd\.io$|^fluxcd\.controlplane\.io$|^argoproj\.io$/;

export const crdsFirst: CrossCheck = {
  code: 'crds-first',
  says: 'No object shares a step with what brings its kind, or comes before it.',
  check: tree => {
    const given = providerOf(tree).groups;
    return clustersIn(tree).flatMap(({ name, steps }) =>
      steps.flatMap(step => {
        const before = stepsBefore(steps, step.name);
        return step.objects.flatMap(object => {
          const group = groupOf(object);
          if (given.includes(group)) return [];
          const bringer = group === CONSTRAINTS ? object.kind : BROUGHT_BY[group];
          if (['karpenter.sh', 'networking.k8s.aws'].includes(group) && runsItself(tree)) return [];
          if (bringer === undefined) {
            if (BUILT_IN.test(group) || BOOTSTRAPPED.test(group) || installedFirst(steps, group)) return [];
            return [finding(name, step.name, object, `nothing is known to bring ${group}`)];
          }
          const bringing = steps.find(each => brings(each, bringer));
          if (bringing !== undefined && before.has(bringing.name)) return [];
          return [
            finding(
              name,
              step.name,
              object,
              `needs ${bringer}, which comes ${bringing === undefined ? 'nowhere' : `in ${bringing.name}`}`,
            ),
          ];
        });
      }),
    );
  },
};

/** Kinds of a network plugin that was there before delivery, and that delivery then takes over. */
function installedFirst(steps: ClusterView['steps'], group: string): boolean {
  const plugin = { 'cilium.io': 'cilium' }[group];
  return plugin !== undefined && steps.some(step => brings(step, plugin));
}

export function groupOf({ apiVersion }: Pick<ManifestObject, 'apiVersion'>): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}

function brings({ objects, installs }: Step, bringer: string): boolean {
  return (
    installs.some(({ name }) => name === bringer) ||
    objects.some(
      ({ kind, spec }) =>
        kind === 'ConstraintTemplate' && at(spec, 'crd', 'spec', 'names', 'kind') === bringer,
    )
  );
}

function finding(cluster: string, step: string, object: ManifestObject, message: string) {
  return { code: 'crds-first', place: `${cluster}/${step}: ${nameOf(object)}`, message };
}
