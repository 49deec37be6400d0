/** infra/openshift/operators.yaml: operators of a catalog that something in this repository needs before delivery begins. */
import type { Id } from '../../../content/catalogue.ts';
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosed, isClosedByHouse } from '../../egress/no-egress/closed.ts';
import type { Sandbox } from '../../foundation.ts';
import { headline } from '../../headline.ts';
import { HARBOR } from '../../registry/harbor.ts';
import { RELEASES } from '../openshift-cloud/release-registry.ts';
import { BALANCER_NAMESPACE, givesAddresses } from './balancer-addresses.ts';
import { FOLDER } from './folder.ts';
import type { KataConfig } from './kinds.ts';
import { minorOf, RED_HAT } from './project.ts';
import { hasSandboxes } from './sandboxes.ts';

export const OPERATORS = `${FOLDER}/operators.yaml`;

interface Operator {
  readonly package: string;
  readonly namespace: string;
  readonly channel: string;
  /** Some watch every namespace or none; others are told to keep to their own. */
  readonly watches: 'its-own' | 'all';
  /** What asks for it. */
  readonly decision: Id;
  /** What delivery waits for. */
  readonly kind: string;
}

const SANDBOXES: Operator = {
  package: 'sandboxed-containers-operator',
  namespace: 'openshift-sandboxed-containers-operator',
  channel: 'stable',
  watches: 'its-own',
  decision: 'tenant-isolation',
  kind: 'kataconfigs.kataconfiguration.openshift.io',
};

const BALANCERS: Operator = {
  package: 'metallb-operator',
  namespace: BALANCER_NAMESPACE,
  channel: 'stable',
  watches: 'all',
  decision: 'mesh',
  kind: 'metallbs.metallb.io',
};

export function operatorsOf(input: ClusterInput): readonly Operator[] {
  return [...(hasSandboxes(input) ? [SANDBOXES] : []), ...(givesAddresses(input) ? [BALANCERS] : [])];
}

/** The catalog that they come from. */
export const catalogOf = (input: ClusterInput): string =>
  `registry.redhat.io/redhat/redhat-operator-index:v${minorOf(input)}`;

export function operatorFiles(input: ClusterInput): FileTree {
  const operators = operatorsOf(input);
  const [first] = operators;
  if (first === undefined) return new Map();
  const closed = isClosed(input);
  // As oc-mirror calls what it has carried in.
  const source = closed
    ? `cs-redhat-operator-index-v${minorOf(input).replace('.', '-')}`
    : 'redhat-operators';
  const comment = headline(
    input,
    first.decision,
    'Operators that scripts/bootstrap.sh has OpenShift install; each looks after itself then.',
  );
  const objects = [
    ...(closed ? [catalog(input, source)] : []),
    ...operators.flatMap(each => install(each, source)),
  ];
  return new Map([[OPERATORS, writeYaml(objects, { comment })]]);
}

const MARKETPLACE = 'openshift-marketplace';

function catalog(input: ClusterInput, name: string) {
  const inRegistry = isClosedByHouse(input) ? `${HARBOR}/${RED_HAT}` : RELEASES;
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'CatalogSource',
    metadata: { name, namespace: MARKETPLACE },
    spec: {
      sourceType: 'grpc',
      image: catalogOf(input).replace('registry.redhat.io', inRegistry),
    },
  };
}

function install(
  { package: name, namespace, channel, watches }: Operator,
  source: string,
): readonly object[] {
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    {
      apiVersion: 'operators.coreos.com/v1',
      kind: 'OperatorGroup',
      metadata: { name, namespace },
      spec: watches === 'all' ? {} : { targetNamespaces: [namespace] },
    },
    {
      apiVersion: 'operators.coreos.com/v1alpha1',
      kind: 'Subscription',
      metadata: { name, namespace },
      spec: { name, channel, installPlanApproval: 'Automatic', source, sourceNamespace: MARKETPLACE },
    },
  ];
}

/** Lines of scripts/bootstrap.sh; empty where there are none. */
export function operatorsBootstrap(input: ClusterInput): string {
  const operators = operatorsOf(input);
  if (operators.length === 0) return '';
  return `echo "== Operators, whose kinds delivery needs"
scripts/check-placeholders.sh ${OPERATORS}
kubectl apply --server-side --field-manager=bootstrap -f ${OPERATORS}
${operators.map(({ kind }) => `kubectl wait --for=create crd/${kind} --timeout=20m\nkubectl wait --for=condition=Established crd/${kind} --timeout=5m`).join('\n')}
`;
}

export const KATA: KataConfig = {
  apiVersion: 'kataconfiguration.openshift.io/v1',
  kind: 'KataConfig',
  metadata: { name: 'tenants' },
  spec: { checkNodeEligibility: false, logLevel: 'info' },
};

/** Its operator makes the class. */
export const SANDBOX: Sandbox = {
  runtimeClass: 'kata',
  kind: 'kata',
  broughtBy: `An operator of OpenShift (\`${OPERATORS}\`) puts Kata on its hosts and makes that class: they restart for it, one by one, and need virtualisation switched on in their firmware.`,
  objects: { 'kata-config': [KATA] },
};
