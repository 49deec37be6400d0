/** Variables of manifests: every one is filled in, none is left over, and the infrastructure puts out the same ones. */
import { clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { inventoriesIn } from '../hosts.ts';
import type { CrossCheck } from './cross-check.ts';

export const variables: CrossCheck = {
  code: 'variables',
  says: 'Every variable is filled in and used, and the infrastructure puts out the same ones.',
  check: tree => {
    const text = [...tree].filter(([file]) => /^(?:apps|delivery|platform|platform-config)\//.test(file));
    const used = new Set(
      text.flatMap(([, each]) => [...each.matchAll(/\$\{([A-Z_]+)\}/g)].map(match => match[1] ?? '')),
    );
    const outputs = outputNames(
      [...tree].find(
        ([file, each]) => /^infra\/[^/]+\/outputs\.tf$/.test(file) && each.includes('output "cluster_vars"'),
      )?.[1] ?? '',
    );
    const inventories = inventoriesIn(tree);
    return clustersIn(tree).flatMap(({ name, variables: values, findings }): readonly Finding[] => {
      const ofHosts = inventories.find(({ cluster }) => cluster === name)?.settings ?? {};
      const given = Object.keys(values);
      const place = `clusters/${name}/variables/cluster-vars.yaml`;
      return [
        ...findings,
        ...given.filter(each => !used.has(each)).map(each => finding(place, `${each} is used nowhere`)),
        ...difference(given, [...outputs, ...Object.keys(ofHosts)]).map(each =>
          finding(place, `${each} is not put out by the infrastructure`),
        ),
        ...difference(outputs, given).map(each => finding(place, `${each} of the infrastructure is missing`)),
      ];
    });
  },
};

function outputNames(text: string): readonly string[] {
  const block = /output "cluster_vars" \{[\s\S]*?value = \{([\s\S]*?)\n {2}\}/.exec(text)?.[1] ?? '';
  return [...block.matchAll(/^\s+([A-Z_]+)\s+=/gm)].map(match => match[1] ?? '');
}

function difference(one: readonly string[], other: readonly string[]): readonly string[] {
  return one.filter(each => !other.includes(each));
}

function finding(place: string, message: string): Finding {
  return { code: 'variables', place, message };
}
