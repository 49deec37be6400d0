/** A rule of admission as a template and a constraint of Gatekeeper. */
import type { KubernetesObject } from '../../kubernetes.ts';
import { type AdmissionRule, JUDGED_NAMESPACES } from '../rules.ts';

/** `templates.gatekeeper.sh/v1`, as far as it is used here. */
export interface ConstraintTemplate extends KubernetesObject {
  readonly apiVersion: 'templates.gatekeeper.sh/v1';
  readonly kind: 'ConstraintTemplate';
  readonly spec: {
    readonly crd: { readonly spec: { readonly names: { readonly kind: string } } };
    readonly targets: readonly {
      readonly target: 'admission.k8s.gatekeeper.sh';
      readonly code: readonly {
        readonly engine: 'K8sNativeValidation';
        readonly source: {
          readonly generateVAP: boolean;
          readonly failurePolicy: 'Fail';
          readonly variables?: NonNullable<AdmissionRule['variables']>;
          readonly validations: AdmissionRule['validations'];
        };
      }[];
    }[];
  };
}

/** An object of the kind that a template has made. */
export interface Constraint extends KubernetesObject {
  readonly apiVersion: 'constraints.gatekeeper.sh/v1beta1';
  readonly spec: {
    readonly enforcementAction: 'deny' | 'warn';
    readonly match: {
      readonly kinds: readonly { readonly apiGroups: readonly string[]; readonly kinds: readonly string[] }[];
      readonly namespaceSelector: typeof JUDGED_NAMESPACES;
    };
  };
}

/** `exact-image` as the kind `ExactImage`. */
function kindOf({ name }: AdmissionRule): string {
  return name.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

export function templateOf(rule: AdmissionRule): ConstraintTemplate {
  const kind = kindOf(rule);
  return {
    apiVersion: 'templates.gatekeeper.sh/v1',
    kind: 'ConstraintTemplate',
    metadata: { name: kind.toLowerCase(), annotations: { 'platform/because': rule.because } },
    spec: {
      crd: { spec: { names: { kind } } },
      targets: [
        {
          target: 'admission.k8s.gatekeeper.sh',
          code: [
            {
              engine: 'K8sNativeValidation',
              source: {
                // One judge: the API server does not get a second copy of the rule.
                generateVAP: false,
                failurePolicy: 'Fail',
                ...(rule.variables === undefined ? {} : { variables: rule.variables }),
                validations: rule.validations,
              },
            },
          ],
        },
      ],
    },
  };
}

const KINDS: Readonly<Record<string, string>> = { pods: 'Pod', services: 'Service' };

export function constraintOf(rule: AdmissionRule): Constraint {
  return {
    apiVersion: 'constraints.gatekeeper.sh/v1beta1',
    kind: kindOf(rule),
    metadata: { name: rule.name },
    spec: {
      enforcementAction: rule.action === 'refuse' ? 'deny' : 'warn',
      match: {
        kinds: rule.resources.map(({ apiGroups, resources }) => ({
          apiGroups,
          kinds: resources.map(each => {
            const kind = KINDS[each];
            if (kind === undefined) throw new Error(`no kind is known for ${each}`);
            return kind;
          }),
        })),
        namespaceSelector: JUDGED_NAMESPACES,
      },
    },
  };
}
