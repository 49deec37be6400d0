/** Flux: writes platform/, platform-config/, apps/ and clusters/ for it, and adds Flux itself to them. */
import { type FileTree, mergeTrees } from '../../files/tree.ts';
import { writeYaml } from '../../files/yaml.ts';
import { headline } from '../headline.ts';
import { LAYERS, type ModuleInput } from '../module.ts';
import { resolversOf } from '../network/edge.ts';
import { namespaceObjects } from '../network/namespace.ts';
import type { Delivery, Workplace } from './delivery.ts';
import { FLUX_ALERTS } from './flux/alerts.ts';
import { fluxBootstrap } from './flux/bootstrap.ts';
import { componentFiles } from './flux/component.ts';
import { folderFiles } from './flux/folders.ts';
import { fluxGround, operatorComponent } from './flux/instance.ts';
import { kustomization } from './flux/kinds.ts';
import { clusterFiles } from './flux/layers.ts';

export const flux: Delivery = {
  contribution: input => ({
    ...fluxGround(),
    components: [operatorComponent(input)],
    config: [FLUX_ALERTS],
    checks: [
      {
        decision: 'gitops',
        says: 'Every cluster has Flux read its own folder of this repository.',
        command: `ls ${input.clusters.map(({ name }) => `clusters/${name}/flux-instance.yaml`).join(' ')}`,
        path: `clusters/${input.clusters[0].name}/flux-instance.yaml`,
      },
      {
        decision: 'gitops',
        says: 'Flux has applied what is in Git, and nothing failed.',
        command: 'flux get all --all-namespaces --status-selector ready=false',
        path: `clusters/${input.clusters[0].name}/kustomization.yaml`,
      },
      {
        decision: 'topology',
        says: 'Every cluster has a folder, values and an overlay of its own.',
        command: `ls ${input.clusters.map(({ name }) => `clusters/${name}`).join(' ')}`,
        path: 'clusters',
      },
    ],
  }),
  bootstrap: fluxBootstrap,
  deliver: (input, workplace) => {
    const tree = mergeTrees(
      ...workplace.components.map(component =>
        componentFiles(input, component, workplace.policies.get(component.id) ?? []),
      ),
      layerFiles(input, workplace),
      namespaceFiles(input, workplace),
      folderFiles(input, 'platform-config', workplace.config, () => []),
      ...(workplace.apps.length === 0
        ? []
        : [folderFiles(input, 'apps', workplace.apps, app => workplace.policies.get(app.id) ?? [])]),
    );
    return { files: mergeTrees(tree, clusterFiles(input, workplace, tree)) };
  },
};

function layerFiles(input: ModuleInput, { components }: Workplace): FileTree {
  const files = new Map<string, string>();
  for (const layer of LAYERS) {
    const folders = components.filter(each => each.layer === layer).map(({ id }) => `../../${id}`);
    if (folders.length === 0) continue;
    const comment = headline(input, 'gitops', `What is delivered together in the step ${layer}.`);
    files.set(
      `platform/layers/${layer}/kustomization.yaml`,
      writeYaml([kustomization(folders)], { comment }),
    );
  }
  return files;
}

/** A namespace brings its policies along where nothing could be delivered without them. */
function namespaceFiles(input: ModuleInput, { namespaces, policies }: Workplace): FileTree {
  const early = policies.get('namespaces') ?? [];
  const resolvers = resolversOf(input.foundation.addresses);
  const files = new Map<string, string>();
  for (const spec of namespaces) {
    const own = early.filter(({ metadata }) => metadata?.namespace === spec.name);
    const says =
      spec.because === '' ? `Owner: ${spec.owner}.` : `Owner: ${spec.owner}. Not restricted: ${spec.because}`;
    files.set(
      `platform/namespaces/${spec.name}.yaml`,
      writeYaml([...namespaceObjects(spec, input.kubernetes, resolvers), ...own], {
        comment: headline(input, spec.decision, says),
      }),
    );
  }
  const names = [...files.keys()].map(path => path.slice('platform/namespaces/'.length)).sort();
  files.set(
    'platform/namespaces/kustomization.yaml',
    writeYaml([kustomization(names)], {
      comment: headline(input, 'platform-defaults', 'Every namespace: Pod Security, default-deny, DNS.'),
    }),
  );
  return files;
}
