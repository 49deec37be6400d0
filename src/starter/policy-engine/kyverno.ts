/** Kyverno: the rules of admission, judged by a webhook that also verifies signatures. */

import type { IValidatingPolicy } from '@kubernetes-models/kyverno/policies.kyverno.io/v1';
import type { Contribution } from '../contribution.ts';
import { readSignatures } from '../image-signing/own-images.ts';
import type { ModuleInput } from '../module.ts';
import { credentials, scraped, toApiServer, webhook } from '../network/common-edges.ts';
import type { PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { pickOf } from '../picks.ts';
import { kyvernoValues } from './kyverno/values.ts';
import { type AdmissionRule, admissionRules, JUDGED_NAMESPACES } from './rules.ts';

const NAME = 'kyverno';
const DECISION = 'policy-engine';
const FOLDER = 'admission-policies';
const EVERY_POD: PodPeer = { kind: 'pods', namespace: NAME };
const pods = (component: string): PodPeer => ({
  ...EVERY_POD,
  labels: { 'app.kubernetes.io/component': component },
});
const ADMISSION = pods('admission-controller');

/** The account of the pods that judge; others of Kyverno have rights of their own. */
const JUDGE = { namespace: NAME, name: 'kyverno-admission-controller' } as const;

export function kyverno(input: ModuleInput): Contribution {
  const { foundation } = input;
  const grant = readSignatures(input, JUDGE);
  return {
    ...(grant === null ? {} : { files: grant.files }),
    namespaces: [platformNamespace(NAME, DECISION)],
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-core',
        says: 'Judges objects before they are stored. Three copies in three zones: while none answers, nothing can be changed.',
        chart: {
          release: NAME,
          namespace: NAME,
          crds: 'skip',
          values: kyvernoValues(foundation, { account: JUDGE.name, grant }),
        },
      },
    ],
    config: [
      {
        id: FOLDER,
        decision: DECISION,
        says: 'What no object may be. Rules begin as an audit; docs/runbooks/admission-policies.md says how they become refusals.',
        objects: Object.fromEntries(
          admissionRules(input).map(each => [each.name, [policyOf(each)]] as const),
        ),
      },
    ],
    edges: [
      webhook(NAME, ADMISSION, 9443),
      { ...webhook(NAME, pods('cleanup-controller'), 9443), name: 'webhook-of-cleanup' },
      scraped(NAME, EVERY_POD, 8000),
      toApiServer(NAME, EVERY_POD),
      {
        name: 'to-registries-and-log',
        owner: NAME,
        because:
          pickOf(input.stack, 'image-signing') === 'notary-project'
            ? 'Reads signatures from registries, whose addresses change.'
            : 'Reads signatures from registries and checks them against the public log, whose addresses change.',
        pods: ADMISSION,
        direction: 'egress',
        peers: [{ kind: 'anywhere' }],
        ports: [{ port: 443 }],
      },
      ...(grant === null ? [] : credentials(NAME, ADMISSION, foundation.identityAgentPort)),
    ],
    runbooks: [RUNBOOK],
    checks: [
      {
        decision: DECISION,
        says: 'Every admission policy is ready.',
        command: 'kubectl wait --for=condition=WebhookConfigured validatingpolicies --all --timeout=5m',
        path: `platform-config/base/${FOLDER}/kustomization.yaml`,
      },
      {
        decision: DECISION,
        says: 'No policy is written in the kind that Kyverno removes.',
        command: `! grep -rlE '^kind: (ClusterPolicy|Policy)$' platform platform-config apps`,
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
  action,
}: AdmissionRule): IValidatingPolicy {
  return {
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'ValidatingPolicy',
    metadata: { name, annotations: { 'platform/because': because } },
    spec: {
      failurePolicy: 'Fail',
      validationActions: [action === 'refuse' ? 'Deny' : 'Audit'],
      evaluation: { admission: { enabled: true }, background: { enabled: true } },
      matchConstraints: {
        namespaceSelector: JUDGED_NAMESPACES,
        resourceRules: resources.map(rule => ({ ...rule, operations: ['CREATE', 'UPDATE'] })),
      },
      ...(variables.length === 0 ? {} : { variables: variables.map(each => ({ ...each })) }),
      validations: validations.map(each => ({ ...each })),
    },
  };
}

const RUNBOOK = {
  id: 'admission-policies',
  title: 'From an audit to a refusal, and what to do when Kyverno is down',
  text: `The policies in \`platform-config/base/${FOLDER}\` judge objects in every namespace under Pod Security *restricted*. Most begin
as an audit.

1. Who breaks a rule today: \`kubectl get policyreports -A\`.
2. Tell the owners, with the message of the rule; give them a date.
3. When nothing is found for a week, set \`validationActions\` of the policy to \`[Deny]\`, in one environment after the other.
4. It stops something that must not stop: set it back to \`[Audit]\` in Git.

Kyverno itself is down, and every change is refused with *failed calling webhook*:

1. \`kubectl -n ${NAME} get pods\`; its own namespace and kube-system are not judged, so its pods can start.
2. They cannot pull their image or have no node: mend that first.
3. Nothing else helps: \`kubectl delete validatingwebhookconfigurations -l webhook.kyverno.io/managed-by=kyverno\`. Kyverno makes
   them again when it starts. Until then nothing is judged; write the time into the incident.
`,
} as const;
