/** Machines of a cloud in a network that nothing leaves: what starts before delivery comes from within, and who takes a role by a token may. */
import type { FileTree } from '../../../src/files/tree.ts';
import { clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { HANDED_OVER } from './closed-network.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

const ENDPOINTS = 'infra/machines/endpoints.tf';

export const closedMachines: CrossCheck = {
  code: 'closed-machines',
  says: 'Before delivery runs, machines of a closed network ask nobody outside either, and what signs in is let in.',
  check: tree => {
    const onMachines = [...tree.keys()].some(path => path.startsWith('infra/machines/'));
    if (!tree.has(HANDED_OVER) || !onMachines) return [];
    return [...talos(tree), ...network(tree), ...signsIn(tree), ...endpoints(tree)];
  },
};

/** Talos signs in to no registry: what it starts lies on its disk, and the time comes from beside it. */
function talos(tree: FileTree): readonly Finding[] {
  const file = 'infra/talos/all.yaml';
  const text = tree.get(file);
  if (text === undefined) return [];
  return [
    ...(/imageCache:\n +localEnabled: true/.test(text) ? [] : [finding(file, 'asks registries for images')]),
    ...(/kind: TimeSyncConfig\nntp:\n +servers:\n +- "?(?:169\.254\.|\/dev\/ptp)/.test(text)
      ? []
      : [finding(file, 'asks the internet for the time')]),
  ];
}

/** The network plugin comes before delivery, which says the registry of its images. */
function network(tree: FileTree): readonly Finding[] {
  return ['cilium', 'calico'].flatMap(plugin => {
    const script = `scripts/install-${plugin}.sh`;
    const text = tree.get(script);
    if (text === undefined) return [];
    const [file, delivered = ''] =
      [...tree].find(([path]) => new RegExp(`^delivery/[^/]+/${plugin}\\.yaml$`).test(path)) ?? [];
    const images = [...delivered.matchAll(/^ +\w+: (\$\{REGISTRY\}\/.+)$/gm)].map(([, image = '']) => image);
    return [
      ...(images.length === 0 ? [finding(file ?? script, 'its images come from their publisher')] : []),
      ...images
        .filter(image => !text.includes(`="${image}"`))
        .map(image => finding(script, `does not say ${image}, as delivery does`)),
    ];
  });
}

/** Flux starts before anything could give it the role by which it reads. */
function signsIn(tree: FileTree): readonly Finding[] {
  if (!issuesTokens(tree)) return [];
  return clustersIn(tree).flatMap(({ name, objects }) =>
    objects
      .filter(({ kind }) => kind === 'FluxInstance')
      .filter(({ spec }) => {
        const patches = list(at(spec, 'kustomize', 'patches'))
          .filter(patch => at(patch, 'target', 'name') === 'source-controller')
          .map(patch => String(at(patch, 'patch')))
          .join('\n');
        return !/role\/\S+-source-controller/.test(patches) || !patches.includes('serviceAccountToken');
      })
      .map(() => finding(`${name}: FluxInstance`, 'source-controller takes no role of its own')),
  );
}

function endpoints(tree: FileTree): readonly Finding[] {
  const text = tree.get(ENDPOINTS);
  if (text === undefined) return [];
  const [, made = ''] = /endpoint_services = (?:setsubtract\()?\[([^\]]*)\]/.exec(text) ?? [];
  // Archives come from the bucket, images from the registry, roles by tokens, shells by Session Manager.
  const asked = ['s3', 'ecr.api', 'ecr.dkr', 'sts', 'ec2', 'ssm', 'ssmmessages'];
  const byToken = /sts += data\.aws_iam_policy_document\.endpoint_sts\.json/.test(text);
  return [
    ...asked
      .filter(service => !made.includes(`"${service}"`))
      .map(service => finding(ENDPOINTS, `machines ask ${service}, which has no endpoint`)),
    ...(issuesTokens(tree) && !(byToken && text.includes('"sts:AssumeRoleWithWebIdentity"'))
      ? [finding(ENDPOINTS, 'whoever takes a role by a token is refused at the endpoint of STS')]
      : []),
  ];
}

function issuesTokens(tree: FileTree): boolean {
  return [...tree].some(
    ([path, text]) =>
      path.startsWith('infra/machines/') && text.includes('resource "aws_iam_openid_connect_provider"'),
  );
}

function finding(place: string, message: string): Finding {
  return { code: 'closed-machines', place, message };
}
