/** The versions of a stack as data, and the type of all our JSON. */
import type { Stack } from '../engine/outcome.ts';

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function versionsJson(stack: Stack): JsonObject {
  const { kubernetes, gatewayApi, components, notices } = stack.versions;
  return {
    kubernetes: kubernetes?.minor ?? null,
    'kubernetes-supported-until': kubernetes?.supportedUntil ?? null,
    'kubernetes-months-left': kubernetes?.monthsLeft ?? null,
    'kubernetes-because': kubernetes?.because ?? null,
    'binding-components': kubernetes?.bindingComponents ?? [],
    'outside-components': kubernetes?.outside ?? [],
    'gateway-api': gatewayApi,
    components,
    notices: notices.map(({ component, kind, says, issue }) => ({ component, kind, says, issue })),
  };
}
