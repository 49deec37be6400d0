/** Networks of clusters do not meet each other, their Services or what is reserved, and policies name only such ranges. */
import type { FileTree } from '../../../src/files/tree.ts';
import { clustersIn } from '../clusters.ts';
import type { Finding } from '../finding.ts';
import { nameOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';
import { contains, isRange, overlaps } from './ranges.ts';

/** This host, loopback, link-local, the range that Docker takes, documentation, multicast. */
const RESERVED = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.17.0.0/16',
  '192.0.2.0/24',
  '224.0.0.0/4',
];

export const addressRanges: CrossCheck = {
  code: 'address-ranges',
  says: 'Ranges are disjoint, not reserved, the same in infrastructure and manifests, and policies name no others.',
  check: tree => {
    const clusters = rangesOf(tree);
    return [
      ...clusters.flatMap(({ file, vpc, services }) => [
        ...[vpc, services].flatMap(range =>
          RESERVED.filter(reserved => overlaps(range, reserved)).map(reserved =>
            finding(file, `${range} meets ${reserved}, which is reserved`),
          ),
        ),
        ...(overlaps(vpc, services) ? [finding(file, `${vpc} meets the Services ${services}`)] : []),
      ]),
      ...clusters.flatMap((one, index) =>
        clusters
          .slice(index + 1)
          .filter(other => overlaps(one.vpc, other.vpc))
          .map(other => finding(one.file, `${one.vpc} meets ${other.vpc} of ${other.name}`)),
      ),
      ...clustersIn(tree).flatMap(view => {
        const ranges = clusters.find(({ name }) => name === view.name);
        return ranges === undefined
          ? []
          : [...variableFindings(view, ranges), ...policyFindings(view, ranges)];
      }),
    ];
  },
};

interface Ranges {
  readonly name: string;
  readonly file: string;
  readonly vpc: string;
  readonly services: string;
}

function rangesOf(tree: FileTree): readonly Ranges[] {
  return [...tree].flatMap(([file, text]) => {
    const name = /^infra\/[^/]+\/envs\/([^/]+)\.tfvars\.example$/.exec(file)?.[1];
    const value = (key: string) => new RegExp(`^${key}\\s*=\\s*"([^"]+)"`, 'm').exec(text)?.[1];
    const [vpc, services] = [value('vpc_cidr'), value('service_cidr')];
    return name === undefined || vpc === undefined || services === undefined
      ? []
      : [{ name, file, vpc, services }];
  });
}

type View = ReturnType<typeof clustersIn>[number];

function variableFindings({ name, variables }: View, { vpc, services }: Ranges): readonly Finding[] {
  const place = `clusters/${name}/variables/cluster-vars.yaml`;
  const address = String(variables.KUBERNETES_SERVICE_ADDRESS);
  return [
    ...(variables.VPC_CIDR === vpc ? [] : [finding(place, `VPC_CIDR is not ${vpc}`)]),
    ...(contains(services, address) ? [] : [finding(place, `${address} is no address of ${services}`)]),
  ];
}

function policyFindings({ name, objects }: View, { vpc, services }: Ranges): readonly Finding[] {
  return objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(object => {
      const rules = [...list(at(object.spec, 'ingress')), ...list(at(object.spec, 'egress'))];
      const blocks = rules.flatMap(({ from, to }) =>
        [...list(from), ...list(to)].flatMap(({ ipBlock }) => ipBlock ?? []),
      );
      return blocks.flatMap(block => {
        const range = String(at(block, 'cidr'));
        const known =
          isRange(range) &&
          (range === '0.0.0.0/0' ||
            range === vpc ||
            range === '169.254.170.23/32' ||
            overlaps(range, services));
        return known
          ? []
          : [finding(`${name}: ${nameOf(object)}`, `names ${range}, which is no range of this cluster`)];
      });
    });
}

function finding(place: string, message: string): Finding {
  return { code: 'address-ranges', place, message };
}
