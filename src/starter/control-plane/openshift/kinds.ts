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

/** `config.openshift.io/v1`. */
export interface ImageTagMirrorSet extends KubernetesObject {
  readonly apiVersion: 'config.openshift.io/v1';
  readonly kind: 'ImageTagMirrorSet';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly imageTagMirrors: readonly {
      readonly source: string;
      readonly mirrors: readonly string[];
      readonly mirrorSourcePolicy: 'NeverContactSource' | 'AllowContactingSource';
    }[];
  };
}
