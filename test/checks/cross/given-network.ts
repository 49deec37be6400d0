/** EKS, or machines of Google, in a network of others: nothing is added to it, and pods get addresses of the subnets that were given for them. */

import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { parseOnce } from '../parse-once.ts';
import type { CrossCheck } from './cross-check.ts';
import { at } from './fields.ts';

const NETWORK = 'infra/eks/network.tf';
const PLUGIN = 'infra/eks/cni.tf';
const VALUES = 'platform/cilium/values.yaml';

export const givenNetwork: CrossCheck = {
  code: 'given-network',
  says: 'In a network of others nothing is made, and addresses are taken of subnets that were given.',
  check: tree =>
    (tree.get(NETWORK) ?? '').includes('variable "vpc_id"')
      ? [...untouched(tree), ...addresses(tree)]
      : machines(tree),
};

/** Only rules are added, to the network that was given; controllers look for it there. */
function machines(tree: FileTree): readonly Finding[] {
  const folder = 'infra/machines/';
  if (tree.get(`${folder}variables.tf`)?.includes('variable "given_network"') !== true) return [];
  const code = [...tree].filter(([file]) => file.startsWith(folder) && file.endsWith('.tf'));
  const added = code.flatMap(([file, text]) =>
    [...text.matchAll(/^resource "google_compute_(network|subnetwork|router|router_nat|route)" /gm)].map(
      ([, kind]) => finding(file, `adds a ${kind} to a network of others`),
    ),
  );
  const elsewhere = code.flatMap(([file, text]) =>
    (text.match(/^resource "google_compute_firewall"[\s\S]*?^\}$/gm) ?? [])
      .filter(rule => !/^ {2}project +=\s+var\.given_network\.project$/m.test(rule))
      .map(() => finding(file, 'makes a rule in a project that the network is not of')),
  );
  const blind = [...tree].flatMap(([file, text]) =>
    text.includes('subnetwork-name = ') && !text.includes('network-project-id = "${NETWORK_PROJECT}"')
      ? [finding(file, 'looks for the network in the project of the cluster')]
      : [],
  );
  return [...added, ...elsewhere, ...blind];
}

function untouched(tree: FileTree): readonly Finding[] {
  return [...tree].flatMap(([file, text]) =>
    file.startsWith('infra/eks/') && file.endsWith('.tf')
      ? [
          ...text.matchAll(
            /^resource "aws_(vpc|subnet|vpc_ipv4_cidr_block_association|route_table_association)" /gm,
          ),
        ].map(([, kind]) => finding(file, `adds a ${kind} to a network of others`))
      : [],
  );
}

function addresses(tree: FileTree): readonly Finding[] {
  const values = tree.get(VALUES);
  const text = tree.get(PLUGIN) ?? '';
  if (values === undefined) return [];
  const tags = at(parseOnce(values), 'eni', 'nodeSpec', 'subnetTags');
  const wanted = Array.isArray(tags) ? tags.map(String) : [];
  const subnets = /data "aws_subnets" "pods" \{[\s\S]*?^\}/m.exec(text)?.[0] ?? '';
  const given = /name\s*=\s*"tag:([^"]+)"\s*values\s*=\s*\["([^"]+)"\]/.exec(subnets);
  const tag = given === null ? [] : [`${given[1]}=${given[2]}`];
  return [
    ...(text.includes(':subnet/*"') ? [finding(PLUGIN, 'Cilium may take addresses of every subnet')] : []),
    ...(wanted.join() === tag.join()
      ? []
      : [
          finding(
            VALUES,
            `pods look for subnets with ${wanted.join() || 'no tag'}, given are ${tag.join() || 'none apart'}`,
          ),
        ]),
  ];
}

function finding(place: string, message: string): Finding {
  return { code: 'given-network', place, message };
}
