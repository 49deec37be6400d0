/** The chain of certificates of Linkerd: an anchor that everything trusts, an issuer under it, and its webhooks. */

import type { ICertificate, IClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1';
import type { IBundle } from '@kubernetes-models/cert-manager/trust.cert-manager.io/v1alpha1';
import type { KubernetesObject } from '../../kubernetes.ts';
import { LINKERD } from './names.ts';

export const ANCHOR = 'linkerd-trust-anchor';
const SELF_SIGNED = 'linkerd-self-signed';
const IDENTITY = 'linkerd-identity';
/** Marks what everything trusts: the anchor, and its predecessor while both are in use. */
export const ANCHOR_LABEL = { 'linkerd-anchor': 'trusted' } as const;

export const CERTIFICATES: Readonly<Record<string, readonly KubernetesObject[]>> = {
  'trust-anchor': [selfSigned(), anchor(), trusted()],
  'identity-issuer': [identity(), identityIssuer()],
  webhooks: ['linkerd-policy-validator', 'linkerd-proxy-injector', 'linkerd-sp-validator'].map(webhook),
};

function selfSigned(): IClusterIssuer {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name: SELF_SIGNED },
    spec: { selfSigned: {} },
  };
}

/** Five years, since changing it restarts every pod of the mesh; its key never leaves the namespace of cert-manager. */
function anchor(): ICertificate {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: ANCHOR, namespace: 'cert-manager' },
    spec: {
      secretName: ANCHOR,
      secretTemplate: { labels: { ...ANCHOR_LABEL } },
      commonName: 'root.linkerd.cluster.local',
      isCA: true,
      duration: '43800h',
      renewBefore: '8760h',
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: SELF_SIGNED },
    },
  };
}

function trusted(): IBundle {
  return {
    apiVersion: 'trust.cert-manager.io/v1alpha1',
    kind: 'Bundle',
    metadata: { name: 'linkerd-identity-trust-roots' },
    spec: {
      sources: [{ secret: { selector: { matchLabels: { ...ANCHOR_LABEL } }, key: 'tls.crt' } }],
      target: {
        configMap: { key: 'ca-bundle.crt' },
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': LINKERD } },
      },
    },
  };
}

/** Looks for its Secret in the namespace of cert-manager. */
function identity(): IClusterIssuer {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name: IDENTITY },
    spec: { ca: { secretName: ANCHOR } },
  };
}

function identityIssuer(): ICertificate {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'linkerd-identity-issuer', namespace: LINKERD },
    spec: {
      secretName: 'linkerd-identity-issuer',
      commonName: 'identity.linkerd.cluster.local',
      isCA: true,
      duration: '48h',
      renewBefore: '25h',
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: IDENTITY },
    },
  };
}

function webhook(name: string): ICertificate {
  const host = `${name}.${LINKERD}.svc`;
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name, namespace: LINKERD },
    spec: {
      secretName: `${name}-k8s-tls`,
      commonName: host,
      dnsNames: [host],
      usages: ['server auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: SELF_SIGNED },
    },
  };
}
