/** OpenShift in a network without a way out: what oc-mirror carries into Harbor, and where hosts look for it then. */
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosedByHouse } from '../../egress/no-egress/closed.ts';
import { headline } from '../../headline.ts';
import { answerOf } from '../../picks.ts';
import { HARBOR } from '../../registry/harbor.ts';
import { UPSTREAMS } from '../../registry/upstreams.ts';
import { release } from '../../release.ts';
import type { ImageDigestMirrorSet, ImageTagMirrorSet, OperatorHub } from './kinds.ts';
import { catalogOf, operatorsOf } from './operators.ts';
import { minorOf, PUBLIC_RED_HAT, RED_HAT } from './project.ts';

/** Beside the other lists of what is carried in. */
export const IMAGE_SET = 'image-set.yaml';
/** What oc-mirror writes for the cluster, below its folder. */
export const WRITTEN = 'working-dir/cluster-resources';

export function imageSet(input: ClusterInput): FileTree {
  const { version } = release(input, 'openshift');
  const operators = operatorsOf(input);
  const architecture = answerOf(input.stack, 'architecture') === 'arm64' ? 'arm64' : 'amd64';
  const set = {
    apiVersion: 'mirror.openshift.io/v2alpha1',
    kind: 'ImageSetConfiguration',
    mirror: {
      platform: {
        architectures: [architecture],
        // Without an end: each run brings what came since, which is what an upgrade goes to.
        channels: [{ name: `stable-${minorOf(input)}`, minVersion: version }],
      },
      ...(operators.length === 0
        ? {}
        : {
            operators: [
              {
                catalog: catalogOf(input),
                packages: operators.map(each => ({ name: each.package, channels: [{ name: each.channel }] })),
              },
            ],
          }),
    },
  };
  const comment = headline(
    input,
    'egress',
    `What oc-mirror copies into ${isClosedByHouse(input) ? `the project ${RED_HAT} of Harbor` : 'the registry of releases'}: releases from the one that clusters have to the newest of the minor.\nOperators of a catalog come below mirror.operators: docs/runbooks/no-way-out.md.`,
  );
  return new Map([[IMAGE_SET, writeYaml([set], { comment })]]);
}

/** As oc-mirror lays them down: the release itself, and what it consists of. */
const RELEASES = [
  { source: 'quay.io/openshift-release-dev/ocp-release', to: 'openshift/release-images' },
  { source: 'quay.io/openshift-release-dev/ocp-v4.0-art-dev', to: 'openshift/release' },
];

/** Catalogs and their operators, and the images that Red Hat gives to everybody. */
const catalogsAt = (place: string) =>
  ['registry.redhat.io', 'registry.connect.redhat.com', PUBLIC_RED_HAT].map(source => ({
    source,
    mirrors: [place],
  }));

/** For the installer, which makes the same of it in the cluster: operators are there before delivery brings further mirrors. */
export const installedFrom = (place: string): readonly object[] => [
  ...RELEASES.map(({ source, to }) => ({ source, mirrors: [`${place}/${to}`] })),
  ...catalogsAt(place),
];

/** Where hosts of the house find all of it. */
export const IN_HARBOR = `${HARBOR}/${RED_HAT}`;

const PUBLISHERS = UPSTREAMS.map(({ host, prefix }) => ({ source: host, mirrors: [`${HARBOR}/${prefix}`] }));

const never = <T extends object>(set: T) => ({ ...set, mirrorSourcePolicy: 'NeverContactSource' }) as const;

/** In a closed network whole registries are stood for; what the installer says of releases is nearer and counts first. */
export const MIRRORS_WITHIN: readonly [ImageDigestMirrorSet, ImageTagMirrorSet] = [
  {
    apiVersion: 'config.openshift.io/v1',
    kind: 'ImageDigestMirrorSet',
    metadata: { name: 'harbor' },
    spec: { imageDigestMirrors: PUBLISHERS.map(never) },
  },
  {
    apiVersion: 'config.openshift.io/v1',
    kind: 'ImageTagMirrorSet',
    metadata: { name: 'harbor' },
    spec: { imageTagMirrors: [...catalogsAt(IN_HARBOR), ...PUBLISHERS].map(never) },
  },
];

/** Tags come through the caches of Harbor. Never to contact the source would close it to digests as well, and OpenShift pulls its releases from quay.io by these. */
export const MIRRORS: ImageTagMirrorSet = {
  apiVersion: 'config.openshift.io/v1',
  kind: 'ImageTagMirrorSet',
  metadata: { name: 'harbor' },
  spec: {
    imageTagMirrors: PUBLISHERS.map(set => ({ ...set, mirrorSourcePolicy: 'AllowContactingSource' })),
  },
};

/** Catalogs of Red Hat at addresses that nothing here reaches. */
export const NO_CATALOGS_OF_RED_HAT: OperatorHub = {
  apiVersion: 'config.openshift.io/v1',
  kind: 'OperatorHub',
  metadata: { name: 'cluster' },
  spec: { disableAllDefaultSources: true },
};
