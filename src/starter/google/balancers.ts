/** Load balancers of Google for Services: what they are asked for by annotations. */

export const WITHIN_REGION = { 'networking.gke.io/load-balancer-type': 'Internal' } as const;

/** For clients of connected networks as well: by themselves such balancers answer in their own region alone. */
export const FROM_ANY_REGION = {
  ...WITHIN_REGION,
  'networking.gke.io/internal-load-balancer-allow-global-access': 'true',
} as const;
