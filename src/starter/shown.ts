/** What shows that an option is carried out for which no module writes files: a line of the infrastructure, or of what it delivers. */
import type { Id } from '../content/catalogue.ts';
import type { ModuleInput } from './module.ts';
import type { Check, StarterInput } from './part.ts';
import { pickOf } from './picks.ts';

export interface Shown extends Check {
  readonly option: Id;
}

/** A file, or a folder, one of whose lines holds the text: a basic regular expression without quotes. */
export function lineOf(path: string, text: string): Pick<Check, 'command' | 'path'> {
  return { command: `grep -rq '${text}' ${path}`, path };
}

export function noLineOf(path: string, text: string): Pick<Check, 'command' | 'path'> {
  return { command: `! grep -rq '${text}' ${path}`, path };
}

/** `resource` is the head of the network in HCL. */
export function networkMade(folder: string, resource: string, says: string): Shown {
  return {
    decision: 'network',
    option: 'create-network',
    says,
    ...lineOf(`${folder}/network.tf`, `^resource ${resource}`),
  };
}

/** Whose network a cluster stands in. */
export function networkShown(folder: string, resource: string): readonly Shown[] {
  return [
    networkMade(folder, resource, 'The network is made here, and belongs to this cluster alone.'),
    {
      decision: 'network',
      option: 'existing-network',
      says: 'No network is made here: ranges and subnets are those that were given.',
      ...noLineOf(`${folder}/network.tf`, `^resource ${resource}`),
    },
  ];
}

/** By what traffic leaves; in a network that is given its owner sees to that. */
export function natShown(
  { stack }: Pick<StarterInput, 'stack'>,
  folder: string,
  { resource, says }: { readonly resource: string; readonly says: string },
): readonly Shown[] {
  if (pickOf(stack, 'network') === 'existing-network') return [];
  const made = lineOf(`${folder}/network.tf`, `^resource ${resource}`);
  return [{ decision: 'egress', option: 'open-nat', says, ...made }];
}

/** Those of the options that this stack has. */
export function shownOf(stack: Pick<StarterInput, 'stack'>, all: readonly Shown[]): readonly Check[] {
  return all
    .filter(({ decision, option }) => pickOf(stack.stack, decision) === option)
    .map(({ option: _, ...check }) => check);
}

const BORDER_OF_A_NAMESPACE: Shown = {
  decision: 'tenant-isolation',
  option: 'namespace',
  says: 'The namespace that others are made after has a quota, and nothing passes its border unless a policy lets it.',
  ...lineOf('platform/namespaces/demo.yaml', '^kind: ResourceQuota'),
};

/** What any cluster shows, whoever runs its control plane. */
export function shownByDelivery({ stack, foundation }: ModuleInput): readonly Shown[] {
  // Where nothing is copied, all that comes back is built anew.
  const restore = `docs/runbooks/${pickOf(stack, 'backup') === 'none' ? 'bootstrap' : 'restore'}.md`;
  return [
    ...(foundation.shown ?? []),
    // In a shared cluster every namespace of a team is counted.
    ...(pickOf(stack, 'topology') === 'shared-cluster' ? [] : [BORDER_OF_A_NAMESPACE]),
    {
      decision: 'recovery',
      option: 'backup-restore',
      says: 'How everything comes back is written down, with the drill that shows it.',
      command: `test -s ${restore}`,
      path: restore,
    },
    {
      decision: 'autoscaling',
      option: 'fixed',
      says: 'Nothing that is delivered adds or removes nodes.',
      command: "! grep -rqE 'karpenter|cluster-autoscaler' delivery",
      path: 'delivery',
    },
    {
      decision: 'image-signing',
      option: 'none',
      says: 'No policy asks for a signature.',
      command: 'test ! -e platform-config/base/image-signatures',
      path: 'platform-config/base',
    },
  ];
}
