/** docs/exceptions.yaml: what is switched off or let through, why, who answers for it, and until when. */
import type { Day, Id } from '../../content/catalogue.ts';
import { writeYaml } from '../../files/yaml.ts';
import type { ClusterParts } from '../cluster.ts';
import { monthsAfter } from '../day.ts';
import { headline } from '../headline.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import { ownerOf } from '../names.ts';
import { checkov } from './checkov.ts';
import { secretObjects } from './secret-objects.ts';

export const EXCEPTIONS_PATH = 'docs/exceptions.yaml';

export interface Exception {
  readonly id: string;
  /** What is let through, as it stands in the file. */
  readonly what: string;
  readonly where: string;
  readonly reason: string;
}

/** Half a year for settings of a scanner, a year for what the platform cannot do without. */
const MONTHS = { scanner: 6, platform: 12 } as const;

export function exceptionsRegister(parts: ClusterParts): string {
  const { input } = parts;
  const owner = ownerOf(input);
  const until = (months: number): Day => monthsAfter(input.stack.asOf, months);
  const entries = [
    ...namespaces(parts).map(each => ({ ...each, owner, expires: until(MONTHS.platform) })),
    ...secretObjects(parts).map(each => ({ ...each, owner, expires: until(MONTHS.platform) })),
    ...pinsAgainstRules(parts).map(each => ({ ...each, owner, expires: until(MONTHS.platform) })),
    ...waivers(parts).map(each => ({ ...each, owner, expires: until(MONTHS.scanner) })),
    ...skips(parts).map(each => ({ ...each, owner, expires: until(MONTHS.scanner) })),
    ...annotations(parts).map(each => ({ ...each, owner, expires: until(MONTHS.scanner) })),
  ];
  const says = `The register of exceptions. An entry that has expired fails scripts/check-exceptions.sh, and so the pipelines: look at it
again, then take it away or give it a new day and say why in the pull request. What is not written down here is refused too.`;
  return writeYaml([{ exceptions: entries }], { comment: headline(input, 'platform-defaults', says) });
}

function namespaces({ contribution }: ClusterParts): readonly Exception[] {
  return contribution.namespaces
    .filter(({ podSecurity }) => podSecurity !== 'restricted')
    .map(({ name, podSecurity, because }) => ({
      id: `namespace-${name}`,
      what: `pod-security.kubernetes.io/enforce: ${podSecurity}`,
      where: `platform/namespaces/${name}.yaml`,
      reason: because,
    }));
}

function pinsAgainstRules({ input }: ClusterParts): readonly Exception[] {
  return input.stack.outcomes.flatMap(outcome => {
    if (outcome.status !== 'decided' || !outcome.pinned?.against) return [];
    const record = input.adrOf(outcome.decision);
    return [
      {
        id: `decision-${outcome.decision}`,
        what: `${outcome.pick}, although it is ${outcome.pinned.against.kind}`,
        where: record === null ? 'docs/adr' : `${input.adrFolder ?? 'docs/adr'}/${record.path}`,
        reason: outcome.pinned.pin.because,
      },
    ];
  });
}

/** A comment, and below it the checks that it speaks of. */
function waivers(parts: ClusterParts): readonly Exception[] {
  let reason: readonly string[] = [];
  let open = true;
  return checkov(parts)
    .split('\n')
    .flatMap(line => {
      const check = /^ {2}- (CKV\w+|\S+\.tf)$/.exec(line)?.[1];
      const said = /^ {2}# (.*)$/.exec(line)?.[1];
      if (said !== undefined) {
        reason = open ? [...reason, said] : [said];
        open = true;
      }
      if (check === undefined) return [];
      open = false;
      return [
        {
          id: check.replace(/\W+/g, '-'),
          what: check,
          where: 'policies/checkov.yaml',
          reason: reason.join(' '),
        },
      ];
    });
}

/** Beside a resource, with its reason behind it. */
function skips({ contribution }: ClusterParts): readonly Exception[] {
  return [...contribution.files].flatMap(([where, text]) => {
    if (!where.endsWith('.tf')) return [];
    const found = [...text.matchAll(/checkov:skip=(CKV\w+): ?(.*)$/gm)];
    const reasons = new Map(found.map(([, check = '', reason = '']) => [check, reason]));
    const folder = where
      .replace(/^infra\//, '')
      .replace(/\.tf$/, '')
      .replaceAll('/', '-');
    return [...reasons].map(([check, reason]) => ({
      id: `${check}-${folder}`,
      what: `checkov:skip=${check}`,
      where,
      reason,
    }));
  });
}

const IGNORED = /^ignore-check\.kube-linter\.io\/(.+)$/;

function annotations({ contribution }: ClusterParts): readonly Exception[] {
  const folders = [
    ...contribution.apps.map(app => ({ root: 'apps/base', ...app })),
    ...contribution.config.map(folder => ({ root: 'platform-config/base', ...folder })),
    ...contribution.components.map(component => ({ root: 'platform', ...component })),
  ];
  return folders.flatMap(({ root, id, objects = {} }) =>
    Object.entries(objects).flatMap(([file, list]) =>
      list.flatMap(object => ignored(object, `${root}/${id}/${file}.yaml`, id)),
    ),
  );
}

function ignored({ metadata }: KubernetesObject, where: string, folder: Id): readonly Exception[] {
  const id = metadata?.name ?? folder;
  return Object.entries(metadata?.annotations ?? {}).flatMap(([key, value]) => {
    const linter = IGNORED.exec(key)?.[1];
    if (linter !== undefined) return [{ id: `${id}-${linter}`, what: key, where, reason: value }];
    const [, check, reason] = key.startsWith('checkov.io/skip') ? (SKIPPED.exec(value) ?? []) : [];
    if (check !== undefined)
      return [{ id: `${id}-${check}`, what: `${key}: ${check}`, where, reason: reason ?? '' }];
    if (key !== 'kube-score/ignore') return [];
    return value.split(',').map(each => ({
      id: `${id}-${each}`,
      what: `${key}: ${each}`,
      where,
      reason: KUBE_SCORE[`${id} ${each}`] ?? KUBE_SCORE[each] ?? each,
    }));
  });
}
const SKIPPED = /^(CKV\w+)=(.*)$/;

/** The annotation of kube-score has no room for a reason; some hold for one object alone. */
const KUBE_SCORE: Readonly<Record<string, string>> = {
  'deployment-replicas': 'The number of pods comes from a ScaledObject, which kube-score does not know.',
  'service-targets-pod': 'The pods of a router are made by the operator of OpenShift.',
  'container-image-pull-policy':
    'Its version is pinned, and on a node that has the image it starts while the registry is away.',
  'container-security-context-privileged': 'It works in folders of its node, which are kept from others.',
  'demo-windows container-security-context-user-group-id': 'Windows knows names of users and no numbers.',
  'demo-windows container-security-context-readonlyrootfilesystem':
    'Windows has no root file system that is read only.',
  'container-security-context-user-group-id':
    'It works in folders of its node, which belong to root of the node.',
};
