/** The public gateway: HTTPS for every name of the domain, HTTP only to be sent there, whatever proxies serve it. */
import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1';
import type {
  IGateway,
  IGatewayClass,
  IHTTPRoute,
} from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import type { Cluster } from '../../cluster-input.ts';
import type { ConfigFolder, Patch } from '../../contribution.ts';
import { PUBLIC_ISSUER } from '../../dns-and-certificates/cert-manager.ts';
import type { KubernetesObject } from '../../kubernetes.ts';
import { ANY_DOMAIN, GATEWAY } from './way-in.ts';

const CERTIFICATE = 'public-wildcard';

/** What the gateways of different makers have of their own. */
export interface GatewayKind {
  readonly className: string;
  /** Ports of the listeners where they are not those of the load balancer. */
  readonly ports?: { readonly http: number; readonly https: number };
  /** How the proxies are made, where it is said at the gateway. */
  readonly infrastructure?: NonNullable<NonNullable<IGateway['spec']>['infrastructure']>;
  /** Annotations of the gateway itself. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Addresses that it asks for. */
  readonly addresses?: NonNullable<IGateway['spec']>['addresses'];
  /** Where no Secret of the cluster holds the certificate, because whoever runs the load balancer has it: the options that say so, if any. */
  readonly certificateElsewhere?: true | Readonly<Record<string, string>>;
  /** Files beside the gateway. */
  readonly beside?: Readonly<Record<string, readonly KubernetesObject[]>>;
}

export function publicGateway(kind: GatewayKind): ConfigFolder {
  return {
    id: 'gateway',
    decision: 'edge',
    says: 'One public gateway. Namespaces attach routes only with its label.',
    objects: {
      gateway: [
        gateway(kind),
        ...(kind.certificateElsewhere ? [] : [wildcardCertificate(GATEWAY.namespace)]),
      ],
      redirect: [REDIRECT],
      ...kind.beside,
    },
    patches: cluster => [
      {
        target: { group: 'gateway.networking.k8s.io', version: 'v1', kind: 'Gateway', name: GATEWAY.name },
        operations: [{ op: 'replace', path: '/spec/listeners/1/hostname', value: `*.${cluster.domain}` }],
      },
      ...(kind.certificateElsewhere ? [] : [wildcardPatch(cluster)]),
    ],
  };
}

export function gatewayClass(
  name: string,
  controllerName: string,
  parameters?: {
    readonly group: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace: string;
  },
): IGatewayClass {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name },
    spec: { controllerName, ...(parameters === undefined ? {} : { parametersRef: { ...parameters } }) },
  };
}

function gateway({
  className,
  ports = { http: 80, https: 443 },
  infrastructure,
  annotations,
  addresses,
  certificateElsewhere,
}: GatewayKind): IGateway {
  const { name, namespace, listener, access } = GATEWAY;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name, namespace, ...(annotations === undefined ? {} : { annotations: { ...annotations } }) },
    spec: {
      gatewayClassName: className,
      ...(addresses === undefined ? {} : { addresses }),
      ...(infrastructure === undefined ? {} : { infrastructure }),
      listeners: [
        {
          name: 'http',
          protocol: 'HTTP',
          port: ports.http,
          allowedRoutes: { namespaces: { from: 'Same' } },
        },
        {
          name: listener,
          protocol: 'HTTPS',
          port: ports.https,
          hostname: `*.${ANY_DOMAIN}`,
          ...tlsOf(certificateElsewhere),
          allowedRoutes: {
            namespaces: { from: 'Selector', selector: { matchLabels: { [access.label]: access.value } } },
          },
        },
      ],
    },
  };
}

function tlsOf(elsewhere: GatewayKind['certificateElsewhere']) {
  if (elsewhere === true) return {};
  const from =
    elsewhere === undefined
      ? { certificateRefs: [{ group: '', kind: 'Secret', name: CERTIFICATE }] }
      : { options: { ...elsewhere } };
  return { tls: { mode: 'Terminate' as const, ...from } };
}

/** One certificate for every name of the domain; its key lies where the proxies are and not with the teams. */
export function wildcardCertificate(namespace: string): ICertificate {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: CERTIFICATE, namespace },
    spec: {
      secretName: CERTIFICATE,
      dnsNames: [`*.${ANY_DOMAIN}`],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: PUBLIC_ISSUER },
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
    },
  };
}

export function wildcardPatch({ domain }: Cluster): Patch {
  return {
    target: { group: 'cert-manager.io', version: 'v1', kind: 'Certificate', name: CERTIFICATE },
    operations: [{ op: 'replace', path: '/spec/dnsNames', value: [`*.${domain}`] }],
  };
}

const REDIRECT: IHTTPRoute = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'to-https', namespace: GATEWAY.namespace },
  spec: {
    parentRefs: [{ name: GATEWAY.name, namespace: GATEWAY.namespace, sectionName: 'http' }],
    rules: [
      { filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] },
    ],
  },
};
