/** Pods of tenants in gVisor: a kernel of their own making stands between each container and that of the node. */
import { collect } from '../collect.ts';
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { answerOf, pickOf } from '../picks.ts';
import { namespacesOfTeams } from './team-namespaces.ts';
import { tenantPodPolicy } from './tenant-pods.ts';

const DECISION = 'tenant-isolation';
const FOLDER = 'tenant-sandbox';
const POLICY = 'tenants-in-the-sandbox';
const RUNTIME = 'gvisor';

export function sandbox(input: ModuleInput): Contribution | NotGenerated {
  const { foundation, stack } = input;
  if (foundation.carriesOut?.[DECISION]?.includes('sandbox') !== true)
    return { notGenerated: whyNot(`${pickOf(stack, 'control-plane')} ${String(answerOf(stack, 'cloud'))}`) };
  return collect([
    namespacesOfTeams(input),
    {
      config: [
        {
          id: FOLDER,
          decision: DECISION,
          says: 'Pods of tenants name the runtime class of the sandbox, or are refused. GKE brings that class and makes nodes for it.',
          objects: { [POLICY]: RULE },
        },
      ],
      runbooks: [RUNBOOK],
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
          command: `kubectl get runtimeclass ${RUNTIME}`,
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
      return `GKE Sandbox on pools of one's own is not generated: the provider google, in the version that is checked here, knows no sandbox_config of a pool. On Autopilot it is. ${rest}`;
    case 'managed azure':
    case 'managed-auto azure':
      return `Pod Sandboxing of AKS is not generated: the name of its runtime, KataVmIsolation, is newer than what could be read of the provider azurerm. ${rest}`;
    case 'managed aws':
      return `A sandbox on node groups of EKS takes an image of nodes of your own with its runtime in it, Nitro Sandboxes, gVisor or Kata, which this repository does not build. ${rest}`;
    case 'managed-auto aws':
      return `Nitro Sandboxes, which EKS Auto Mode runs from Kubernetes 1.36 on, are not generated yet. ${rest}`;
    default:
      return `gVisor or Kata on hosts of your own has to come with their image, which this repository does not build: the program, a line in the settings of containerd, and a RuntimeClass that names it. ${rest}`;
  }
}

const RULE = tenantPodPolicy(
  POLICY,
  'A pod that names no runtime shares the kernel of its node with everybody on it.',
  [
    {
      expression: `has(object.spec.runtimeClassName) && object.spec.runtimeClassName == '${RUNTIME}'`,
      message: `Pods of tenants say runtimeClassName: ${RUNTIME}.`,
      reason: 'Invalid',
    },
  ],
);

const RUNBOOK = {
  id: 'tenant-sandbox',
  title: 'Pods in the sandbox',
  text: `Every pod in a namespace of a tenant says \`runtimeClassName: ${RUNTIME}\`. GKE puts it onto a node with gVisor, where system calls end in a kernel of the sandbox.

**Is it in there?** \`kubectl -n NAMESPACE exec POD -- dmesg\` begins with *Starting gVisor*.

**A pod is refused.** *${POLICY}* says what is missing; \`kubectl -n NAMESPACE describe replicaset\` shows it where a Deployment makes no pods.

**It runs and fails.** The host network, host paths, most devices and some system calls do not exist inside; [what is compatible](https://gvisor.dev/docs/user_guide/compatibility/) is
listed by its authors. What needs them is no workload of a tenant here: it is a new decision.

**It is slow.** System calls and small reads of files cost more. Measure before and after, and say in requests what it needs inside.

What is still shared: the API server, DNS, the way in, and the node below the sandbox.
`,
} as const;
