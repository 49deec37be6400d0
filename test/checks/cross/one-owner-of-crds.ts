/** The CRDs of the Gateway API come from one place: two controllers that both bring them undo each other's versions. */

import { sourcesOf } from '../argo-cd.ts';
import { parseOnce } from '../parse-once.ts';
import { manifestsOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at } from './fields.ts';
import { providerOf } from './provider.ts';

/** Charts of distributions, which take the CRDs over by force: rancher/rke2#11135 and k3s-io/k3s#14564. */
const BY_DISTRIBUTION = [
  ['infra/rke2/server.yaml', 'rke2-gateway-api-crd'],
  ['infra/k3s/server.yaml', 'gateway-api-crd'],
] as const;

export const oneOwnerOfCrds: CrossCheck = {
  code: 'one-owner-of-crds',
  says: 'Where the Gateway API is used exactly one source brings its CRDs, and charts that carry them leave them out.',
  check: tree => {
    const manifests = manifestsOf(tree);
    const used = manifests.some(({ object }) => object.apiVersion.startsWith('gateway.networking.k8s.io/'));
    const owners = manifests.filter(({ object }) =>
      [
        at(object, 'spec', 'url'),
        at(object, 'spec', 'repository'),
        ...sourcesOf(object).map(({ repoURL }) => repoURL),
      ].some(url => /\/gateway-api$/.test(String(url))),
    );
    const given = providerOf(tree).groups.includes('gateway.networking.k8s.io') ? 1 : 0;
    if (used && owners.length + given !== 1)
      return [
        {
          code: 'one-owner-of-crds',
          place: owners.map(({ file }) => file).join(', ') || 'platform',
          message: `${owners.length + given} sources bring the CRDs of the Gateway API`,
        },
      ];
    const brought = BY_DISTRIBUTION.filter(([file, chart]) => {
      const server = tree.get(file);
      return (
        owners.length > 0 &&
        server !== undefined &&
        !JSON.stringify(at(parseOnce(server), 'disable')).includes(`"${chart}"`)
      );
    });
    if (brought.length > 0)
      return brought.map(([file]) => ({
        code: 'one-owner-of-crds',
        place: file,
        message: 'the distribution brings the CRDs of the Gateway API along from 1.37 on',
      }));
    const values = tree.get('platform/envoy-gateway/values.yaml');
    return values !== undefined && at(parseOnce(values), 'crds', 'enabled') !== false
      ? [
          {
            code: 'one-owner-of-crds',
            place: 'platform/envoy-gateway/values.yaml',
            message: 'the chart brings the experimental CRDs of the Gateway API along',
          },
        ]
      : [];
  },
};
