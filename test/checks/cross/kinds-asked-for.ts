/** Kinds that pages have people ask a cluster for, and that nothing in the repository has. */
import type { CrossCheck } from './cross-check.ts';

/** Kinds that come with a component, as kubectl is asked for them. */
const KINDS: Readonly<Record<string, string>> = {
  applications: 'Application',
  // Its kind stands where an issuer does, before the first one.
  certificates: 'ClusterIssuer',
  ciliumnetworkpolicies: 'CiliumNetworkPolicy',
  clusterissuers: 'ClusterIssuer',
  // Its kind stands where a store does, before the first secret.
  externalsecret: 'ClusterSecretStore',
  externalsecrets: 'ClusterSecretStore',
  gateway: 'Gateway',
  gateways: 'Gateway',
  httproute: 'HTTPRoute',
  httproutes: 'HTTPRoute',
  ingress: 'Ingress',
  ingresses: 'Ingress',
  nodepools: 'NodePool',
  scaledobject: 'ScaledObject',
};
const ASKED = /kubectl [^`|;()\n]*\b(?:get|delete|describe|wait) ([a-z,]+)/g;

export const kindsAskedFor: CrossCheck = {
  code: 'kinds-asked-for',
  says: 'Pages ask a cluster for kinds alone that this repository has objects of.',
  check: tree => {
    const objects = [...tree].filter(([path]) => path.endsWith('.yaml')).map(([, text]) => text);
    const isThere = (kind: string) => objects.some(text => text.includes(`kind: ${kind}\n`));
    const known = new Map<string, boolean>();
    return [...tree].flatMap(([place, text]) => {
      if (!place.startsWith('docs/') || !place.endsWith('.md')) return [];
      const asked = [...text.matchAll(ASKED)].flatMap(([, names = '']) => names.split(','));
      return [...new Set(asked)].flatMap(name => {
        const kind = KINDS[name];
        if (kind === undefined) return [];
        if (!known.has(kind)) known.set(kind, isThere(kind));
        if (known.get(kind) === true) return [];
        return [
          { code: 'kinds-asked-for', place, message: `asks for ${name}, and there is no ${kind} here` },
        ];
      });
    });
  },
};
