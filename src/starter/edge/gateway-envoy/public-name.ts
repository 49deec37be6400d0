/** Runbook: how the public name comes to the gateway. */
import { markdownCode } from '../../../files/markdown.ts';
import type { GatewayFacts, ModuleInput, Runbook } from '../../module.ts';

export function publicName({ clusters }: ModuleInput, { name, namespace }: GatewayFacts): Runbook {
  return {
    id: 'public-name',
    title: 'Giving the gateway its name',
    text: `The load balancer gets an address of its own; names have to point at it. Shown for ${clusters[0].name}:

\`\`\`sh
kubectl -n ${namespace} get gateway ${name} -o jsonpath='{.status.addresses[0].value}'
\`\`\`

Make ${markdownCode(`*.${clusters[0].domain}`)} an alias of this address. Then ${markdownCode(`https://demo.${clusters[0].domain}`)} answers.

The certificate does not come: \`kubectl -n ${namespace} describe certificate\` leads to the order and the challenge. The zone
must be delegated to the one in which the challenge is written.

The gateway gets no address: \`kubectl -n envoy-gateway-system get events\` and the log of the load balancer controller.
`,
  };
}
