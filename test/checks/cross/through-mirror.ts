/** Where images come through a mirror, all of them do but those that come before it. */
import type { FileTree } from '../../../src/files/tree.ts';
import { UPSTREAMS } from '../../../src/starter/registry/upstreams.ts';
import { oncePerText } from '../once.ts';
import { manifestsOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list, podTemplate } from './fields.ts';

/** Installed before the cluster knows its variables, without a pod of their own, or from a publisher that no mirror stands for. */
const WITHOUT =
  /^(?:flux-operator|nvidia-device-plugin|azure-workload-identity|azuredisk-csi-driver|csi-secrets-store-provider-azure|istio-base|istio-eastwest|cilium|tigera-operator|calico|.+-crds?)$/;

/** No mirror stands for clouds, whose images are used in their own alone. */
const MICROSOFT = 'mcr.microsoft.com/';
const GOOGLE = 'us-docker.pkg.dev/secretmanager-csi/';

export const throughMirror: CrossCheck = {
  code: 'through-mirror',
  says: 'Where there is a mirror, every chart and every pod gets its images from it.',
  check: tree => {
    const address = mirrorOf(tree);
    if (address === null) return [];
    const charts = [...tree].flatMap(([file, text]) => {
      const [, name = ''] = /^delivery\/[^/]+\/([^/]+)\.yaml$/.exec(file) ?? [];
      const values = tree.get(`platform/${name}/values.yaml`) ?? '';
      const isChart = /^kind: HelmRelease|^ +chart: /m.test(text);
      return name === '' || !isChart || WITHOUT.test(name) || `${text}${values}`.includes(address)
        ? []
        : [{ code: 'through-mirror', place: file, message: 'is told of no image of the mirror' }];
    });
    const pods = manifestsOf(tree).flatMap(({ file, object }) =>
      list(at(podTemplate(object), 'spec', 'containers'))
        .filter(
          ({ image }) =>
            ![`${address}/`, MICROSOFT, GOOGLE].some(publisher => String(image).startsWith(publisher)),
        )
        .map(({ image }) => ({
          code: 'through-mirror',
          place: file,
          message: `${String(image)} goes around the mirror`,
        })),
    );
    return [...charts, ...pods];
  },
};

const IN_FRONT = new RegExp(
  `(?:registry|Registry|repository|image): (?!oci:|https:)(\\S+?)/(?:${UPSTREAMS.map(({ prefix }) => prefix).join('|')})\\b`,
  'g',
);
const beforeUpstreams = oncePerText((text): readonly string[] =>
  [...text.matchAll(IN_FRONT)].map(([, address = '']) => address),
);

/** What stands in front of copies: two components and more agree on it. */
function mirrorOf(tree: FileTree): string | null {
  const found = [...tree]
    .filter(([file]) => /^(?:delivery|platform|apps)\//.test(file))
    .flatMap(([, text]) => beforeUpstreams(text))
    .filter(address => !address.includes('ghcr.io') && !address.startsWith(MICROSOFT));
  return found.length > 1 ? (found[0] ?? null) : null;
}
