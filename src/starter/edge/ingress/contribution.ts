/** What every Ingress controller adds to the repository; each brings its values and its signs. */

import type { Contribution, HelmValues } from '../../contribution.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import type { ModuleInput } from '../../module.ts';
import { toApiServer } from '../../network/common-edges.ts';
import { platformNamespace } from '../../network/namespace.ts';
import type { Check, Placeholder } from '../../part.ts';
import type { WayIn } from '../../way-in.ts';
import { answersRequests } from '../../workload/kinds.ts';
import { edgeAlerts, edgeRunbook, type ProxySigns } from '../alerts.ts';
import { podMonitor } from '../monitor.ts';
import { proxyEdges } from '../proxy-edges.ts';
import { openFirst, publicName } from '../public-name.ts';
import { type IngressKind, wayThroughIngress } from './way-in.ts';

export interface IngressController extends IngressKind {
  readonly says: string;
  readonly release: string;
  readonly values: HelmValues;
  readonly signs: Omit<ProxySigns, 'namespace'>;
  readonly service: string;
  readonly ports: { readonly public: readonly number[]; readonly metrics: number };
  /** The name of the container's port that Prometheus reads. */
  readonly metricsPort: string;
  readonly crds: 'create-replace' | 'skip';
  readonly beside?: Readonly<Record<string, readonly KubernetesObject[]>>;
  readonly checks?: readonly Check[];
  readonly placeholders?: readonly Omit<Placeholder, 'file'>[];
}

export function ingressController(
  input: ModuleInput,
  controller: IngressController,
): { readonly contribution: Contribution; readonly wayIn: WayIn } {
  const { component, proxies, release, values, crds, says, beside = {} } = controller;
  const signs: ProxySigns = { ...controller.signs, namespace: proxies.namespace };
  return {
    wayIn: wayThroughIngress(controller),
    contribution: {
      namespaces: [platformNamespace(proxies.namespace, 'edge')],
      components: [
        {
          id: component,
          decision: 'edge',
          layer: 'platform-net',
          says,
          chart: { release, namespace: proxies.namespace, crds, values },
          objects: {
            ...beside,
            monitors: [podMonitor(component, proxies, { port: controller.metricsPort })],
            alerts: [edgeAlerts(input, signs)],
          },
        },
      ],
      // Also jobs of the chart.
      edges: [
        toApiServer(component, { kind: 'pods', namespace: proxies.namespace }),
        ...proxyEdges(component, proxies, controller.ports),
      ],
      runbooks: [
        publicName(input, {
          addressCommand: `kubectl -n ${proxies.namespace} get service ${controller.service} -o jsonpath='{.status.loadBalancer.ingress[0]}'`,
          certificateNamespace: 'demo',
          controllerNamespace: proxies.namespace,
        }),
        edgeRunbook(signs, proxies.namespace),
      ],
      nextSteps: [openFirst(input)],
      checks: [
        ...routesNameClass(input, controller.className),
        {
          decision: 'edge',
          says: 'The proxies run, and each Ingress has an address.',
          command: `kubectl -n ${proxies.namespace} rollout status deployment --timeout=10m && kubectl get ingress --all-namespaces`,
          path: `platform/${component}/values.yaml`,
        },
      ],
    },
  };
}

/** What confirms the class, where a route of the samples names one. */
export function routesNameClass(input: ModuleInput, className: string): readonly Check[] {
  if (!answersRequests(input)) return [];
  return [
    {
      decision: 'edge',
      says: 'Routes name the class of the controller that was chosen.',
      command: `grep -q '^  ingressClassName: ${className}$' apps/base/demo-web/route.yaml`,
      path: 'apps/base/demo-web/route.yaml',
    },
  ];
}
