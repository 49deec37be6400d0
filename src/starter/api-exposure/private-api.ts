/** An API that answers within its network alone: a check that it stays so, and the tunnel that leads to it. */
import type { Contribution } from '../contribution.ts';
import { headline } from '../headline.ts';
import type { ModuleInput } from '../module.ts';
import { script } from '../repository/common-files.ts';
import { clusterArgument } from '../repository/scripts/script-parts.ts';
import { type ApiTunnel, REACH_API } from './access.ts';

export function privateApi(input: ModuleInput): Contribution {
  const { api } = input.foundation;
  if (api === undefined) return {};
  const closed: Contribution = {
    checks: [
      {
        decision: 'api-exposure',
        says: 'No cluster names a network outside that its API would answer to.',
        command: `! grep -rhE '^(api_allowed_cidrs += \\["|api_allowed_cidrs += \\[$|api_by_name += true)' ${api.values}`,
        path: api.values,
      },
    ],
  };
  return api.tunnel === null ? closed : { ...closed, ...throughTunnel(input, api.tunnel) };
}

function throughTunnel(input: ModuleInput, tunnel: ApiTunnel): Contribution {
  const comment = headline(
    input,
    'api-exposure',
    'A tunnel to the API, which answers within its network alone, for as long as this runs: kubectl in another terminal goes through it.',
  );
  return {
    files: new Map([
      ...tunnel.files,
      [REACH_API, script(`# ${comment.replaceAll('\n', '\n# ')}`, reachApi(input, tunnel))],
    ]),
    firstSteps: [
      `Keep \`${REACH_API} ${input.clusters[0].name}\` open in another terminal: the API answers within its network alone (docs/runbooks/reach-api.md).`,
    ],
    runbooks: [
      {
        id: 'reach-api',
        title: 'Reaching the API',
        text: page(input, tunnel),
      },
    ],
  };
}

function reachApi({ clusters }: ModuleInput, tunnel: ApiTunnel): string {
  return `#   ${REACH_API} <cluster> [port of this machine]
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="\${1:-}"
port="\${2:-8443}"
${clusterArgument(REACH_API, clusters, ' [port]')}
${tunnel.script}`;
}

function page({ clusters }: ModuleInput, { through, takes, patched }: ApiTunnel): string {
  const [{ name }] = clusters;
  return `The API has an address in the network of its cluster and nowhere else, and that network leads to no other one. ${through}

## What it takes

${takes.map(line => `- ${line}`).join('\n')}

## A session

In a terminal of its own, for as long as you work:

\`\`\`sh
${REACH_API} ${name}
\`\`\`

In another one \`kubectl get nodes\` answers, and so does every tool that reads the same configuration. The entry of the cluster points to
this machine from then on, with the name that the certificate of the API has: nothing is trusted that was not before. A second
cluster takes another port: \`${REACH_API} ${clusters[1]?.name ?? name} 8444\`.

## It does not open

1. The script says what it has not found. Rights that were given a minute ago may take another minute.
2. The tunnel stands and kubectl waits: another program has the port, or the session ended for want of traffic. Start it again.
3. Nobody gets in during an incident: the cloud's own console shows whether the way in runs. ${patched}

Once the network is connected to that of the house, people come in by that way, and the tunnel can go.
`;
}
