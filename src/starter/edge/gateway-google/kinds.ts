/** Kinds of `networking.gke.io/v1` that have no published type, as far as they are used here. */
import type { KubernetesObject } from '../../kubernetes.ts';

interface Target {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}
interface Named {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface GcpGatewayPolicy extends KubernetesObject {
  readonly apiVersion: 'networking.gke.io/v1';
  readonly kind: 'GCPGatewayPolicy';
  readonly metadata: Named;
  readonly spec: { readonly default: { readonly sslPolicy: string }; readonly targetRef: Target };
}

export interface GcpBackendPolicy extends KubernetesObject {
  readonly apiVersion: 'networking.gke.io/v1';
  readonly kind: 'GCPBackendPolicy';
  readonly metadata: Named;
  readonly spec: {
    readonly default: {
      readonly timeoutSec: number;
      readonly connectionDraining: { readonly drainingTimeoutSec: number };
      readonly logging: { readonly enabled: boolean; readonly sampleRate: number };
      readonly securityPolicy?: string;
    };
    readonly targetRef: Target;
  };
}

export interface HealthCheckPolicy extends KubernetesObject {
  readonly apiVersion: 'networking.gke.io/v1';
  readonly kind: 'HealthCheckPolicy';
  readonly metadata: Named;
  readonly spec: {
    readonly default: {
      readonly checkIntervalSec: number;
      readonly timeoutSec: number;
      readonly healthyThreshold: number;
      readonly unhealthyThreshold: number;
      readonly logConfig: { readonly enabled: boolean };
      readonly config: {
        readonly type: 'HTTP';
        readonly httpHealthCheck: {
          readonly portSpecification: 'USE_SERVING_PORT';
          readonly requestPath: string;
        };
      };
    };
    readonly targetRef: Target;
  };
}
