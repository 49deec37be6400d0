/** The router that OpenShift brings: Ingress objects of its class, behind an address that moves between hosts or a load balancer of the cloud. */
import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1';
import { markdownCode } from '../../files/markdown.ts';
import type { ConfigFolder, Runbook } from '../contribution.ts';
import { HOST_NETWORK } from '../control-plane/openshift/host-network.ts';
import type { IngressController } from '../control-plane/openshift/kinds.ts';
import { HOSTS_FOLDER } from '../control-plane/self-managed/inventory.ts';
import { PUBLIC_ISSUER } from '../dns-and-certificates/cert-manager.ts';
import type { ModuleInput } from '../module.ts';
import { answerOf } from '../picks.ts';
import type { EdgeModule } from '../way-in.ts';
import { ANY_DOMAIN, GATEWAY } from './gateway/way-in.ts';
import { routesNameClass } from './ingress/contribution.ts';
import { ingressRoute } from './ingress/way-in.ts';
import { openshiftInCloud } from './openshift-in-cloud.ts';
import { firstAddress } from './public-name.ts';

const DECISION = 'edge';
/** OpenShift makes this class itself. */
const CLASS = 'openshift-default';
const FOLDER = 'router';
const CERTIFICATE = 'router-certificate';

export const ingressOpenshift: EdgeModule = input =>
  answerOf(input.stack, 'cloud') === 'on-prem' ? onHosts(input) : openshiftInCloud(input);

const onHosts: EdgeModule = input => ({
  wayIn: {
    component: FOLDER,
    routeKind: 'Ingress',
    namespaceLabels: { [GATEWAY.access.label]: GATEWAY.access.value },
    // The router shares the network of its host.
    sources: [HOST_NETWORK],
    proxies: null,
    entry: 'address that moves between hosts',
    routeOf: app =>
      ingressRoute({ className: CLASS, annotations: { 'haproxy.router.openshift.io/timeout': '15s' } }, app),
  },
  contribution: {
    config: [router(input)],
    runbooks: [publicNames(input)],
    nextSteps: [`Open ${firstAddress(input)} (docs/runbooks/public-name.md).`],
    checks: [
      ...routesNameClass(input, CLASS),
      {
        decision: DECISION,
        says: 'The router is up, and its own names have a certificate of this repository.',
        command: `kubectl wait --for=condition=Available clusteroperator/ingress --timeout=5m && kubectl -n openshift-ingress wait --for=condition=Ready certificate/${CERTIFICATE} --timeout=10m`,
        path: `platform-config/base/${FOLDER}/router.yaml`,
      },
    ],
  },
});

function router(input: ModuleInput): ConfigFolder {
  const { systemPool } = input.foundation;
  const controller: IngressController = {
    apiVersion: 'operator.openshift.io/v1',
    kind: 'IngressController',
    metadata: { name: 'default', namespace: 'openshift-ingress-operator' },
    spec: {
      replicas: 3,
      nodePlacement: {
        nodeSelector: { matchLabels: { ...systemPool.nodeSelector } },
        tolerations: systemPool.tolerations,
      },
      defaultCertificate: { name: CERTIFICATE },
    },
  };
  const certificate: ICertificate = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: CERTIFICATE, namespace: 'openshift-ingress' },
    spec: {
      secretName: CERTIFICATE,
      dnsNames: [`*.apps.${ANY_DOMAIN}`],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: PUBLIC_ISSUER },
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
    },
  };
  return {
    id: FOLDER,
    decision: DECISION,
    says: 'Where the router runs, and the certificate of the console and of signing in.',
    objects: { router: [controller], certificate: [certificate] },
    patches: ({ domain }) => [
      {
        target: { group: 'cert-manager.io', version: 'v1', kind: 'Certificate', name: CERTIFICATE },
        operations: [{ op: 'replace', path: '/spec/dnsNames', value: [`*.apps.${domain}`] }],
      },
    ],
  };
}

function publicNames(input: ModuleInput): Runbook {
  const [{ name, domain }] = input.clusters;
  return {
    id: 'public-name',
    title: 'Names that lead to the router',
    text: `\`INGRESS_ADDRESS\` in \`${HOSTS_FOLDER}/${name}.conf\` moves between the hosts that run the router. Two names point at it in your DNS, made before the first
host starts: ${markdownCode(`*.apps.${domain}`)}, which the console and signing in are below, and ${markdownCode(`*.${domain}`)} for workloads. Then ${firstAddress(input)} answers.

- *Application is not available*: no route has that name. \`kubectl get ingress --all-namespaces\`, then \`oc get routes --all-namespaces\`: OpenShift makes a route of
  each Ingress of the class \`${CLASS}\`, and not before the Secret that it names is there.
- *503* with a route: no pod is ready, or a policy keeps the router out ([network-denied](network-denied.md)). It comes from the network of hosts.
- The certificate does not come: \`kubectl -n NAMESPACE describe certificate\` leads to the order and the challenge.
- The console has an old certificate: \`oc -n openshift-ingress get secret ${CERTIFICATE}\`, and \`oc get clusteroperator ingress\` for what its operator thinks of it.

Alerts of the router come from OpenShift: \`HAProxyDown\`, \`IngressControllerDegraded\`, \`IngressControllerUnavailable\`.
`,
  };
}
