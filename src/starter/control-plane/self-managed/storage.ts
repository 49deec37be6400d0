/** Block storage of the house: the class that claims name, for a driver that somebody else installs. */
import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1';
import type { Component } from '../../contribution.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { STORAGE_CLASS } from './foundation.ts';

const CLASS: IStorageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: STORAGE_CLASS,
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: `${TOKENS.storageDriver}.example.com`,
  reclaimPolicy: 'Retain',
  volumeBindingMode: 'WaitForFirstConsumer',
  allowVolumeExpansion: true,
};

export const STORAGE: Component = {
  id: 'storage',
  decision: 'platform-defaults',
  layer: 'platform-core',
  says: 'Volumes come from the block storage of the house, by its own CSI driver, which this repository does not bring: without it every claim waits. Encrypt there, and add the parameters that its driver knows.',
  objects: { 'storage-class': [CLASS] },
};
