/** The rule of Gatekeeper that images of one's own are signed: it asks Ratify, which reads their signatures. */
import type { KubernetesObject } from '../../kubernetes.ts';
import { JUDGED_NAMESPACES } from '../../policy-engine/rules.ts';

export const PROVIDER = 'ratify-provider';
const KIND = 'SignedOwnImages';

/** `templates.gatekeeper.sh/v1` of a rule in Rego: CEL asks nobody outside of the cluster. */
export interface RegoTemplate extends KubernetesObject {
  readonly kind: 'ConstraintTemplate';
  readonly spec: {
    readonly crd: {
      readonly spec: {
        readonly names: { readonly kind: string };
        readonly validation: { readonly openAPIV3Schema: typeof PARAMETERS };
      };
    };
    readonly targets: readonly [{ readonly target: 'admission.k8s.gatekeeper.sh'; readonly rego: string }];
  };
}

const PARAMETERS = {
  type: 'object',
  properties: { prefix: { type: 'string' } },
} as const;

/** Images of others are not asked for: most have no signature of their publisher. No answer is a refusal as well. */
const REGO = `package signedownimages

containers[container] { container := input.review.object.spec.containers[_] }
containers[container] { container := input.review.object.spec.initContainers[_] }
containers[container] { container := input.review.object.spec.ephemeralContainers[_] }

own := [image | image := containers[_].image; startswith(image, input.parameters.prefix)]

answer := found {
  count(own) > 0
  found := external_data({"provider": "${PROVIDER}", "keys": own})
}

violation[{"msg": msg}] {
  answer.system_error != ""
  msg := sprintf("Nobody can say whether the images are signed: %v", [answer.system_error])
}

violation[{"msg": msg}] {
  failed := answer.errors[_]
  msg := sprintf("Nobody can say whether %v is signed: %v", [failed[0], failed[1]])
}

violation[{"msg": msg}] {
  judged := answer.responses[_]
  not judged[1].isSuccess
  msg := sprintf("The authority of this organisation has not signed %v.", [judged[0]])
}
`;

export const TEMPLATE: RegoTemplate = {
  apiVersion: 'templates.gatekeeper.sh/v1',
  kind: 'ConstraintTemplate',
  metadata: {
    name: KIND.toLowerCase(),
    annotations: { 'platform/because': 'Whoever can push to the registry must not decide what runs.' },
  },
  spec: {
    crd: { spec: { names: { kind: KIND }, validation: { openAPIV3Schema: PARAMETERS } } },
    targets: [{ target: 'admission.k8s.gatekeeper.sh', rego: REGO }],
  },
};

export const RULE = 'own-images';

/** `prefix`: what stands in front of images of one's own. */
export function constraint(prefix: string): KubernetesObject & { readonly spec: object } {
  return {
    apiVersion: 'constraints.gatekeeper.sh/v1beta1',
    kind: KIND,
    metadata: { name: RULE },
    spec: {
      enforcementAction: 'warn',
      match: {
        kinds: [{ apiGroups: [''], kinds: ['Pod'] }],
        namespaceSelector: JUDGED_NAMESPACES,
      },
      parameters: { prefix },
    },
  };
}
