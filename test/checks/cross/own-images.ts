/** Clusters that pull images of one's own from registries of their own all get what the pipeline builds. */
import { clustersIn } from '../clusters.ts';
import type { CrossCheck } from './cross-check.ts';

const WORKFLOW = '.github/workflows/image.yaml';
/** Their pipelines push to what a variable of the repository names. */
const ACCOUNTS = ['infra/aws-account/registry.tf', 'infra/gcp-project/registry.tf'] as const;

export const ownImages: CrossCheck = {
  code: 'own-images',
  says: 'What the pipeline builds comes to the registry of every region, which has repositories for it.',
  check: tree => {
    const workflow = tree.get(WORKFLOW);
    const file = ACCOUNTS.find(each => tree.has(each));
    if (workflow === undefined || file === undefined) return [];
    const registries = new Set(clustersIn(tree).flatMap(({ variables: { REGISTRY } }) => REGISTRY ?? []));
    const regions = [...registries].map(
      each => /([a-z0-9-]+?)(?:-docker\.pkg\.dev|\.amazonaws\.com)/.exec(each)?.[1],
    );
    const made =
      /variable "registry_regions" \{[^}]*default += \[([^\]]*)\]/.exec(tree.get(file) ?? '')?.[1] ?? '';
    const all = registries.size > 1 && !/for registry in \$REGISTRIES; do/.test(workflow);
    return [
      ...(all ? [{ code: 'own-images', place: WORKFLOW, message: 'pushes to one registry of several' }] : []),
      ...regions
        .filter(region => !made.includes(`"${region}"`))
        .map(region => ({ code: 'own-images', place: file, message: `has no repositories in ${region}` })),
    ];
  },
};
