/** What to do when the store is down, when its volume fills up, and how to see that its data comes back. */
import type { Runbook } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { pickOf } from '../../picks.ts';
import { NAMESPACE } from '../sample.ts';

export function storeRunbook({ stack, delivery }: ModuleInput, name: string): Runbook {
  return {
    id: 'stateful-store',
    title: 'A store and its volumes',
    text: `Three pods, a volume each, a zone each. A pod that dies comes back with its name and its volume, in the same zone: where
that zone is gone, it waits for it, and the other two have to do.

## It does not come up

1. \`kubectl -n ${NAMESPACE} describe pod ${name}-0 | tail\`. *volume node affinity conflict*: there is no node left in the zone of
   the volume; a node has to come back there, the volume cannot leave.
2. *Multi-Attach* or *ReadWriteOncePod*: the pod before it still holds the volume. On a node that is gone it is let go after
   about ten minutes; sooner by hand only when you are certain that the node is off:
   \`kubectl taint node NODE node.kubernetes.io/out-of-service=nodeshutdown:NoExecute\`.
3. The volume is full: raise \`storage\` in \`apps/base/${name}/stateful-set.yaml\`. The template of a StatefulSet cannot be changed,
   so each claim is patched first (\`kubectl -n ${NAMESPACE} patch pvc data-${name}-0 -p '{"spec":{"resources":{"requests":{"storage":"20Gi"}}}}'\`),
   then the StatefulSet is removed without its pods (\`kubectl -n ${NAMESPACE} delete statefulset ${name} --cascade=orphan\`)
   and delivery makes it again.

## It has to be smaller, or gone

Claims and volumes stay on purpose. Copy what is needed, then delete the claims by hand, and the volumes in the cloud after
them: their class keeps them as well.

## The drill

Every three months, in the first environment. Data that was never restored is not backed up.

1. Write a file with today's date: \`kubectl -n ${NAMESPACE} exec ${name}-0 -- sh -c 'date > /data/drill'\`.
2. ${copied(pickOf(stack, 'backup'))}
3. Stop delivery (\`${delivery.pauseApps}\`), \`kubectl -n ${NAMESPACE} delete statefulset ${name}\`, and delete the claim
   \`data-${name}-0\`.
4. Restore the claim from the copy, resume delivery (\`${delivery.resumeApps}\`), and read the file:
   \`kubectl -n ${NAMESPACE} exec ${name}-0 -- cat /data/drill\`.
5. Write down how long it took and how old the data was. These two numbers are your recovery time and recovery point.

Claims carry the label \`backup: nightly\`. What copies volumes by label looks for it; what copies everything does not need it.
`,
  };
}

function copied(backup: string | null): string {
  if (backup === 'velero')
    return 'Wait for the backup of the night, or make one: `velero backup create drill --include-namespaces demo --wait`, see [restore](restore.md).';
  if (backup === 'provider-backup')
    return "Wait for the copy of the night by the cloud's backup service, or have it make one of the volume now.";
  return 'Take a snapshot of the volume in the cloud: nothing here copies it by itself, which is what was decided. Without a snapshot the drill ends here.';
}
