/** Harbor, run apart from these clusters: projects that stand for the publishers, and nodes that pull through them. */
import type { Contribution } from '../contribution.ts';
import { isOpenshift, RED_HAT } from '../control-plane/openshift/project.ts';
import type { ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { CHARTS, UPSTREAMS } from './upstreams.ts';

const DECISION = 'registry';
export const HARBOR = `${TOKENS.harbor}.example.com`;

export function harbor({ stack }: ModuleInput): Contribution {
  const closed = stack.answers.get('air-gap') === 'yes' || pickOf(stack, 'egress') === 'no-egress';
  return {
    placeholders: [
      {
        token: TOKENS.harbor,
        meaning: 'Host that Harbor answers at; replace the whole name.',
        example: 'harbor.acme.example',
      },
    ],
    runbooks: [{ id: 'registry', title: 'Harbor, and how images get into it', text: runbook(stack, closed) }],
    checks: [
      {
        decision: DECISION,
        says: 'The sample workload comes through Harbor.',
        command: `grep -rqE 'image: ${HARBOR.replaceAll('.', '\\.')}/' apps/base`,
        path: 'apps/base',
      },
    ],
    groundSteps: [
      `Make the projects of Harbor that docs/runbooks/registry.md lists, before the first cluster: nodes pull everything through them.`,
    ],
  };
}

function runbook(stack: ModuleInput['stack'], closed: boolean): string {
  const rows = UPSTREAMS.map(({ prefix, host }) => `| \`${prefix}\` | \`${host}\` |`).join('\n');
  return `Harbor runs apart from these clusters, on hosts of its own: a registry that needs the cluster that needs the registry never
starts. This repository neither installs it nor changes it; it expects these projects, public within the network:

| Project | Stands for |
| --- | --- |
${rows}${closed ? CHARTS_ROW : ''}${closed && isOpenshift({ stack }) ? RED_HAT_ROW : ''}
| \`apps\` | images of your own; tags immutable, scanned on push |

${closed ? CLOSED : OPEN}

An image does not come:

1. \`kubectl -n NAMESPACE describe pod NAME\`: *not found* means that the project has no such image, *x509* that nodes do not trust the
   authority of Harbor's certificate.
2. Harbor itself: \`curl -fsS https://HARBOR/api/v2.0/health\`.
3. It is down and nothing starts: pods that run go on. Mend Harbor first, from its backup if need be; do not change manifests.

Back up its database and its storage together, and restore both in a drill every three months.
`;
}

const RED_HAT_ROW = `\n| \`${RED_HAT}\` | releases and operators of OpenShift, as \`oc-mirror\` lays them down |`;
const CHARTS_ROW = `\n| \`${CHARTS}\` | charts that their publishers keep on a website |`;

const OPEN = `All but \`apps\` are proxy caches: Harbor fetches an image when it is first asked for, and keeps it. Give the caches of Docker Hub and
GitHub an account of yours, since pulls without one are counted or refused.`;

const CLOSED = `Nothing here can fetch from outside, so each project is an ordinary one and is filled by hand: copy every image from a machine that
reaches both sides, scan it, and push it under the same name, \`ghcr.io/stefanprodan/podinfo:1.2.3\` to
\`HARBOR/ghcr/stefanprodan/podinfo:1.2.3\`. \`skopeo copy --all --preserve-digests\` keeps digests and signatures.`;
