/** What the operators of OpenShift are told on the first day: objects of which there is one each. */
import type { IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Component } from '../../contribution.ts';
import { isClosed, isClosedByHouse } from '../../egress/no-egress/closed.ts';
import { answerOf, pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import type { ApiServer, Network, OAuth } from './kinds.ts';
import { MIRRORS, MIRRORS_WITHIN, NO_CATALOGS_OF_RED_HAT } from './mirror.ts';

export const SETTINGS = 'openshift';
/** In openshift-config; scripts/bootstrap.sh makes it. */
export const SIGN_IN_SECRET = 'sign-in-client';

export function signsIn({ stack }: Pick<ClusterInput, 'stack'>): boolean {
  return pickOf(stack, 'human-access')?.startsWith('oidc-groups') === true;
}

export function clusterSettings(input: ClusterInput): Component {
  const closed = isClosed(input);
  const mirrored = pickOf(input.stack, 'registry') === 'harbor';
  return {
    id: SETTINGS,
    decision: 'control-plane',
    layer: 'platform-core',
    says: 'What the operators of OpenShift are told. A change of them goes through all hosts of the control plane, one by one.',
    objects: {
      'api-server': [apiServer(input)],
      ...(signsIn(input) ? { 'sign-in': [SIGN_IN] } : {}),
      'self-provisioners': [NOBODY_MAKES_PROJECTS],
      ...(pickOf(input.stack, 'mesh') === 'istio-ambient' ? { network: [THROUGH_HOSTS] } : {}),
      ...(isClosedByHouse(input) ? { mirrors: MIRRORS_WITHIN } : {}),
      ...(closed ? { catalogs: [NO_CATALOGS_OF_RED_HAT] } : {}),
      ...(mirrored && !closed ? { mirrors: [MIRRORS] } : {}),
    },
  };
}

/** Where auditors ask, what was written is part of the log; Secrets and tokens never are. */
function apiServer({ stack }: ClusterInput): ApiServer {
  const regimes = answerOf(stack, 'compliance');
  const isAudited = Array.isArray(regimes) && regimes.length > 0;
  return {
    apiVersion: 'config.openshift.io/v1',
    kind: 'APIServer',
    metadata: { name: 'cluster' },
    spec: {
      audit: { profile: isAudited ? 'WriteRequestBodies' : 'Default' },
      encryption: { type: 'aesgcm' },
    },
  };
}

const SIGN_IN: OAuth = {
  apiVersion: 'config.openshift.io/v1',
  kind: 'OAuth',
  metadata: { name: 'cluster' },
  spec: {
    identityProviders: [
      {
        name: 'house',
        mappingMethod: 'claim',
        type: 'OpenID',
        openID: {
          issuer: `https://${TOKENS.signInIssuer}.example.com`,
          clientID: TOKENS.signInClient,
          clientSecret: { name: SIGN_IN_SECRET },
          extraScopes: ['email', 'profile'],
          claims: {
            preferredUsername: ['email'],
            name: ['name'],
            email: ['email'],
            groups: ['groups'],
          },
        },
      },
    ],
    // Groups are those of the moment of signing in.
    tokenConfig: { accessTokenMaxAgeSeconds: 3600 },
  },
};

/** Probes of pods in ambient mode are answered to an address that hosts alone know, so answers have to pass them. */
const THROUGH_HOSTS: Network = {
  apiVersion: 'operator.openshift.io/v1',
  kind: 'Network',
  metadata: { name: 'cluster' },
  spec: { defaultNetwork: { ovnKubernetesConfig: { gatewayConfig: { routingViaHost: true } } } },
};

/** Namespaces come through Git, with their quota and their policies. */
const NOBODY_MAKES_PROJECTS: IClusterRoleBinding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: {
    name: 'self-provisioners',
    // Or the API server puts its own back at each start.
    annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'false' },
  },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'self-provisioner' },
  subjects: [],
};
