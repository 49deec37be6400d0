/** A rule for pods of tenants: the API server judges each when it is made, and those of the platform never. */
import type {
  IValidatingAdmissionPolicy,
  IValidatingAdmissionPolicyBinding,
} from 'kubernetes-models/admissionregistration.k8s.io/v1';
import { TEAM } from './spaces.ts';

type Validation = NonNullable<IValidatingAdmissionPolicy['spec']>['validations'];

/** A policy and its binding, which keep pods from passing by the scheduler as well. */
export function tenantPodPolicy(
  name: string,
  because: string,
  validations: NonNullable<Validation>,
): readonly [IValidatingAdmissionPolicy, IValidatingAdmissionPolicyBinding] {
  return [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name, annotations: { 'platform/because': because } },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
          ],
        },
        validations: [
          ...validations,
          {
            expression: "!has(object.spec.nodeName) || object.spec.nodeName == ''",
            message: 'A pod goes to a node by the scheduler and not by name.',
            reason: 'Invalid',
          },
        ],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: {
        policyName: name,
        validationActions: ['Deny', 'Audit'],
        matchResources: { namespaceSelector: { matchExpressions: [{ key: TEAM, operator: 'Exists' }] } },
      },
    },
  ];
}
