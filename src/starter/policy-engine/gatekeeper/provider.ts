/** Where the provider runs Gatekeeper and takes no second one, the API server judges our rules by itself. */
import type { Contribution } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { validatingAdmissionPolicy } from '../validating-admission-policy.ts';

const DECISION = 'policy-engine';

export function besideTheProviders(input: ModuleInput, namespace: string): Contribution {
  const judged = validatingAdmissionPolicy(input);
  return {
    ...judged,
    runbooks: (judged.runbooks ?? []).map(runbook => ({ ...runbook, text: `${BOTH}${runbook.text}` })),
    checks: [
      ...(judged.checks ?? []),
      {
        decision: DECISION,
        says: 'The Gatekeeper of the provider runs.',
        command: `kubectl -n ${namespace} wait --for=condition=Available deployments --all --timeout=5m`,
        path: 'docs/runbooks/admission-policies.md',
      },
    ],
  };
}

const BOTH = `Two judges stand at admission. The provider's Gatekeeper judges by the safeguards of the provider: it cannot be replaced, a second one beside it
would fight over the same kinds, and it takes rules as definitions of the provider's policy service alone. The rules of this platform are
written in CEL, so the API server judges them itself, without another component. Who refused is in the message: *gatekeeper.sh* or
*ValidatingAdmissionPolicy*.

`;
