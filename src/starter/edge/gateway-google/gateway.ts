/** What of the public gateway is Google's own: its class, its address, its certificate and its TLS; and what each backend needs. */
import type { ConfigFolder } from '../../contribution.ts';
import type { RoutedApp } from '../../way-in.ts';
import { publicGateway } from '../gateway/public-gateway.ts';
import { GATEWAY } from '../gateway/way-in.ts';
import type { GoogleEdge } from '../gateway-google.ts';
import type { GcpBackendPolicy, GcpGatewayPolicy, HealthCheckPolicy } from './kinds.ts';

/** As infra/gke/edge.tf names what the gateway takes from there. */
const MADE_BY_INFRASTRUCTURE = '${CLUSTER_NAME}-gateway';

export function googleGatewayConfig({ managedNames }: GoogleEdge): ConfigFolder {
  return publicGateway({
    className: 'gke-l7-global-external-managed',
    addresses: [{ type: 'NamedAddress', value: MADE_BY_INFRASTRUCTURE }],
    ...(managedNames
      ? { annotations: { 'networking.gke.io/certmap': MADE_BY_INFRASTRUCTURE }, certificateElsewhere: true }
      : {}),
    beside: { tls: [TLS] },
  });
}

const TLS: GcpGatewayPolicy = {
  apiVersion: 'networking.gke.io/v1',
  kind: 'GCPGatewayPolicy',
  metadata: { name: GATEWAY.name, namespace: GATEWAY.namespace },
  spec: {
    default: { sslPolicy: MADE_BY_INFRASTRUCTURE },
    targetRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: GATEWAY.name },
  },
};

/** Without them Google asks for `/` and waits half a minute for an answer. */
export function routePolicies(
  { name, namespace, labels, readiness }: RoutedApp,
  firewall: boolean,
): readonly (GcpBackendPolicy | HealthCheckPolicy)[] {
  const metadata = { name, namespace, labels };
  const targetRef = { group: '', kind: 'Service', name };
  return [
    {
      apiVersion: 'networking.gke.io/v1',
      kind: 'HealthCheckPolicy',
      metadata,
      spec: {
        default: {
          checkIntervalSec: 10,
          timeoutSec: 5,
          healthyThreshold: 1,
          unhealthyThreshold: 3,
          logConfig: { enabled: true },
          config: {
            type: 'HTTP',
            httpHealthCheck: { portSpecification: 'USE_SERVING_PORT', requestPath: readiness },
          },
        },
        targetRef,
      },
    },
    {
      apiVersion: 'networking.gke.io/v1',
      kind: 'GCPBackendPolicy',
      metadata,
      spec: {
        default: {
          timeoutSec: 15,
          connectionDraining: { drainingTimeoutSec: 30 },
          // A million is all of them.
          logging: { enabled: true, sampleRate: 1_000_000 },
          ...(firewall ? { securityPolicy: MADE_BY_INFRASTRUCTURE } : {}),
        },
        targetRef,
      },
    },
  ];
}
