/** A queue outside the cluster that a worker takes its work from, and whose length says how many workers there are. */
import type { ITriggerAuthentication } from '@kubernetes-models/keda/keda.sh/v1alpha1';
import type { FileTree } from '../files/tree.ts';
import type { Grant, ServiceAccount } from './foundation.ts';
import type { StarterInput } from './part.ts';
import { answerOf, isNamed, pickOf } from './picks.ts';

export interface WorkQueue {
  /** The queue itself, with the rights of the worker and of whoever reads its length. */
  readonly files: FileTree;
  /** What tells the worker where its queue is, as environment variables; may hold variables of the cluster. */
  readonly environment: Readonly<Record<string, string>>;
  readonly worker: Omit<Grant, 'files'>;
  readonly scaler: Omit<Grant, 'files'>;
  /** KEDA's trigger without the number of messages that one pod takes. */
  readonly trigger: {
    readonly type: string;
    readonly metadata: Readonly<Record<string, string>>;
    /** The key of the metadata that says how many messages one pod takes. */
    readonly messagesPerPod: string;
  };
  readonly page: QueuePage;
  /** How KEDA proves who it is when it asks for the length. */
  readonly identity: NonNullable<NonNullable<ITriggerAuthentication['spec']>['podIdentity']>;
}

/** What its runbook says of this kind of queue. */
export interface QueuePage {
  /** Where a message goes that failed five times: a clause. */
  readonly failed: string;
  /** How a person looks at what failed, and how it is sent again or given up: sentences with commands, one step each. */
  readonly looked: string;
  readonly again: string;
  /** What the operator's log says when it may not ask: a word or two. */
  readonly refused: string;
  /** What work that takes longer than five minutes needs: a clause. */
  readonly longer: string;
}

/** Whether the cloud keeps a queue for the sample of a worker, and raises an alarm of what failed there. */
export function hasWorkQueue({ stack }: Pick<StarterInput, 'stack'>): boolean {
  if (!isNamed(stack, 'workload-kinds', 'worker')) return false;
  const cloud = answerOf(stack, 'cloud');
  if (cloud === 'gcp') return true;
  return (cloud === 'aws' || cloud === 'azure') && pickOf(stack, 'control-plane') !== 'self-managed';
}

/** The queue of one worker; `scaler` is the service account of KEDA's operator. */
export type WorkQueueOf = (worker: ServiceAccount, scaler: ServiceAccount) => WorkQueue;
