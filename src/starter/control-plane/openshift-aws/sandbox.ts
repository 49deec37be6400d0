/** Pods of tenants in Kata on AWS: on machines of metal, since no other runs machines within it that Red Hat supports. */
import type { IRuntimeClass } from 'kubernetes-models/node.k8s.io/v1';
import type { Sandbox } from '../../foundation.ts';
import type { KataConfig } from '../openshift/kinds.ts';
import { KATA, OPERATORS } from '../openshift/operators.ts';
import { MACHINE_SETS, SANDBOX_NODES, SANDBOX_SET, SANDBOX_TAINT } from '../openshift-cloud/machine-sets.ts';

const ON_METAL: KataConfig = {
  ...KATA,
  spec: { ...KATA.spec, kataConfigPoolSelector: { matchLabels: SANDBOX_NODES } },
};

/** As the operator makes its own, which tolerates nothing: these machines refuse all other pods. */
const CLASS: IRuntimeClass = {
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  metadata: { name: SANDBOX_SET },
  handler: 'kata',
  overhead: { podFixed: { cpu: '250m', memory: '350Mi' } },
  scheduling: {
    nodeSelector: { 'node-role.kubernetes.io/kata-oc': '' },
    tolerations: [{ key: SANDBOX_TAINT, operator: 'Exists' }],
  },
};

export const METAL_SANDBOX: Sandbox = {
  runtimeClass: SANDBOX_SET,
  kind: 'kata',
  broughtBy: `The class lies beside that rule and leads to machines of metal, one in each zone (\`${MACHINE_SETS}\`), onto which an operator of OpenShift (\`${OPERATORS}\`) puts Kata.`,
  objects: { 'kata-config': [ON_METAL], 'runtime-class': [CLASS] },
};
