/** Gatekeeper: the rules of admission as templates and constraints, in the same CEL that the other engines judge. */
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { Component, Contribution } from '../contribution.ts';
import type { ModuleInput } from '../module.ts';
import { scraped, toApiServer, webhook } from '../network/common-edges.ts';
import type { PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { constraintOf, templateOf } from './gatekeeper/kinds.ts';
import { GATEKEEPER_NAMESPACE, GATEKEEPER_PODS, isGivenGatekeeper } from './gatekeeper/place.ts';
import { besideTheProviders } from './gatekeeper/provider.ts';
import { gatekeeperValues } from './gatekeeper/values.ts';
import { type AdmissionRule, admissionRules } from './rules.ts';

const NAME = 'gatekeeper';
const NAMESPACE = GATEKEEPER_NAMESPACE;
const DECISION = 'policy-engine';
const FOLDER = 'admission-policies';
const WEBHOOK: PodPeer = { ...GATEKEEPER_PODS, labels: { 'gatekeeper.sh/operation': 'webhook' } };

export function gatekeeper(input: ModuleInput): Contribution {
  if (isGivenGatekeeper(input)) return besideTheProviders(input, NAMESPACE);
  const rules = admissionRules(input);
  return {
    namespaces: [platformNamespace(NAMESPACE, DECISION)],
    components: [
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-core',
        says: 'Judges objects before they are stored. Three copies in three zones: while none answers, nothing can be changed.',
        chart: {
          release: NAME,
          namespace: NAMESPACE,
          crds: 'create-replace',
          values: gatekeeperValues(input, NAMESPACE),
        },
        objects: { monitor: [MONITOR] },
      },
      templates(rules),
    ],
    config: [
      {
        id: FOLDER,
        decision: DECISION,
        says: 'What no object may be, and what happens to one that is. docs/runbooks/admission-policies.md says how a warning becomes a refusal.',
        objects: Object.fromEntries(rules.map(each => [each.name, [constraintOf(each)]] as const)),
      },
    ],
    edges: [
      webhook(NAME, WEBHOOK, 8443),
      scraped(NAME, GATEKEEPER_PODS, 8888),
      toApiServer(NAME, { kind: 'pods', namespace: NAMESPACE }),
    ],
    runbooks: [RUNBOOK],
    checks: [
      {
        decision: DECISION,
        says: 'Every rule has a template, and a constraint that applies it.',
        command: `test "$(grep -rl '^kind: ConstraintTemplate' platform/${TEMPLATES} | wc -l)" -eq ${rules.length}`,
        path: `platform/${TEMPLATES}/kustomization.yaml`,
      },
      {
        decision: DECISION,
        says: 'Gatekeeper has taken every template.',
        command: `kubectl wait --for=jsonpath='{.status.created}'=true constrainttemplates --all --timeout=5m`,
        path: `platform/${TEMPLATES}/kustomization.yaml`,
      },
    ],
  };
}

const TEMPLATES = 'gatekeeper-templates';

/** A step before the constraints: each template brings the kind that its constraint is of. */
function templates(rules: readonly AdmissionRule[]): Component {
  return {
    id: TEMPLATES,
    decision: DECISION,
    layer: 'platform-net',
    says: 'What the rules ask, in CEL. Each template is a kind of its own, so it comes before the constraint that uses it.',
    objects: Object.fromEntries(rules.map(each => [each.name, [templateOf(each)]] as const)),
  };
}

const MONITOR: IPodMonitor = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: { name: NAME, namespace: NAMESPACE },
  spec: {
    selector: { matchLabels: { 'gatekeeper.sh/system': 'yes' } },
    podMetricsEndpoints: [{ port: 'metrics' }],
  },
};

const RUNBOOK = {
  id: 'admission-policies',
  title: 'From a warning to a refusal, and what to do when Gatekeeper is down',
  text: `The constraints in \`platform-config/base/${FOLDER}\` judge objects in every namespace under Pod Security *restricted*. Most begin
with \`enforcementAction: warn\`: whoever applies an object sees the message, and the audit of Gatekeeper counts it every minute.

1. Who breaks a rule today: \`kubectl get constraints\`, and \`kubectl describe\` of one with violations.
2. Tell the owners, with the message of the rule; give them a date.
3. When nothing is found for a week, set \`enforcementAction\` of the constraint to \`deny\`, in one environment after the other.
4. It stops something that must not stop: set it back to \`warn\` in Git.

Gatekeeper itself is down, and every change is refused with *failed calling webhook*:

1. \`kubectl -n ${NAMESPACE} get pods\`; its own namespace and kube-system are not judged, so its pods can start.
2. They cannot pull their image or have no node: mend that first.
3. Nothing else helps: \`kubectl delete validatingwebhookconfigurations gatekeeper-validating-webhook-configuration\`. Flux makes it
   again within the hour. Until then nothing is judged; write the time into the incident.
`,
} as const;
