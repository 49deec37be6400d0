/** Runbook: how the public name comes to the way in. */
import { markdownCode } from '../../files/markdown.ts';
import type { Runbook } from '../contribution.ts';
import { issuesItself } from '../dns-and-certificates/corporate-pki.ts';
import type { ModuleInput } from '../module.ts';
import { answerOf, pickOf } from '../picks.ts';
import { answersRequests } from '../workload/kinds.ts';
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
  input: ModuleInput,
  { addressCommand, certificateNamespace, controllerNamespace }: NamedEntry,
): Runbook {
  return {
    id: 'public-name',
    title: 'Giving the gateway its name',
    text: `${recordsByThemselves(input) ? written(input, addressCommand) : byHand(input, addressCommand)}

The certificate does not come: \`kubectl -n ${certificateNamespace} describe certificate\` leads to ${
      issuesItself(input)
        ? 'the request; [certificates](certificates.md) goes on from there.'
        : 'the order and the challenge. The zone\nmust be delegated to the one in which the challenge is written.'
    }

The gateway gets no address: \`kubectl -n ${controllerNamespace} get events\`${
      answerOf(input.stack, 'cloud') === 'on-prem'
        ? ', and whether one of `LOAD_BALANCER_RANGE` in the inventory is left.'
        : ' and the log of the load balancer controller.'
    }
`,
  };
}

function recordsByThemselves({ stack }: ModuleInput): boolean {
  return pickOf(stack, 'dns-and-certificates') === 'external-dns-cert-manager';
}

function written(input: ModuleInput, addressCommand: string): string {
  const [{ name }] = input.clusters;
  return `The load balancer gets an address of its own, and ExternalDNS writes a record for every name that a route carries, within a
minute or two. Nothing is to be done by hand. Shown for ${name}:

\`\`\`sh
${addressCommand}
dig +short demo.DOMAIN
\`\`\`

Then ${firstAddress(input)} answers.

The record does not come: \`kubectl -n external-dns logs deployment/external-dns --tail=50\`. ${refused(input)}; *no matching zone* that the name lies outside of it. A record that somebody else made is left alone: without the text record
\`owner-NAME\` it belongs to nobody here, so delete it by hand first.`;
}

/** What a log says where the zone is not its to change. */
function refused({ foundation }: ModuleInput): string {
  return foundation.dnsProvider.name === 'rfc2136'
    ? '*REFUSED* or *NOTAUTH* means that the name server does\nnot take the key `dns-update-key` for this zone'
    : '*AccessDenied* means that its role and the zone do not\nagree';
}

function byHand(input: ModuleInput, addressCommand: string): string {
  const [{ name, domain }] = input.clusters;
  return `The load balancer gets an address of its own; names have to point at it. Shown for ${name}:

\`\`\`sh
${addressCommand}
\`\`\`

Let ${markdownCode(`*.${domain}`)} lead to this address, in ${answerOf(input.stack, 'cloud') === 'on-prem' ? 'the DNS of the house' : 'your DNS'}. Then ${firstAddress(input)} answers.`;
}

/** What is opened first, once names lead to the cluster: not every stack has a sample that answers. */
export function firstAddress(input: ModuleInput): string {
  return answersRequests(input)
    ? markdownCode(`https://demo.${input.clusters[0].domain}`)
    : 'the first service of yours that has a route';
}

/** The step after the first bootstrap. */
export function openFirst(input: ModuleInput): string {
  const { domain } = input.clusters[0];
  const open = `open ${firstAddress(input)}`;
  return recordsByThemselves(input)
    ? `Wait until ExternalDNS has written the record of ${answersRequests(input) ? 'the sample workload' : 'a route'} (docs/runbooks/public-name.md), then ${open}.`
    : `Point ${markdownCode(`*.${domain}`)} at the address of the gateway (docs/runbooks/public-name.md), then ${open}.`;
}
