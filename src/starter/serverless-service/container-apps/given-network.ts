/** docs/runbooks/given-network.md: what whoever owns the network makes, lets through and resolves. */
import { markdownCode, markdownCodeCell, markdownRow } from '../../../files/markdown.ts';
import { type Runbook, shell } from '../runbook.ts';
import { PLATFORM_DOMAINS } from './firewall.ts';
import { ENDPOINTS, ENVIRONMENT, NEEDED, type Rule } from './security-rules.ts';
import { addressesOf, type Egress, type Settings } from './settings.ts';

export function givenNetwork({ egress, profile, workloads }: Settings): Runbook {
  const endpoints = workloads.length + 1;
  return {
    id: 'given-network',
    title: 'The network that exists',
    text: `
What its owner makes and lets through, for each environment, before the first \`deploy\`. Where any of it is missing, the environment
is not made, or is made and starts nothing: it fetches images of Azure before it fetches yours.

## Two subnets

${markdownRow(['Subnet', 'In the values file', 'Size', 'With'])}
${markdownRow(['---', '---', '---', '---'])}
${markdownRow(['environment', '`environment_subnet_id`', '/27 or larger', 'a delegation to `Microsoft.App/environments`, a security group, a route table, and nothing else in it'])}
${markdownRow(['endpoints', '`endpoint_subnet_id`', `/28 or larger, for ${endpoints} private endpoints${workloads.includes('web') ? ' and one for each further service' : ''}`, 'a security group'])}

The first one cannot be made larger once the environment stands. ${addressesOf({ profile })}

## What the security groups let through

${markdownRow(['Subnet', 'Direction', 'From', 'To', 'Protocol', 'Ports'])}
${markdownRow(['---', '---', '---', '---', '---', '---'])}
${[
  ...NEEDED.inbound.map(rule => row('environment', 'in', rule)),
  ...NEEDED.outbound.map(rule => row('environment', 'out', rule)),
  ...BEYOND[egress].map(([to, ports]) =>
    markdownRow(['environment', 'out', 'environment', to, 'TCP', ports]),
  ),
  ...NEEDED.endpoints.map(rule => row('endpoints', 'in', rule)),
].join('\n')}

What else leaves is what your own workloads call. All other traffic may be denied, but never that to the resolver of Azure, 168.63.129.16;
resolvers of your own are let through on port 53.

## The way out

${ROUTE[egress]}

${markdownRow(['Host', 'Port', 'For'])}
${markdownRow(['---', '---', '---'])}
${Object.entries(PLATFORM_DOMAINS)
  .map(([host, what]) => markdownRow([markdownCodeCell(host), '443', what]))
  .join('\n')}
${markdownRow(['the service tag `AzureMonitor`', '443', 'logs, metrics and traces'])}

\`*.\` stands for one label or more. TLS to these is not opened on the way, since what Azure starts there trusts no authority of yours.
What your own workloads call is not in the list: add it, with the name of the workload, in the same pull request that makes the call.

## Names

- The private DNS zones \`privatelink.azurecr.io\` and \`privatelink.vaultcore.azure.net\`, which \`private_zone_ids\` names, are linked to the network; deployments write into them.
- The zone of the environment itself is made and linked by the deployment.
- Resolvers of your own hand the three on to 168.63.129.16. Otherwise registry and key vaults
  are taken for public addresses, to which no rule leads.

## Before the first deployment

The subnet of the environment takes no machine. From one in another subnet with the same route table:

${shell('curl --silent --show-error --output /dev/null --write-out "%{http_code}\\n" https://mcr.microsoft.com/v2/', 'curl --silent --show-error --output /dev/null --write-out "%{http_code}\\n" https://login.microsoftonline.com/')}

Any code is an answer. *Could not resolve host* is a matter of names; a wait without end is one of the route or of the firewall, whose log
names the host.

## A revision does not start

Logs of the workspace say what could not be fetched, and from where:

${shell('ContainerAppSystemLogs | where Type != "Normal" | project TimeGenerated, ContainerAppName, RevisionName, Reason, Log | order by TimeGenerated desc').replace('```sh', '```text')}

A host of the list above is for the owner of the network. The registry itself is reached by its private endpoint: there it is the zone,
or the security group of the endpoints.
`,
  };
}

/** Rules of the security group beside those that Azure needs: to where, and on which ports. */
const BEYOND: Readonly<Record<Egress, readonly (readonly [to: string, ports: string])[]>> = {
  'central-firewall': [['`Internet`, where the firewall decides by name', '443']],
  'dns-policy': [['`Internet`, where names are decided on', '443']],
  'open-nat': [['`Internet`', '443']],
  proxy: [['the address of `proxy` in the values file', 'its port']],
  'no-egress': [],
};

const ANY_FIREWALL = 'Where the route table of the environment leads to a firewall, this lets through:';
const ROUTE: Readonly<Record<Egress, string>> = {
  'central-firewall':
    'The route table of the environment leads `0.0.0.0/0` to the firewall. Without these an environment does not start:',
  'dns-policy': ANY_FIREWALL,
  'open-nat': ANY_FIREWALL,
  proxy: `Workloads find the proxy in \`HTTPS_PROXY\`; what Azure itself calls asks no proxy. ${ANY_FIREWALL}`,
  'no-egress': `Nothing of yours leaves; what Azure itself calls goes by the service tags above. ${ANY_FIREWALL}`,
};

function row(subnet: string, direction: 'in' | 'out', rule: Rule): string {
  const protocol = rule.protocol === '*' ? 'any' : 'TCP';
  const ports = rule.ports.map(port => (port === '*' ? 'any' : port)).join(', ');
  return markdownRow([subnet, direction, placeOf(rule.source), placeOf(rule.destination), protocol, ports]);
}

function placeOf(place: Rule['source']): string {
  if (place === ENVIRONMENT) return 'environment';
  if (place === ENDPOINTS) return 'endpoints';
  return typeof place === 'string' ? markdownCode(place) : place.code;
}
