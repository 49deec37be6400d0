/** Kinds of OpenShift that have no published type, as far as they are used here. */
import type { KubernetesObject } from '../../kubernetes.ts';

/** `operator.openshift.io/v1`. */
export interface IngressController extends KubernetesObject {
  readonly apiVersion: 'operator.openshift.io/v1';
  readonly kind: 'IngressController';
  readonly metadata: { readonly name: 'default'; readonly namespace: 'openshift-ingress-operator' };
  readonly spec: {
    readonly replicas: number;
    readonly nodePlacement: {
      readonly nodeSelector: { readonly matchLabels: Readonly<Record<string, string>> };
      readonly tolerations: readonly object[];
    };
    readonly defaultCertificate: { readonly name: string };
  };
}

/** The same in a cloud, where a second one takes what comes from outside. */
export interface CloudIngressController extends KubernetesObject {
  readonly apiVersion: 'operator.openshift.io/v1';
  readonly kind: 'IngressController';
  readonly metadata: { readonly name: string; readonly namespace: 'openshift-ingress-operator' };
  readonly spec: Omit<IngressController['spec'], 'defaultCertificate'> & {
    readonly domain?: string;
    readonly endpointPublishingStrategy?: { readonly type: 'Private' };
    readonly namespaceSelector:
      | { readonly matchLabels: Readonly<Record<string, string>> }
      | { readonly matchExpressions: readonly [{ readonly key: string; readonly operator: 'DoesNotExist' }] };
  };
}

/** `config.openshift.io/v1`; there is one of it, and its operator is told by it. */
export interface ApiServer extends KubernetesObject {
  readonly apiVersion: 'config.openshift.io/v1';
  readonly kind: 'APIServer';
  readonly metadata: { readonly name: 'cluster' };
  readonly spec: {
    readonly audit: { readonly profile: 'Default' | 'WriteRequestBodies' };
    readonly encryption: { readonly type: 'aescbc' | 'aesgcm' };
  };
}

/** `config.openshift.io/v1`. */
export interface OAuth extends KubernetesObject {
  readonly apiVersion: 'config.openshift.io/v1';
  readonly kind: 'OAuth';
  readonly metadata: { readonly name: 'cluster' };
  readonly spec: {
    readonly identityProviders: readonly {
      readonly name: string;
      readonly mappingMethod: 'claim';
      readonly type: 'OpenID';
      readonly openID: {
        readonly issuer: string;
        readonly clientID: string;
        readonly clientSecret: { readonly name: string };
        readonly extraScopes: readonly string[];
        readonly claims: Readonly<
          Record<'preferredUsername' | 'name' | 'email' | 'groups', readonly string[]>
        >;
      };
    }[];
    readonly tokenConfig: { readonly accessTokenMaxAgeSeconds: number };
  };
}

interface MirroredSource {
  readonly source: string;
  readonly mirrors: readonly string[];
  readonly mirrorSourcePolicy: 'NeverContactSource' | 'AllowContactingSource';
}

/** `config.openshift.io/v1`. */
export interface ImageDigestMirrorSet extends KubernetesObject {
  readonly apiVersion: 'config.openshift.io/v1';
  readonly kind: 'ImageDigestMirrorSet';
  readonly metadata: { readonly name: string };
  readonly spec: { readonly imageDigestMirrors: readonly MirroredSource[] };
}

/** Has its operator put Kata on hosts. */
export interface KataConfig extends KubernetesObject {
  readonly apiVersion: 'kataconfiguration.openshift.io/v1';
  readonly kind: 'KataConfig';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly checkNodeEligibility: boolean;
    readonly logLevel: 'info';
    /** Which nodes; all that take workloads where nothing is said. */
    readonly kataConfigPoolSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
  };
}

/** Has its operator run what hands out addresses and answers for them. */
export interface MetalLb extends KubernetesObject {
  readonly apiVersion: 'metallb.io/v1beta1';
  readonly kind: 'MetalLB';
  readonly metadata: { readonly name: 'metallb'; readonly namespace: 'metallb-system' };
  readonly spec: {
    readonly nodeSelector: Readonly<Record<string, string>>;
    readonly speakerTolerations: readonly object[];
  };
}

/** `operator.openshift.io/v1`; the installer makes it, and this is all that is changed of it. */
export interface Network extends KubernetesObject {
  readonly apiVersion: 'operator.openshift.io/v1';
  readonly kind: 'Network';
  readonly metadata: { readonly name: 'cluster' };
  readonly spec: {
    readonly defaultNetwork: {
      readonly ovnKubernetesConfig: { readonly gatewayConfig: { readonly routingViaHost: true } };
    };
  };
}

/** `config.openshift.io/v1`; its operator gives the cluster catalogs of Red Hat unless told not to. */
export interface OperatorHub extends KubernetesObject {
  readonly apiVersion: 'config.openshift.io/v1';
  readonly kind: 'OperatorHub';
  readonly metadata: { readonly name: 'cluster' };
  readonly spec: { readonly disableAllDefaultSources: true };
}

/** `config.openshift.io/v1`. */
export interface ImageTagMirrorSet extends KubernetesObject {
  readonly apiVersion: 'config.openshift.io/v1';
  readonly kind: 'ImageTagMirrorSet';
  readonly metadata: { readonly name: string };
  readonly spec: { readonly imageTagMirrors: readonly MirroredSource[] };
}
