/** How to see that a gateway is the one that was chosen, and the only owner of its kinds. */
import type { Check } from '../../part.ts';
import { GATEWAY } from './way-in.ts';

const FILE = 'platform-config/base/gateway/gateway.yaml';

export function gatewayChecks(className: string): readonly Check[] {
  return [
    {
      decision: 'edge',
      says: `The public gateway is of the class ${className}.`,
      command: `grep -q '^  gatewayClassName: ${className}$' ${FILE}`,
      path: FILE,
    },
    {
      decision: 'edge',
      says: 'The public gateway has an address and serves HTTPS.',
      command: `kubectl -n ${GATEWAY.namespace} wait --for=condition=Programmed gateway/${GATEWAY.name} --timeout=10m`,
      path: FILE,
    },
    {
      decision: 'edge',
      says: 'The CRDs of the Gateway API have one owner.',
      command: `test "$(grep -rl '/gateway-api$' delivery/crds | wc -l)" -eq 1`,
      path: 'delivery/crds/gateway-api.yaml',
    },
  ];
}
