/** Kinds of `gateway.k8s.aws/v1` that have no published type, as far as they are used here. */
import type { KubernetesObject } from '../../kubernetes.ts';

interface Named {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
}
interface Attribute {
  readonly key: string;
  readonly value: string;
}

export interface LoadBalancerConfiguration extends KubernetesObject {
  readonly apiVersion: 'gateway.k8s.aws/v1';
  readonly kind: 'LoadBalancerConfiguration';
  readonly metadata: Named;
  readonly spec: {
    readonly scheme: 'internet-facing' | 'internal';
    readonly listenerConfigurations: readonly {
      readonly protocolPort: string;
      readonly sslPolicy: string;
    }[];
    readonly loadBalancerAttributes: readonly Attribute[];
    readonly defaultTargetGroupConfiguration: { readonly name: string };
    readonly tags: Readonly<Record<string, string>>;
    readonly wafV2?: { readonly webACL: string };
  };
}

export interface TargetGroupConfiguration extends KubernetesObject {
  readonly apiVersion: 'gateway.k8s.aws/v1';
  readonly kind: 'TargetGroupConfiguration';
  readonly metadata: Named;
  readonly spec: {
    /** Absent in the one that a load balancer takes for all that have none of their own. */
    readonly targetReference?: { readonly group: ''; readonly kind: 'Service'; readonly name: string };
    readonly defaultConfiguration: {
      readonly targetType?: 'ip';
      readonly healthCheckConfig?: {
        readonly healthCheckProtocol: 'HTTP';
        readonly healthCheckPath: string;
        readonly healthCheckInterval: number;
        readonly healthCheckTimeout: number;
        readonly healthyThresholdCount: number;
        readonly unhealthyThresholdCount: number;
        readonly matcher: { readonly httpCode: string };
      };
      readonly targetGroupAttributes?: readonly Attribute[];
    };
  };
}
