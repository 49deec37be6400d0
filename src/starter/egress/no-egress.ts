/** No way out: charts, images, kinds and releases come from a registry that stands within, and so does what is delivered. */
import type { Contribution } from '../contribution.ts';
import { isOpenshift } from '../control-plane/openshift/project.ts';
import { commented, headline } from '../headline.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { answerOf, pickOf } from '../picks.ts';
import { HARBOR } from '../registry/harbor.ts';
import { script } from '../repository/common-files.ts';
import { ownRunnersStep } from '../runners.ts';
import { carryInScript } from './no-egress/carry-in-script.ts';
import { isClosed, isClosedByHouse, isClosedInCloud } from './no-egress/closed.ts';
import { noWayOutOfCloudPage } from './no-egress/cloud-page.ts';
import { tokensOf } from './no-egress/given-hosts.ts';
import { handOverScript } from './no-egress/hand-over-script.ts';
import { leavesOpen } from './no-egress/left-open.ts';
import { chartsList } from './no-egress/lists.ts';
import { PACK_TOOLS, PACKS, packToolsScript } from './no-egress/pack-tools-script.ts';
import { noWayOutPage } from './no-egress/pages.ts';

type Whole = Required<Contribution>;

export const GIVEN_HOSTS_PAGE = 'docs/runbooks/no-way-out.md';

export function noEgress(input: ModuleInput): Contribution | NotGenerated {
  if (isClosed(input)) return {};
  return { notGenerated: `${leavesOpen(input) ?? ''} ${meanwhile(input)}`.trimEnd() };
}

/** What is true until then, and what comes nearest. */
function meanwhile({ stack }: ModuleInput): string {
  const cloud = String(answerOf(stack, 'cloud'));
  const way =
    cloud === 'azure' && pickOf(stack, 'control-plane') !== 'self-managed'
      ? 'the load balancer that AKS makes for it'
      : GATEWAYS[cloud];
  return way === undefined ? '' : `Until then traffic leaves through ${way}. ${NEAREST}`;
}

const NEAREST =
  'The option central-firewall comes nearest: it lists every destination, so that a border lets nothing else pass.';
const GATEWAYS: Readonly<Record<string, string>> = {
  aws: 'NAT gateways',
  azure: 'NAT gateways',
  gcp: 'Cloud NAT',
};

/** Made of the stack as its publishers know it, once all components are there. */
export function carriedIn(published: ModuleInput, whole: Whole): Contribution {
  if (!isClosed(published)) return {};
  const comment = headline(
    published,
    'egress',
    `Copies what the cluster runs from its publishers into ${isClosedByHouse(published) ? 'Harbor and the Git server' : 'the registry of the cloud'}; run it where both sides can be reached.`,
  );
  return {
    files: new Map([
      ['charts.txt', chartsList(published, whole.components)],
      ['scripts/carry-in.sh', script(commented(comment), carryInScript(published))],
      ...(isClosedByHouse(published)
        ? [
            [
              PACK_TOOLS,
              script(commented(headline(published, 'egress', PACKS)), packToolsScript(published)),
            ] as const,
          ]
        : []),
      ...(isClosedInCloud(published)
        ? [
            [
              'scripts/hand-over.sh',
              script(commented(headline(published, 'gitops')), handOverScript(published)),
            ] as const,
          ]
        : []),
    ]),
    runbooks: [
      isClosedByHouse(published)
        ? noWayOutPage(published, tokensOf(whole))
        : noWayOutOfCloudPage(published, tokensOf(whole)),
    ],
    checks: [
      {
        decision: 'egress',
        says: 'Nothing that the cluster reads comes from a publisher.',
        command:
          "! grep -rhE '^ +(url|repository|repoURL|artifact|registry|image): ' delivery clusters platform apps | grep -qE '(ghcr|quay|docker|k8s|github)\\.(io|com)(/|$)'",
        path: 'delivery',
      },
      {
        decision: 'egress',
        says: 'Every source of charts and manifests is reached.',
        command: `kubectl get ${isClosedByHouse(published) ? 'ocirepositories,gitrepositories' : 'ocirepositories'} --all-namespaces`,
        path: GIVEN_HOSTS_PAGE,
      },
    ],
    ...(isClosedByHouse(published)
      ? {
          groundSteps: [
            `Run \`scripts/carry-in.sh ${HARBOR}${isOpenshift(published) ? ' FOLDER' : ''}\` from a machine that reaches both sides before the first ${isOpenshift(published) ? 'host starts' : 'bootstrap'} (docs/runbooks/no-way-out.md).`,
            ownRunnersStep(`an image that holds what \`${PACK_TOOLS}\` packs (docs/runbooks/no-way-out.md)`),
          ],
        }
      : {
          firstSteps: [
            `Run \`scripts/carry-in.sh REGISTRY\` and \`scripts/hand-over.sh ${published.clusters[0].name} REGISTRY\` where the publishers and the registry can both be reached, then go on where the network can be (docs/runbooks/no-way-out.md).`,
          ],
        }),
  };
}
