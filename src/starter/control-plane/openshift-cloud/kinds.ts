/** Kinds of OpenShift that clusters in a cloud have beside those of every cluster, as far as they are used here. */
import type { KubernetesObject } from '../../kubernetes.ts';

/** `operator.openshift.io/v1`; named after the driver that it stands for. */
export interface ClusterCsiDriver extends KubernetesObject {
  readonly apiVersion: 'operator.openshift.io/v1';
  readonly kind: 'ClusterCSIDriver';
  readonly metadata: { readonly name: string };
  readonly spec: { readonly managementState: 'Managed'; readonly storageClassState: 'Removed' };
}

/** `autoscaling.openshift.io/v1`; there is one of it. */
export interface ClusterAutoscaler extends KubernetesObject {
  readonly apiVersion: 'autoscaling.openshift.io/v1';
  readonly kind: 'ClusterAutoscaler';
  readonly metadata: { readonly name: 'default' };
  readonly spec: {
    readonly balanceSimilarNodeGroups: boolean;
    readonly resourceLimits: { readonly maxNodesTotal: number };
    readonly scaleDown: {
      readonly enabled: boolean;
      readonly delayAfterAdd: string;
      readonly unneededTime: string;
    };
  };
}

/** `autoscaling.openshift.io/v1beta1`. */
export interface MachineAutoscaler extends KubernetesObject {
  readonly apiVersion: 'autoscaling.openshift.io/v1beta1';
  readonly kind: 'MachineAutoscaler';
  readonly metadata: { readonly name: string; readonly namespace: 'openshift-machine-api' };
  readonly spec: {
    readonly minReplicas: number;
    readonly maxReplicas: number;
    readonly scaleTargetRef: {
      readonly apiVersion: 'machine.openshift.io/v1beta1';
      readonly kind: 'MachineSet';
      readonly name: string;
    };
  };
}
