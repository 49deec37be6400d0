/** What Ratify is told: whose signatures count, where they lie, and where Gatekeeper asks for them. */

import type { KubernetesObject } from '../../kubernetes.ts';
import type { ModuleInput } from '../../module.ts';
import { pickOf } from '../../picks.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { registryOf } from '../own-images.ts';
import { PROVIDER } from './rule.ts';

export const NAME = 'ratify';
export const PORT = 6001;
/** Seconds that Gatekeeper waits; its own webhook is given up after as many. */
export const PATIENCE = 5;
const SIGNATURE = 'application/vnd.cncf.notary.signature';
const AUTHORITY = 'authority';

interface SignIn {
  /** Ratify's name of the way. Without a name of an identity it takes that of its pods. */
  readonly provider: string;
  readonly environment: Readonly<Record<string, string>>;
}

const SIGNS_IN: Readonly<Record<string, SignIn>> = {
  azure: { provider: 'azureWorkloadIdentity', environment: {} },
  // It asks nobody for a role while it does not know the region.
  amazon: { provider: 'awsEcrBasic', environment: { AWS_REGION: '${REGION}' } },
};

/** How its pods sign in to the registry; absent where it lets everybody read. */
export function signsIn(input: ModuleInput): SignIn | undefined {
  return SIGNS_IN[registryOf(input)?.kyvernoProvider ?? ''];
}

interface Setting extends KubernetesObject {
  readonly spec: Readonly<Record<string, unknown>>;
}

function setting(kind: string, name: string, spec: Setting['spec']): Setting {
  return { apiVersion: 'config.ratify.deislabs.io/v1beta1', kind, metadata: { name }, spec };
}

/** By file. */
export function settings(input: ModuleInput): Readonly<Record<string, readonly Setting[]>> {
  const way = signsIn(input);
  return {
    authority: [
      setting('KeyManagementProvider', AUTHORITY, {
        type: 'inline',
        parameters: { contentType: 'certificate', value: `${TOKENS.signingCertificate}\n` },
      }),
    ],
    store: [
      setting('Store', 'store-oras', {
        name: 'oras',
        version: '1.0.0',
        parameters: {
          cacheEnabled: true,
          ttl: 10,
          ...(way === undefined ? {} : { authProvider: { name: way.provider } }),
        },
      }),
    ],
    verifier: [
      setting('Verifier', 'verifier-notation', {
        name: 'notation',
        version: '1.0.0',
        artifactTypes: SIGNATURE,
        parameters: {
          verificationCertStores: { ca: { [AUTHORITY]: [AUTHORITY] } },
          trustPolicyDoc: {
            version: '1.0',
            trustPolicies: [
              {
                // Which images are asked for says the rule of Gatekeeper.
                name: 'own-images',
                registryScopes: ['*'],
                signatureVerification: { level: 'strict' },
                trustStores: [`ca:${AUTHORITY}`],
                trustedIdentities: ['*'],
              },
            ],
          },
        },
      }),
    ],
    policy: [
      setting('Policy', 'ratify-policy', {
        type: 'config-policy',
        // One good signature is enough: an image that is signed anew keeps the old one, and others may sign it as well.
        parameters: { artifactVerificationPolicies: { [SIGNATURE]: 'any' } },
      }),
    ],
  };
}

/**
 * Ratify makes an authority of its own and writes it in here. Gatekeeper takes none without one, so Git begins with a
 * certificate whose key nobody has, and delivery leaves the field alone from then on.
 */
export function provider({ stack }: ModuleInput, namespace: string): Setting {
  const asItWas = pickOf(stack, 'gitops') === 'flux' ? { annotations: LEFT_ALONE } : {};
  return {
    apiVersion: 'externaldata.gatekeeper.sh/v1beta1',
    kind: 'Provider',
    metadata: { name: PROVIDER, ...asItWas },
    spec: {
      url: `https://${NAME}.${namespace}:${PORT}/ratify/gatekeeper/v1/verify`,
      timeout: PATIENCE,
      caBundle: NOBODYS_AUTHORITY,
    },
  };
}

/** Argo CD and the scripts of a pipeline are told of the field itself, for all objects of this kind. */
const LEFT_ALONE = { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' };

const NOBODYS_AUTHORITY =
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJrRENDQVRlZ0F3SUJBZ0lVWDNZRXFXNjZJWE9BTU82cU1zUGJ5SStPNVNrd0NnWUlLb1pJemowRUF3SXcKSFRFYk1Ca0dBMVVFQXd3U2NtVndiR0ZqWldRZ1lua2dVbUYwYVdaNU1DQVhEVEkyTVRFeU1qQTNNekV5TjFvWQpEekl4TWpZeE1ESTVNRGN6TVRJM1dqQWRNUnN3R1FZRFZRUUREQkp5WlhCc1lXTmxaQ0JpZVNCU1lYUnBabmt3CldUQVRCZ2NxaGtqT1BRSUJCZ2dxaGtqT1BRTUJCd05DQUFSL25PVTZVZGhkOGhCYlViQ3Jiak84VkxPeFgzN1YKNTZVK3hESHBYZ3ZTZ2owZk5uYStueDEyZXNObjM4eFMzZDU2Ym1XcGJqRjBqcUVEZ1BVbFRGL3RvMU13VVRBZApCZ05WSFE0RUZnUVU0VFFLUlJjMUg2S1ZWaTJXV040N0NWSDNrTGN3SHdZRFZSMGpCQmd3Rm9BVTRUUUtSUmMxCkg2S1ZWaTJXV040N0NWSDNrTGN3RHdZRFZSMFRBUUgvQkFVd0F3RUIvekFLQmdncWhrak9QUVFEQWdOSEFEQkUKQWlCYmU1Q1h2STJVRDF3L3h1RXJEVCtxdlpIVUVGek9HR1VqOG5zQ0ZtTHV5UUlnWGVpOElNM0JKb1JKUXErQwpMWHdHZmFsTUFzZy9qZnM0K0l4ajZ4ak1yRUU9Ci0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K';
