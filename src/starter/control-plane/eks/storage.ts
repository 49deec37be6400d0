/** Volumes of EBS, which pods get where they name no other class. */
import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1';
import type { Component } from '../../contribution.ts';

export const STORAGE_CLASS = 'gp3';

const storageClass = (provisioner: string): IStorageClass => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: STORAGE_CLASS,
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner,
  parameters: { type: 'gp3', encrypted: 'true', 'csi.storage.k8s.io/fstype': 'ext4' },
  reclaimPolicy: 'Retain',
  volumeBindingMode: 'WaitForFirstConsumer',
  allowVolumeExpansion: true,
});

export const storage = (provisioner: string): Component => ({
  id: 'storage',
  decision: 'platform-defaults',
  layer: 'platform-core',
  says: 'Encrypted volumes, made in the zone of the first pod that uses them, and kept when their claim is deleted.',
  objects: { 'storage-class': [storageClass(provisioner)] },
});
