/** charts.txt: charts and repositories that are read within, from where they come and where they lie. */
import type { Component } from '../../contribution.ts';
import { hasSandboxNodes } from '../../control-plane/eks/sandbox-nodes.ts';
import { archivesToRegistry } from '../../control-plane/self-managed/install-sandbox.ts';
import { commented, headline } from '../../headline.ts';
import type { ModuleInput } from '../../module.ts';
import { release } from '../../release.ts';
import { chartFolder, isClosedInCloud, manifestsFolder } from './closed.ts';

/** `kind, from, version, to` as carry-in.sh reads it; for kinds the path within what they come from, and for files a checksum before the last. */
export function chartsList(published: ModuleInput, components: readonly Component[]): string {
  const ids = [
    ...new Set([...components.flatMap(({ chart }) => (chart === undefined ? [] : [chart.release]))]),
  ];
  const charts = ids.sort().flatMap(id => {
    const { chart } = release(published, id);
    if (chart === null) return [];
    const { name, version, repository } = chart;
    return [`chart ${repository.replace(/\/$/, '')} ${name} ${version} ${chartFolder(repository)}`];
  });
  const repositories = components.flatMap(({ id, manifests }) => {
    if (manifests === undefined) return [];
    const from = PUBLISHED[manifests.repository.replace(/^.*\//, '')] ?? manifests.repository;
    return [
      isClosedInCloud(published)
        ? `manifests ${from} ${manifests.tag} ${manifestsFolder(id)} ${manifests.path}`
        : `git ${from} ${manifests.tag} ${manifests.repository}`,
    ];
  });
  const files = isClosedInCloud(published) && hasSandboxNodes(published) ? archivesToRegistry(published) : [];
  const comment = commented(
    headline(
      published,
      'egress',
      'Charts and repositories that the cluster reads: from where, in which version, and where they lie inside.',
    ),
  );
  return `${comment}\n\n${[...charts, ...new Set(repositories), ...files].join('\n')}\n`;
}

/** Where repositories that are kept beside this one come from. */
const PUBLISHED: Readonly<Record<string, string>> = {
  gateway: 'https://github.com/envoyproxy/gateway',
  'gateway-api': 'https://github.com/kubernetes-sigs/gateway-api',
};
