/** Volumes of a cloud on OpenShift: its driver is there, and its own classes give way to that of this repository. */
import type { Component } from '../../contribution.ts';
import type { ClusterCsiDriver } from './kinds.ts';

/** `storage` is the class of this repository, for the same driver. */
export function withOwnClass(storage: Component, driver: string): Component {
  const operator: ClusterCsiDriver = {
    apiVersion: 'operator.openshift.io/v1',
    kind: 'ClusterCSIDriver',
    metadata: { name: driver },
    spec: { managementState: 'Managed', storageClassState: 'Removed' },
  };
  return { ...storage, objects: { ...storage.objects, driver: [operator] } };
}
