/** Admission policies that the API server judges by itself: no webhook that could be down. */
import type {
  IValidatingAdmissionPolicy,
  IValidatingAdmissionPolicyBinding,
} from 'kubernetes-models/admissionregistration.k8s.io/v1';
import type { Contribution } from '../contribution.ts';
import type { ModuleInput } from '../module.ts';
import { type AdmissionRule, admissionRules, JUDGED_NAMESPACES } from './rules.ts';

const DECISION = 'policy-engine';
const FOLDER = 'admission-policies';

export function validatingAdmissionPolicy(input: ModuleInput): Contribution {
  const rules = admissionRules(input);
  return {
    config: [
      {
        id: FOLDER,
        decision: DECISION,
        says: 'What no object may be. Every rule begins as a warning; docs/runbooks/admission-policies.md says how it becomes a refusal.',
        objects: Object.fromEntries(
          rules.map(each => [each.name, [policyOf(each), bindingOf(each)]] as const),
        ),
      },
    ],
    runbooks: [RUNBOOK],
    checks: [
      {
        decision: DECISION,
        says: 'Every admission policy is bound, and the API server finds no fault in it.',
        command: `test "$(grep -rl '^kind: ValidatingAdmissionPolicyBinding' platform-config/base/${FOLDER} | wc -l)" -eq ${rules.length}`,
        path: `platform-config/base/${FOLDER}/kustomization.yaml`,
      },
    ],
  };
}

function policyOf({
  name,
  because,
  resources,
  validations,
  variables = [],
}: AdmissionRule): IValidatingAdmissionPolicy {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name, annotations: { 'platform/because': because } },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: resources.map(rule => ({ ...rule, operations: ['CREATE', 'UPDATE'] })),
      },
      ...(variables.length === 0 ? {} : { variables: variables.map(each => ({ ...each })) }),
      validations: validations.map(each => ({ ...each, reason: 'Invalid' })),
    },
  };
}

function bindingOf({ name, action }: AdmissionRule): IValidatingAdmissionPolicyBinding {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: {
      policyName: name,
      validationActions: action === 'refuse' ? ['Deny', 'Audit'] : ['Warn', 'Audit'],
      matchResources: { namespaceSelector: JUDGED_NAMESPACES },
    },
  };
}

const RUNBOOK = {
  id: 'admission-policies',
  title: 'From a warning to a refusal',
  text: `The policies in \`platform-config/base/${FOLDER}\` judge objects in every namespace under Pod Security *restricted*. Most begin
as warnings: whoever applies an object sees them, and the audit log keeps them.

1. Who breaks a rule today: search the audit log of the API server for \`validation.policy.admission.k8s.io/validation_failure\`.
2. Tell the owners, with the message of the rule; give them a date.
3. When nothing is found for a week, set \`validationActions\` of its binding to \`[Deny, Audit]\`, in one environment after the other.
4. It stops something that must not stop: set the binding back to \`[Warn, Audit]\` in Git. The policies are part of the API
   server, so there is no webhook to switch off.

An exception is a change of the rule with its reason, never a namespace without the label.
`,
} as const;
