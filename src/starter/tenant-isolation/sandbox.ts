/** Pods of tenants in a sandbox: a kernel of their own stands between each container and that of the node. */
import { collect } from '../collect.ts';
import type { Contribution, Runbook } from '../contribution.ts';
import type { Sandbox } from '../foundation.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { answerOf, pickOf } from '../picks.ts';
import { namespacesOfTeams } from './team-namespaces.ts';
import { tenantPodPolicy } from './tenant-pods.ts';

const DECISION = 'tenant-isolation';
const FOLDER = 'tenant-sandbox';
const POLICY = 'tenants-in-the-sandbox';

export function sandbox(input: ModuleInput): Contribution | NotGenerated {
  const { foundation, stack } = input;
  const { sandbox: box } = foundation;
  if (box === undefined)
    return { notGenerated: whyNot(`${pickOf(stack, 'control-plane')} ${String(answerOf(stack, 'cloud'))}`) };
  return collect([
    namespacesOfTeams(input),
    {
      config: [
        {
          id: FOLDER,
          decision: DECISION,
          says: `Pods of tenants name the runtime class of the sandbox, or are refused. ${box.broughtBy}`,
          objects: { ...box.objects, [POLICY]: rule(box) },
        },
      ],
      runbooks: [runbook(box)],
      checks: [
        {
          decision: DECISION,
          says: 'Pods of tenants are refused outside the sandbox.',
          command: `grep -qE '^ +- Deny$' platform-config/base/${FOLDER}/${POLICY}.yaml`,
          path: `platform-config/base/${FOLDER}/${POLICY}.yaml`,
        },
        {
          decision: DECISION,
          says: 'The runtime class of the sandbox is there.',
          command: `kubectl get runtimeclass ${box.runtimeClass}`,
          path: `platform-config/base/${FOLDER}/${POLICY}.yaml`,
        },
      ],
    },
  ]);
}

function whyNot(place: string): string {
  const rest = 'Pods of tenants stay apart by namespace until then.';
  switch (place) {
    case 'managed gcp':
      return `GKE Sandbox on a pool of machines with Arm is not generated: what Google writes of either does not name the other. With machines of amd64 it is. ${rest}`;
    case 'managed-auto azure':
      return `Pod Sandboxing is a setting of a pool of nodes, and the pools of AKS Automatic are made by objects that do not know it. On AKS Standard it is generated. ${rest}`;
    case 'managed-auto aws':
      return `Nitro Sandboxes, which EKS Auto Mode runs from Kubernetes 1.36 on, are not generated yet. ${rest}`;
    default:
      return `No sandbox is generated for this control plane. ${rest}`;
  }
}

function rule({ runtimeClass }: Sandbox) {
  return tenantPodPolicy(
    POLICY,
    'A pod that names no runtime shares the kernel of its node with everybody on it.',
    [
      {
        expression: `has(object.spec.runtimeClassName) && object.spec.runtimeClassName == '${runtimeClass}'`,
        message: `Pods of tenants say runtimeClassName: ${runtimeClass}.`,
        reason: 'Invalid',
      },
    ],
  );
}

function runbook(box: Sandbox): Runbook {
  const { place, seen, limits, slow } = SAYS[box.kind];
  return {
    id: 'tenant-sandbox',
    title: 'Pods in the sandbox',
    text: `Every pod in a namespace of a tenant says \`runtimeClassName: ${box.runtimeClass}\`. ${box.broughtBy} ${place}

**Is it in there?** ${seen}

**A pod is refused.** *${POLICY}* says what is missing; \`kubectl -n NAMESPACE describe replicaset\` shows it where a Deployment makes no pods.

**It runs and fails.** ${limits}${box.neither ?? ''}. What needs them is no workload of a tenant here: it is a new decision.

**It is slow.** ${slow}

What is still shared: the API server, DNS, the way in, and the node below the sandbox.
`,
  };
}

const SAYS = {
  gvisor: {
    place: 'System calls of such a pod end in a kernel of the sandbox, and not in that of the node.',
    seen: '`kubectl -n NAMESPACE exec POD -- dmesg` begins with *Starting gVisor*.',
    limits: `The host network, host paths, most devices and some system calls do not exist inside; [what is compatible](https://gvisor.dev/docs/user_guide/compatibility/) is
listed by its authors`,
    slow: 'System calls and small reads of files cost more. Measure before and after, and say in requests what it needs inside.',
  },
  kata: {
    place: 'Such a pod runs in a small virtual machine with a kernel of its own.',
    seen: '`kubectl -n NAMESPACE exec POD -- uname -r` names another kernel than `kubectl get nodes -o wide` does.',
    limits: 'The host network, host paths and most devices do not exist inside',
    slow: `The limit of memory of the pod is the size of its machine, and what the machine itself needs comes out of it: set it, and set it larger than the
workload alone would need. Disks reach fewer operations than outside.`,
  },
} as const;
