/** docs/first-service.md: how a developer brings a first service, and what lies where. */

import type { ClusterParts } from '../cluster.ts';
import { deliveredTeams } from '../gitops/tree/teams.ts';
import { markdownHeadline } from '../headline.ts';
import type { WayIn } from '../way-in.ts';
import { ROUTED } from '../workload/web.ts';
import { NEW_SERVICE_PATH } from './scripts/new-service.ts';

export function firstServicePage(parts: ClusterParts): string {
  const { input, wayIn } = parts;
  const [first] = input.clusters;
  const outside = wayIn === null ? '' : `\n   It is then at \`https://NAME.\` and the domain of the cluster.`;
  return `# Your first service

${markdownHeadline(input, 'platform-defaults', '../')}

One command makes all that a service needs, from the sample that runs here already:

\`\`\`sh
${NEW_SERVICE_PATH} NAME NAMESPACE REGISTRY/IMAGE:TAG
scripts/validate.sh
\`\`\`

${whose(parts)}## What lies in its folder

\`apps/base/NAME\` is all that is yours:

- \`deployment.yaml\`: the program, what it requests, how it is seen to be alive, and an account of its own without rights.
- \`service.yaml\` and \`route.yaml\`: its name inside, and how requests from outside come to it.${wayIn === null ? '' : limitOf(wayIn)}
- \`scaling.yaml\`: how many there are, and how many may be missing at once.
- \`network-policies.yaml\`: who may call it, and whom it may call. Nothing else gets through.
- \`monitor.yaml\`: where its metrics are read.

Beside it: the namespace with the quota of the team (\`platform/namespaces/NAMESPACE.yaml\`), and what the service promises
(\`platform-config/base/slo/NAME.yaml\`), with a test (\`tests/slo/NAME.yaml\`).

## The way to production

1. Build the image, and sign it where signatures are asked for. It runs as any user above 10000, with a file system that it cannot write
   to except \`/data\`, and ends within 45 seconds of SIGTERM.
2. Open a pull request. The pipelines check what the platform would refuse.
3. After the merge ${input.delivery.name} applies it ${input.delivery.arrives}, in ${first.name} and every other cluster whose overlay names it.${outside}
4. It does not come up: [a pod is refused](runbooks/admission-denied.md), [something cannot be reached](runbooks/network-denied.md).

To see it in one cluster first, leave \`../base/NAME\` out of the overlays of the others.
`;
}

/** In a cluster that teams share, a namespace is there before its first service. */
function whose({ input, contribution }: ClusterParts): string {
  const [team] = deliveredTeams(input, contribution);
  if (team === undefined) return '';
  const [namespace = ''] = team.namespaces;
  return `NAMESPACE is one of your team, like \`${namespace}\`: [a team comes](runbooks/teams.md) before its first service.

`;
}

/** Some proxies are told so in the route, and some have a time of their own for connections that are idle. */
function limitOf(wayIn: WayIn): string {
  const isTold = /"15s"|"timeoutSec":15\b/.test(JSON.stringify(wayIn.routeOf(ROUTED).objects));
  return isTold
    ? ' A request ends after 15 seconds until `route.yaml` says otherwise: longer answers, streams and WebSockets ask for more.'
    : '';
}
