/** What of the public gateway is AWS's own: its class, its load balancer and its TLS; and how each backend is asked whether it is well. */
import type { ConfigFolder } from '../../contribution.ts';
import type { RoutedApp } from '../../way-in.ts';
import { gatewayClass, publicGateway } from '../gateway/public-gateway.ts';
import { GATEWAY } from '../gateway/way-in.ts';
import type { LoadBalancerConfiguration, TargetGroupConfiguration } from './kinds.ts';

export const CLASS = 'aws-alb';
/** By this tag the infrastructure finds the load balancer that the cluster has made. */
export const BALANCER_TAG = { gateway: GATEWAY.name } as const;

export interface GatewayOfAws {
  readonly firewall: boolean;
}

export function awsGatewayConfig({ firewall }: GatewayOfAws): ConfigFolder {
  return publicGateway({
    className: CLASS,
    infrastructure: {
      parametersRef: { group: 'gateway.k8s.aws', kind: 'LoadBalancerConfiguration', name: GATEWAY.name },
    },
    certificateElsewhere: { 'platform/certificate': 'aws-certificate-manager' },
    beside: {
      'gateway-class': [gatewayClass(CLASS, 'gateway.k8s.aws/alb')],
      'load-balancer': [loadBalancer(firewall), TO_PODS],
    },
  });
}

function loadBalancer(firewall: boolean): LoadBalancerConfiguration {
  return {
    apiVersion: 'gateway.k8s.aws/v1',
    kind: 'LoadBalancerConfiguration',
    metadata: { name: GATEWAY.name, namespace: GATEWAY.namespace },
    spec: {
      scheme: 'internet-facing',
      // No certificate is named: the controller finds the one in ACM that holds the name of the listener.
      listenerConfigurations: [
        { protocolPort: 'HTTPS:443', sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06' },
      ],
      loadBalancerAttributes: [
        { key: 'routing.http.drop_invalid_header_fields.enabled', value: 'true' },
        // The address of the client is added to X-Forwarded-For: the last entry is the one to believe.
        { key: 'routing.http.xff_header_processing.mode', value: 'append' },
        { key: 'idle_timeout.timeout_seconds', value: '60' },
      ],
      defaultTargetGroupConfiguration: { name: GATEWAY.name },
      tags: BALANCER_TAG,
      ...(firewall ? { wafV2: { webACL: '${WEB_ACL_ARN}' } } : {}),
    },
  };
}

/** Without it requests would go to a port of every node, and from there to any pod. */
const TO_PODS: TargetGroupConfiguration = {
  apiVersion: 'gateway.k8s.aws/v1',
  kind: 'TargetGroupConfiguration',
  metadata: { name: GATEWAY.name, namespace: GATEWAY.namespace },
  spec: {
    defaultConfiguration: {
      targetType: 'ip',
      targetGroupAttributes: [{ key: 'deregistration_delay.timeout_seconds', value: '30' }],
    },
  },
};

/** Without it the load balancer asks for `/`. */
export function healthOf({ name, namespace, labels, readiness }: RoutedApp): TargetGroupConfiguration {
  return {
    apiVersion: 'gateway.k8s.aws/v1',
    kind: 'TargetGroupConfiguration',
    metadata: { name, namespace, labels },
    spec: {
      targetReference: { group: '', kind: 'Service', name },
      defaultConfiguration: {
        healthCheckConfig: {
          healthCheckProtocol: 'HTTP',
          healthCheckPath: readiness,
          healthCheckInterval: 10,
          healthCheckTimeout: 5,
          healthyThresholdCount: 2,
          unhealthyThresholdCount: 3,
          matcher: { httpCode: '200' },
        },
      },
    },
  };
}
