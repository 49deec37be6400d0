/** OpenShift in a cloud: its own router stays within, and a second one behind a public load balancer carries workloads. */
import type { IService } from 'kubernetes-models/v1';
import { markdownCode } from '../../files/markdown.ts';
import type { ConfigFolder, Runbook } from '../contribution.ts';
import type { CloudIngressController } from '../control-plane/openshift/kinds.ts';
import { isClosedInCloud } from '../egress/no-egress/closed.ts';
import { wayOut } from '../egress/way-out/way.ts';
import type { ModuleInput } from '../module.ts';
import type { PodPeer } from '../network/edge.ts';
import { answerOf, pickOf } from '../picks.ts';
import type { EdgeModule } from '../way-in.ts';
import { GATEWAY } from './gateway/way-in.ts';
import { routesNameClass } from './ingress/contribution.ts';
import { ingressRoute } from './ingress/way-in.ts';
import { externalTraffic, ofBalancerClass } from './placement.ts';
import { firstAddress } from './public-name.ts';

const DECISION = 'edge';
/** The option whose names lead to the name of a Service. */
export const NAMED_BY_SERVICE = 'ingress-openshift';
const FOLDER = 'router';
const NAME = 'workloads';
/** OpenShift makes this class itself, one for each router. */
const CLASS = `openshift-${NAME}`;
/** Not below the name of the cluster: a private zone answers for that within the network. */
const DOMAIN = 'edge-${CLUSTER_NAME}.${DNS_ZONE}';
const HOST = `router-${NAME}.${DOMAIN}`;
const LABELS = { 'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': NAME } as const;
const PROXIES: PodPeer = { kind: 'pods', namespace: 'openshift-ingress', labels: LABELS };

const MADE_BY_OPERATOR = 'The pods of a router are made by the operator of OpenShift.';

export const openshiftInCloud: EdgeModule = input => ({
  wayIn: {
    component: FOLDER,
    routeKind: 'Ingress',
    namespaceLabels: { [GATEWAY.access.label]: GATEWAY.access.value },
    sources: [PROXIES],
    proxies: null,
    routeOf: app =>
      ingressRoute(
        {
          className: CLASS,
          annotations: {
            'haproxy.router.openshift.io/timeout': '15s',
            ...(writesNames(input) ? { 'external-dns.alpha.kubernetes.io/target': HOST } : {}),
          },
        },
        app,
      ),
  },
  contribution: {
    config: [routers(input)],
    runbooks: [publicNames(input)],
    nextSteps: [`Open ${firstAddress(input)} (docs/runbooks/public-name.md).`],
    checks: [
      ...routesNameClass(input, CLASS),
      {
        decision: DECISION,
        says: 'Both routers are up, and that of workloads has an address.',
        command: `kubectl -n openshift-ingress-operator wait --for=condition=Available ingresscontrollers --all --timeout=5m && kubectl -n openshift-ingress get service ${NAME} -o jsonpath='{.status.loadBalancer.ingress[0]}' | grep -q .`,
        path: `platform-config/base/${FOLDER}/routers.yaml`,
      },
    ],
  },
});

const writesNames = ({ stack }: ModuleInput) =>
  pickOf(stack, 'dns-and-certificates') === 'external-dns-cert-manager';

/** On Azure and Google Cloud answers would leave by the border of the house, which has not seen the question. */
function answersInside(input: ModuleInput): boolean {
  return isClosedInCloud(input) || (answerOf(input.stack, 'cloud') !== 'aws' && wayOut(input) !== 'nat');
}

function routers(input: ModuleInput): ConfigFolder {
  const { foundation } = input;
  const { systemPool, loadBalancer } = foundation;
  const router = (
    name: string,
    spec: Omit<CloudIngressController['spec'], 'replicas' | 'nodePlacement'>,
  ): CloudIngressController => ({
    apiVersion: 'operator.openshift.io/v1',
    kind: 'IngressController',
    metadata: { name, namespace: 'openshift-ingress-operator' },
    spec: {
      replicas: 3,
      nodePlacement: {
        nodeSelector: { matchLabels: { ...systemPool.nodeSelector } },
        tolerations: systemPool.tolerations,
      },
      ...spec,
    },
  });
  const { label, value } = GATEWAY.access;
  const service: IService = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: NAME,
      namespace: 'openshift-ingress',
      annotations: {
        ...loadBalancer.annotations,
        'ignore-check.kube-linter.io/dangling-service': MADE_BY_OPERATOR,
        'kube-score/ignore': 'service-targets-pod',
        ...(writesNames(input) ? { 'external-dns.alpha.kubernetes.io/hostname': HOST } : {}),
      },
    },
    spec: {
      type: 'LoadBalancer',
      ...ofBalancerClass(foundation),
      externalTrafficPolicy: externalTraffic(foundation),
      selector: LABELS,
      ports: [
        { name: 'http', port: 80, targetPort: 'http' },
        { name: 'https', port: 443, targetPort: 'https' },
      ],
    },
  };
  return {
    id: FOLDER,
    decision: DECISION,
    says: 'The router of OpenShift itself, which stays within the network, and a second one for workloads with its load balancer.',
    objects: {
      routers: [
        // Console and signing in: never a name of a workload.
        router('default', {
          namespaceSelector: { matchExpressions: [{ key: label, operator: 'DoesNotExist' }] },
        }),
        router(NAME, {
          domain: DOMAIN,
          endpointPublishingStrategy: { type: 'Private' },
          namespaceSelector: { matchLabels: { [label]: value } },
        }),
      ],
      balancer: [service],
    },
  };
}

function publicNames(input: ModuleInput): Runbook {
  const [{ domain }] = input.clusters;
  const seen = `\`kubectl -n openshift-ingress get service ${NAME}\``;
  const made = writesNames(input)
    ? `ExternalDNS writes two kinds of records: the name of the router, ${markdownCode(HOST)}, which leads to the load balancer (${seen}), and a name for each Ingress, which leads to that of the router.`
    : `The names are made in your DNS: ${markdownCode(`*.${domain}`)} leads to the load balancer that ${seen} shows.`;
  return {
    id: 'public-name',
    title: 'Names that lead to the router',
    text: `Two routers run in \`openshift-ingress\`. \`default\` is that of OpenShift: console and signing in, at an address within the network. \`${NAME}\` has ${answersInside(input) ? 'an internal' : 'a public'} load balancer and
takes the workloads of namespaces with the label \`${GATEWAY.access.label}: ${GATEWAY.access.value}\`, and no others. ${made} Then ${firstAddress(input)} answers.

- *Application is not available*: no route has that name at this router: \`oc get routes --all-namespaces\`. OpenShift makes a route of
  each Ingress of the class \`${CLASS}\`, and not before the Secret that it names is there.
- *503* with a route: no pod is ready, or a policy keeps the router out ([network-denied](network-denied.md)).
- The load balancer has no address: \`kubectl -n openshift-ingress describe service ${NAME}\` says what the cloud answered.
- The certificate does not come: \`kubectl -n NAMESPACE describe certificate\` leads to the order and the challenge.
- The console is not found: its names answer within the network of the cluster alone.

Alerts of the routers come from OpenShift: \`HAProxyDown\`, \`IngressControllerDegraded\`, \`IngressControllerUnavailable\`.
`,
  };
}
