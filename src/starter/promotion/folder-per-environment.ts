/** A folder for each environment: what is ahead in one cluster stands in its folder, until it goes to where all have it. */
import { markdownCode } from '../../files/markdown.ts';
import { at } from '../at.ts';
import type { Cluster } from '../cluster-input.ts';
import type { App, Component, Contribution, Patch, Runbook } from '../contribution.ts';
import type { Workplace } from '../gitops/delivery.ts';
import { type KubernetesObject, selectorOf } from '../kubernetes.ts';
import type { ModuleInput } from '../module.ts';
import { pickOf } from '../picks.ts';
import { mirrorAddress } from '../registry/image-source.ts';

/** Where one cluster can be told another version of a component than the others, as its tool of delivery reads it. */
export interface VersionPlace {
  readonly folder: string;
  readonly target: Patch['target'];
  readonly path: string;
}

const DECISION = 'promotion';
const PAGE = DECISION;

/** Whether something may be in one cluster and not yet in another. */
export function hasFolders({ stack, clusters }: Pick<ModuleInput, 'stack' | 'clusters'>): boolean {
  return pickOf(stack, 'promotion') === 'folder-per-environment' && clusters.length > 1;
}

/** The page comes with what delivers: that knows where a version stands. */
export function folderPerEnvironment(input: ModuleInput): Contribution {
  const [first] = input.clusters;
  const overlay = overlayOf(input.clusters.at(-1) ?? first);
  const page = `docs/runbooks/${PAGE}.md`;
  return {
    checks: [
      {
        decision: DECISION,
        says: `What only ${lastOf(input)} has stands in a folder of its own, which a pull request changes.`,
        command: `test -s ${overlay}`,
        path: overlay,
      },
      ...(hasFolders(input)
        ? [
            {
              decision: DECISION,
              says: `How a change is tried in ${first.name} before the others have it is written down.`,
              command: `grep -q '^# ${overlayOf(first)}' ${page}`,
              path: page,
            },
          ]
        : []),
    ],
  };
}

export function promotionByFolder(
  input: ModuleInput,
  { apps, components }: Workplace,
  versionOf: (component: Charted, cluster: Cluster) => VersionPlace,
): readonly Runbook[] {
  if (!hasFolders(input)) return [];
  const [first] = input.clusters;
  const image = imageIn(apps);
  const charted = components.filter(isChart).find(({ layer }) => layer !== 'crds');
  return [
    {
      id: PAGE,
      title: 'From one environment to the next',
      text: `What all clusters have alike stands once: workloads in \`apps/base\`, components in \`platform\` and \`delivery\`, their settings in
\`platform-config/base\`. A merge that changes one of these reaches every cluster, ${markdownCode(lastOf(input))} among them, ${input.delivery.arrives}.

So what has to prove itself first is said in the folder of ${markdownCode(first.name)} alone, as a patch. A second pull request says it where all have it and takes the patch
out again: that one is the promotion, and its difference is what changes everywhere else.
${image === null ? '' : imagePart(input, image)}${charted === undefined ? '' : versionPart(first, charted.id, versionOf(charted, first))}
## Promoting

1. It has run in ${markdownCode(first.name)} for long enough: no alert since, and \`${input.delivery.state}\` there says that all is delivered.
2. ${betweenThem(input)}One pull request says it where all clusters have it, and takes the patch out of the folder.
3. What is ahead now: \`diff ${overlayOf(first)} ${overlayOf(input.clusters.at(-1) ?? first)}\`.

## The way back

Revert the pull request. What stood in the folder of one cluster alone has never reached the others. Kinds and the version of Kubernetes do not go back.
`,
    },
  ];
}

export type Charted = Component & Required<Pick<Component, 'chart'>>;

function isChart(component: Component): component is Charted {
  return component.chart !== undefined;
}

/** Where there are more than two, production does not follow the first at once. */
function betweenThem({ clusters }: ModuleInput): string {
  return clusters.length < 3
    ? ''
    : 'The patch goes into the folder of the next cluster as well, one after the other, as far as you want it tried. ';
}

function lastOf({ clusters }: ModuleInput): string {
  return (clusters.at(-1) ?? clusters[0]).name;
}

function overlayOf({ name }: Cluster): string {
  return `apps/${name}/kustomization.yaml`;
}

interface Image {
  readonly object: KubernetesObject;
  readonly app: string;
  readonly path: string;
  readonly isFilled: boolean;
}

const POD_PLACES: readonly (readonly string[])[] = [
  ['spec', 'template', 'spec', 'containers'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers'],
];

/** The first workload that has an image of its own. */
function imageIn(apps: readonly App[]): Image | null {
  for (const { id, objects } of apps)
    for (const object of Object.values(objects).flat())
      for (const place of POD_PLACES) {
        const containers = at(object, ...place);
        if (!Array.isArray(containers)) continue;
        const image = String(at(containers[0], 'image'));
        return { object, app: id, path: `/${place.join('/')}/0/image`, isFilled: image.includes('${') };
      }
  return null;
}

function imagePart(input: ModuleInput, { object, app, path, isFilled }: Image): string {
  const [first] = input.clusters;
  const whole =
    isFilled || mirrorAddress(input)?.includes('${') === true
      ? ' Write the address of the registry out: `${REGISTRY}` of the base is filled in before this patch is read.'
      : '';
  return `
## An image

One more entry below \`patches\`, which is added where the file has none.${whole} Without the patch it stands in \`apps/base/${app}\`.

${block(overlayOf(first), selectorOf(object), path, 'REGISTRY/IMAGE:TAG@sha256:DIGEST')}
`;
}

function versionPart(first: Cluster, id: string, place: VersionPlace): string {
  return `
## A version of a component

A pull request of Renovate changes \`delivery\`, which is read by every cluster: let it wait, and give ${markdownCode(first.name)} the version that it offers, here for ${markdownCode(id)}.
Promoting is then to merge the one of Renovate, with the patch taken out in it.

${block(`${place.folder}/kustomization.yaml`, place.target, place.path, 'VERSION')}
`;
}

function block(file: string, target: VersionPlace['target'], path: string, value: string): string {
  const selected = Object.entries(target).map(([key, each]) => `      ${key}: ${each}`);
  return `\`\`\`yaml
# ${file}
patches:
  - target:
${selected.join('\n')}
    patch: |
      - op: replace
        path: ${path}
        value: ${value}
\`\`\``;
}
