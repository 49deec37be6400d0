/** clusters/<name>/: the order of delivery as Kustomizations of Flux, each of which waits until it is ready. */
import type { IKustomization } from '@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1';
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import type { Cluster } from '../../cluster-input.ts';
import { headline } from '../../headline.ts';
import type { ModuleInput } from '../../module.ts';
import { DECRYPTION_SECRET, decrypts } from '../../secrets/sops.ts';
import type { Workplace } from '../delivery.ts';
import { kustomization } from '../tree/kustomization.ts';
import { type Step, steps } from '../tree/steps.ts';
import { teamSteps } from '../tree/teams.ts';
import { fluxInstance } from './instance.ts';
import { FLUX_NAMESPACE } from './kinds.ts';
import { sourceKind } from './source.ts';
import { accountOf } from './team-accounts.ts';

export function clusterFiles(input: ModuleInput, workplace: Workplace): FileTree {
  return new Map(input.clusters.flatMap(cluster => [...filesOf(input, workplace, cluster)]));
}

function filesOf(input: ModuleInput, workplace: Workplace, cluster: Cluster): FileTree {
  const folder = `clusters/${cluster.name}`;
  const files = new Map<string, string>();
  for (const each of [...steps(workplace, cluster), ...teamSteps(input, workplace, cluster)])
    files.set(
      `${folder}/${each.name}.yaml`,
      writeYaml([fluxKustomization(input, each)], {
        comment: headline(input, 'gitops', each.says),
      }),
    );
  files.set(
    `${folder}/flux-instance.yaml`,
    writeYaml([fluxInstance(input, cluster)], {
      comment: headline(
        input,
        'gitops',
        'Flux itself, applied once by scripts/bootstrap.sh and from then on by Flux.',
      ),
    }),
  );
  const names = [...files.keys()].map(path => path.slice(folder.length + 1)).sort();
  files.set(
    `${folder}/kustomization.yaml`,
    writeYaml([kustomization(names)], {
      comment: headline(input, 'topology', `All that the cluster ${cluster.name} is made of.`),
    }),
  );
  return files;
}

/** Steps that encrypted files may lie in. */
const WITH_SECRETS = ['apps', 'platform-config'];
const DECRYPTION = { provider: 'sops', secretRef: { name: DECRYPTION_SECRET } } as const;

function fluxKustomization(input: ModuleInput, step: Step): IKustomization {
  const { name, path, dependsOn, prune, team } = step;
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: FLUX_NAMESPACE },
    spec: {
      interval: '1h',
      retryInterval: '2m',
      timeout: '15m',
      prune,
      wait: true,
      path: `./${path}`,
      serviceAccountName: team === undefined ? 'kustomize-controller' : accountOf(team),
      sourceRef: { kind: sourceKind(input), name: FLUX_NAMESPACE },
      ...(decrypts(input) && (team !== undefined || WITH_SECRETS.includes(name))
        ? { decryption: DECRYPTION }
        : {}),
      ...(dependsOn.length === 0 ? {} : { dependsOn: dependsOn.map(each => ({ name: each })) }),
    },
  };
}
