/** Runbook: how the public name comes to the way in. */
import { markdownCode } from '../../files/markdown.ts';
import type { ModuleInput, Runbook } from '../module.ts';
import { GATEWAY } from './gateway/way-in.ts';

/** Where its address stands, and who says why there is none. */
export interface NamedEntry {
  readonly addressCommand: string;
  readonly certificateNamespace: string;
  readonly controllerNamespace: string;
}

export function gatewayName(input: ModuleInput, controllerNamespace: string): Runbook {
  const { name, namespace } = GATEWAY;
  return publicName(input, {
    addressCommand: `kubectl -n ${namespace} get gateway ${name} -o jsonpath='{.status.addresses[0].value}'`,
    certificateNamespace: namespace,
    controllerNamespace,
  });
}

export function publicName(
  { clusters }: ModuleInput,
  { addressCommand, certificateNamespace, controllerNamespace }: NamedEntry,
): Runbook {
  return {
    id: 'public-name',
    title: 'Giving the gateway its name',
    text: `The load balancer gets an address of its own; names have to point at it. Shown for ${clusters[0].name}:

\`\`\`sh
${addressCommand}
\`\`\`

Make ${markdownCode(`*.${clusters[0].domain}`)} an alias of this address. Then ${markdownCode(`https://demo.${clusters[0].domain}`)} answers.

The certificate does not come: \`kubectl -n ${certificateNamespace} describe certificate\` leads to the order and the challenge. The zone
must be delegated to the one in which the challenge is written.

The gateway gets no address: \`kubectl -n ${controllerNamespace} get events\` and the log of the load balancer controller.
`,
  };
}

/** The step after the first bootstrap. */
export function openFirst({ clusters: [{ domain }] }: ModuleInput): string {
  return `Point ${markdownCode(`*.${domain}`)} at the address of the gateway (docs/runbooks/public-name.md), then open ${markdownCode(`https://demo.${domain}`)}.`;
}
