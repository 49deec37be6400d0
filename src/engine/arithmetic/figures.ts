/** What the decisions of a stack come to in numbers: a sentence, its formula and the facts that it stands on. */
import type { Id } from '../../content/catalogue.ts';
import type { Stack } from '../outcome.ts';
import { aksOverlayNodes, eksNodeAddresses, eksNodes, gkeNodePrefix, gkeNodes } from './addresses.ts';
import { GKE_EXCLUSION_DAYS, MONTHS_BETWEEN_MINORS, minorsPerUpgrade, SUPPORT_MONTHS } from './calendar.ts';
import { clusterCount, controlPlaneFees, controlPlaneHosts, quorum } from './clusters.ts';

export interface Figure {
  readonly decision: Id;
  /** A full sentence with numbers and units. */
  readonly says: string;
  readonly formula: string;
  readonly facts: readonly Id[];
}
/** IPv4 CIDRs of the project, where they were given. */
export interface Ranges {
  readonly vpc?: string;
  readonly pods?: string;
}

const PODS_PER_NODE = 110;
const AKS_DEFAULT_RANGE = 16;
const GKE_DEFAULT_RANGE = 17;

export function figuresOf(stack: Stack, given: Ranges = {}): readonly Figure[] {
  return [...fees(stack), ...hosts(stack), ...addresses(stack, given), ...calendar(stack)];
}

function fees(stack: Stack): readonly Figure[] {
  const cloud = String(stack.answers.get('cloud'));
  const clusters = clusterCount(pickOf(stack, 'topology'), stack);
  const managed = pickOf(stack, 'control-plane')?.startsWith('managed') ?? false;
  if (clusters === null || !managed) return [];
  const { charged, waived } = controlPlaneFees(cloud, clusters);
  const count =
    charged === 1
      ? 'One cluster pays one control plane fee'
      : `${charged} clusters pay ${charged} control plane fees`;
  const free =
    waived > 0
      ? ', and a zonal or Autopilot cluster among them falls under the free tier'
      : cloud === 'azure'
        ? ', unless they stand in the Free tier without a service level agreement'
        : '';
  return [
    {
      decision: 'topology',
      says: `${count}${free}.`,
      formula: 'clusters × 1 fee',
      facts: [cloud === 'gcp' ? 'CP-04' : 'CP-04D'],
    },
  ];
}

function hosts(stack: Stack): readonly Figure[] {
  if (pickOf(stack, 'control-plane') !== 'self-managed') return [];
  const clusters = clusterCount(pickOf(stack, 'topology'), stack) ?? 1;
  const { needed, mayFail } = quorum(3);
  const all = controlPlaneHosts(clusters, 'stacked');
  const one: Figure = {
    decision: 'control-plane',
    says: `Three members of etcd need ${needed} to agree, so ${mayFail} host may fail; ${clusters === 1 ? 'one cluster takes' : `${clusters} clusters take`} ${all} hosts for control planes alone.`,
    formula: 'quorum = floor(3 / 2) + 1; hosts = clusters × 3',
    facts: ['CP-01'],
  };
  const smallest = stack.answers.get('hosts');
  if (typeof smallest !== 'number' || pickOf(stack, 'distribution') === null) return [one];
  const left = smallest - 3;
  return [
    one,
    {
      decision: 'distribution',
      says:
        left < 0
          ? `${smallest === 1 ? 'One host forms' : 'Two hosts form'} no quorum, so the cluster stops with the host of its database.`
          : `Of ${smallest} hosts in the smallest cluster three run the control plane, and ${left === 0 ? 'none is' : left === 1 ? 'one is' : `${left} are`} left for workloads alone.`,
      formula: 'hosts − 3',
      facts: ['CP-01', 'CP-01B'],
    },
  ];
}

function addresses(stack: Stack, { vpc, pods }: Ranges): readonly Figure[] {
  const figure = (says: string, formula: string, facts: readonly Id[]): readonly Figure[] => [
    { decision: 'cni', says, formula, facts },
  ];
  const azure = stack.answers.get('cloud') === 'azure' && stack.answers.get('pod-reachability') !== 'yes';
  const pick = pickOf(stack, 'cni');
  if (pick === 'gke-dataplane-v2') {
    const range = lengthOf(pods) ?? GKE_DEFAULT_RANGE;
    return figure(
      `With ${PODS_PER_NODE} pods a node takes a /${gkeNodePrefix(PODS_PER_NODE)}, so a pod range of /${range} holds ${gkeNodes(range, PODS_PER_NODE)} nodes, and ${gkeNodes(range, 48)} with 48 pods each.`,
      'prefix = 32 − ceil(log2(2 × pods)); nodes = 2^(prefix − range)',
      ['NODE-05'],
    );
  }
  if (pick === 'azure-cni-overlay' || (pick === 'azure-cni-cilium' && azure)) {
    const range = lengthOf(pods) ?? AKS_DEFAULT_RANGE;
    return figure(
      `A node takes a /24 of the overlay, so a pod range of /${range} holds ${aksOverlayNodes(range)} nodes.`,
      'nodes = 2^(24 − range)',
      ['NODE-05B'],
    );
  }
  const network = lengthOf(vpc);
  if (pick === 'aws-vpc-cni' && network !== null) {
    return figure(
      `With ${PODS_PER_NODE} pods a node takes ${eksNodeAddresses(PODS_PER_NODE)} addresses, so a network of /${network} has room for ${eksNodes(network, PODS_PER_NODE)} nodes at most, all subnets together.`,
      'addresses = 16 × ceil(pods / 16) + 1; nodes = floor((2^(32 − range) − 5) / addresses)',
      ['CNI-08', 'NET-03'],
    );
  }
  return [];
}

function calendar(stack: Stack): readonly Figure[] {
  if (pickOf(stack, 'upgrades') === null) return [];
  const pace = stack.answers.get('upgrade-pace');
  const figures: Figure[] = [];
  if (stack.answers.get('freeze') === 'months' && stack.answers.get('cloud') === 'gcp') {
    figures.push({
      decision: 'upgrades',
      says: `The freeze is longer than ${GKE_EXCLUSION_DAYS} days, and one exclusion of GKE stops upgrades for ${GKE_EXCLUSION_DAYS} days at most.`,
      formula: 'days of the freeze − 90 > 0',
      facts: ['UPG-02'],
    });
  }
  if (pace === 'yearly' || pace === 'as-released') {
    const months = pace === 'yearly' ? 12 : MONTHS_BETWEEN_MINORS;
    const minors = minorsPerUpgrade(months);
    figures.push({
      decision: 'upgrades',
      says: `An upgrade every ${months} months passes ${minors === 1 ? 'one minor' : `${minors} minors, one after the other`}, and leaves ${SUPPORT_MONTHS - months} of ${SUPPORT_MONTHS} months of support as slack.`,
      formula: 'minors = months / 4; slack = 14 − months',
      facts: ['LC-01', 'LC-05'],
    });
  }
  return figures;
}

function pickOf(stack: Stack, decision: Id): Id | null {
  const outcome = stack.outcomes.find(one => one.decision === decision);
  return outcome?.status === 'decided' ? outcome.pick : null;
}

function lengthOf(cidr: string | undefined): number | null {
  const length = cidr === undefined ? Number.NaN : Number(cidr.split('/')[1]);
  return Number.isInteger(length) ? length : null;
}
