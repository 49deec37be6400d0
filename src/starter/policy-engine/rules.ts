/** What Pod Security does not say, in CEL: the same rules whatever engine judges them. */

import type { ModuleInput } from '../module.ts';
import { mirrorAddress } from '../registry/image-source.ts';

interface Kinds {
  readonly apiGroups: string[];
  readonly apiVersions: string[];
  readonly resources: string[];
}
export interface AdmissionRule {
  readonly name: string;
  readonly because: string;
  readonly resources: readonly Kinds[];
  readonly variables?: readonly { readonly name: string; readonly expression: string }[];
  readonly validations: readonly { readonly expression: string; readonly message: string }[];
  /** `refuse` where nothing that runs today can break it; the others begin as warnings. */
  readonly action: 'refuse' | 'warn';
}

const PODS: Kinds = { apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] };
const SERVICES: Kinds = { apiGroups: [''], apiVersions: ['v1'], resources: ['services'] };
const CONTAINERS = {
  name: 'containers',
  expression: 'object.spec.containers + (has(object.spec.initContainers) ? object.spec.initContainers : [])',
} as const;

const ADMISSION_RULES: readonly AdmissionRule[] = [
  {
    name: 'exact-image',
    because: 'An image without a version or with the tag latest is another one tomorrow.',
    resources: [PODS],
    variables: [CONTAINERS],
    validations: [
      {
        expression:
          "variables.containers.all(c, c.image.contains('@sha256:') || (c.image.matches('^.+:[^/]+$') && !c.image.endsWith(':latest')))",
        message: 'Every image names an exact version or a digest, and never latest.',
      },
    ],
    action: 'warn',
  },
  {
    name: 'requests-and-limits',
    because:
      'Without requests the scheduler guesses, and without a memory limit one pod can take its whole node.',
    resources: [PODS],
    variables: [CONTAINERS],
    validations: [
      {
        expression:
          "variables.containers.all(c, has(c.resources) && has(c.resources.requests) && 'cpu' in c.resources.requests && 'memory' in c.resources.requests)",
        message: 'Every container requests processor and memory.',
      },
      {
        expression:
          "variables.containers.all(c, has(c.resources) && has(c.resources.limits) && 'memory' in c.resources.limits)",
        message: 'Every container has a limit of memory.',
      },
    ],
    action: 'warn',
  },
  {
    name: 'account-of-its-own',
    because: 'Rights given to the default account are given to every pod of the namespace.',
    resources: [PODS],
    validations: [
      {
        expression: "has(object.spec.serviceAccountName) && object.spec.serviceAccountName != 'default'",
        message: 'Every pod names a service account other than default.',
      },
    ],
    action: 'warn',
  },
  {
    name: 'no-way-around-the-gateway',
    because: 'A node port or an external address is a door that no policy of the gateway watches.',
    resources: [SERVICES],
    validations: [
      {
        expression: "!has(object.spec.type) || object.spec.type != 'NodePort'",
        message: 'Services have no node port.',
      },
      {
        expression: '!has(object.spec.externalIPs) || size(object.spec.externalIPs) == 0',
        message: 'Services claim no external addresses.',
      },
    ],
    action: 'refuse',
  },
];

/** Where copies are kept of what others publish, images come from there. */
export function admissionRules(input: ModuleInput): readonly AdmissionRule[] {
  const mirror = mirrorAddress(input);
  return mirror === null ? ADMISSION_RULES : [...ADMISSION_RULES, throughMirror(mirror)];
}

/** Flux comes before the cluster knows its registry. */
const AROUND_MIRROR = ['ghcr.io/fluxcd/', 'ghcr.io/controlplaneio-fluxcd/'];

function throughMirror(address: string): AdmissionRule {
  const around = AROUND_MIRROR.map(each => `c.image.startsWith('${each}')`);
  return {
    name: 'image-through-mirror',
    because: 'What goes around the mirror fails when its publisher does, and nobody has scanned it.',
    resources: [PODS],
    // The spaces set the name of the registry apart, which kustomize puts in.
    variables: [CONTAINERS, { name: 'registry', expression: `' ${address} '.trim() + '/'` }],
    validations: [
      {
        expression: `variables.containers.all(c, ${['c.image.startsWith(variables.registry)', ...around].join(' || ')})`,
        message: 'Every image comes from the registry of this platform.',
      },
    ],
    action: 'warn',
  };
}

/** Namespaces of the provider and of agents that read their node are not this repository's to judge. */
export const JUDGED_NAMESPACES = {
  matchExpressions: [
    { key: 'pod-security.kubernetes.io/enforce', operator: 'In' as const, values: ['restricted'] },
  ],
};
