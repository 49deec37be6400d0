/** Ratify: verifies signatures of the Notary Project for Gatekeeper, whoever runs that. */
import type { Contribution } from '../contribution.ts';
import { trustsHouse } from '../dns-and-certificates/house/authorities.ts';
import { gitInside } from '../egress/no-egress/closed.ts';
import { alertRules } from '../metrics/alerts.ts';
import { isObserved } from '../metrics/observed.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { credentials, scraped, toApiServer } from '../network/common-edges.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import { platformNamespace } from '../network/namespace.ts';
import { pickOf } from '../picks.ts';
import {
  GATEKEEPER_NAMESPACE,
  GATEKEEPER_PODS,
  isGivenGatekeeper,
} from '../policy-engine/gatekeeper/place.ts';
import { release } from '../release.ts';
import { ownImages, readSignaturesByToken, registryOf } from './own-images.ts';
import { ratifyRunbook } from './ratify/page.ts';
import { constraint, RULE, TEMPLATE } from './ratify/rule.ts';
import { NAME, PORT, provider, settings } from './ratify/settings.ts';
import { METRICS_PORT, workload } from './ratify/workload.ts';

const DECISION = 'image-signing';
const KINDS = 'ratify-crds';
const SETTINGS = 'image-signatures';
const SETTINGS_FOLDER = `platform-config/base/${SETTINGS}`;
const REPOSITORY = 'https://github.com/notaryproject/ratify';

export function ratify(input: ModuleInput): Contribution | NotGenerated {
  const reason = outOfReach(input);
  if (reason !== null) return { notGenerated: reason };
  const given = isGivenGatekeeper(input);
  const namespace = given ? NAME : GATEKEEPER_NAMESPACE;
  const grant = readSignaturesByToken(input, { namespace, name: NAME });
  const prefix = ownImages(input).replace(/\*$/, '');
  const rule = given ? ruleOfProvider(input, prefix) : {};
  return {
    files: new Map([...(grant?.files ?? []), ...(rule.files ?? [])]),
    namespaces: given ? [platformNamespace(namespace, DECISION)] : [],
    components: [
      {
        id: KINDS,
        decision: DECISION,
        layer: 'crds',
        says: 'Kinds of the settings of Ratify.',
        manifests: {
          repository: gitInside(input, REPOSITORY),
          tag: `v${release(input, KINDS).version}`,
          path: 'charts/ratify/crds',
        },
      },
      {
        id: NAME,
        decision: DECISION,
        layer: 'platform-net',
        says: 'Reads signatures of images for Gatekeeper, which asks it before a pod is stored. Three copies: while none answers, nobody can say what is signed.',
        objects: {
          ...workload(input, { namespace, besideGatekeeper: !given, grant }),
          provider: [provider(input, namespace)],
          ...(given ? {} : { rule: [TEMPLATE] }),
          ...(isObserved(input) ? { alerts: [alerts(input, namespace)] } : {}),
        },
      },
    ],
    config: [
      {
        id: SETTINGS,
        decision: DECISION,
        says: 'Whose signatures count, and which images have to have one. docs/runbooks/unsigned-image.md says how a warning becomes a refusal.',
        objects: { ...settings(input), ...(given ? {} : { [RULE]: [constraint(prefix)] }) },
      },
    ],
    edges: edges(input, namespace, given),
    authorities: trustsHouse(input) ? [namespace] : [],
    runbooks: [ratifyRunbook({ namespace, given })],
    checks: [
      ...(rule.checks ?? []),
      {
        decision: DECISION,
        says: 'Only what the authority of the organisation signed counts as signed.',
        command: `grep -q 'ca:authority' ${SETTINGS_FOLDER}/verifier.yaml`,
        path: `${SETTINGS_FOLDER}/verifier.yaml`,
      },
      {
        decision: DECISION,
        says: 'Ratify has taken its settings, the certificate of the authority among them.',
        command:
          "kubectl wait --for=jsonpath='{.status.issuccess}'=true keymanagementproviders,stores,verifiers,policies.config.ratify.deislabs.io --all --timeout=5m",
        path: `${SETTINGS_FOLDER}/kustomization.yaml`,
      },
    ],
  };
}

function ruleOfProvider(input: ModuleInput, prefix: string): Contribution {
  const give = input.foundation.services?.gatekeeperRule;
  if (give === undefined) throw new Error('nothing gives rules to the Gatekeeper of this provider');
  return give(DECISION, {
    name: RULE,
    says: 'Images of your own are signed by the authority of the organisation.',
    template: TEMPLATE,
    prefix: registryOf(input) === null ? prefix : null,
  });
}

/** Why Ratify cannot read the signatures; null where it can. */
function outOfReach(input: ModuleInput): string | null {
  const registry = registryOf(input);
  const instead = 'images run unverified. Kyverno reads them there.';
  if (pickOf(input.stack, 'registry') === 'harbor')
    return `Beside Gatekeeper signatures of the Notary Project are verified by Ratify, which is generated for registries of Azure and AWS and for those that let everybody read; what Harbor holds was not tried with it: ${instead}`;
  return registry?.kyvernoProvider === 'google'
    ? `Beside Gatekeeper signatures of the Notary Project are verified by Ratify, which has no way to sign in to Artifact Registry as its own pods: ${instead}`
    : null;
}

function edges(input: ModuleInput, namespace: string, given: boolean): readonly Edge[] {
  const pods: PodPeer = { kind: 'pods', namespace, labels: { 'app.kubernetes.io/name': NAME } };
  const gatekeeper: PodPeer = given ? { kind: 'pods', namespace: GATEKEEPER_NAMESPACE } : GATEKEEPER_PODS;
  const ports = [{ port: PORT }];
  return [
    {
      name: 'signatures-from-gatekeeper',
      owner: NAME,
      because: 'Gatekeeper asks whether an image is signed.',
      pods,
      direction: 'ingress',
      peers: [gatekeeper],
      ports,
    },
    ...(given
      ? []
      : [
          {
            name: 'to-ratify',
            owner: NAME,
            because: 'Gatekeeper asks whether an image is signed.',
            pods: GATEKEEPER_PODS,
            direction: 'egress' as const,
            peers: [pods],
            ports,
          },
        ]),
    scraped(NAME, pods, METRICS_PORT, 'metrics-of-ratify'),
    { ...toApiServer(NAME, pods), name: 'ratify-to-api-server' },
    {
      name: 'ratify-to-registries',
      owner: NAME,
      because: 'Reads signatures from registries, whose addresses change.',
      pods,
      direction: 'egress',
      peers: [{ kind: 'anywhere' }],
      ports: [{ port: 443 }],
    },
    // Who takes tokens asks no agent.
    ...(registryOf(input)?.readByToken === undefined
      ? credentials(NAME, pods, input.foundation.identityAgentPort)
      : []),
  ];
}

function alerts(input: ModuleInput, namespace: string) {
  const ready = `kube_deployment_status_replicas_available{namespace="${namespace}", deployment="${NAME}"}`;
  return alertRules(input, { name: NAME, namespace }, [
    {
      alert: 'NobodyVerifiesImages',
      expr: `max(${ready}) < 1 or absent(${ready})`,
      lasting: '5m',
      severity: 'critical',
      summary: 'No copy of Ratify is ready.',
      description:
        'Where the rule refuses, no pod with an image of your own starts; where it warns, nothing is verified.',
      runbook: 'unsigned-image',
    },
    {
      alert: 'OneVerifierLeft',
      expr: `max(${ready}) < 2`,
      lasting: '15m',
      severity: 'warning',
      summary: 'Fewer than two copies of Ratify are ready.',
      description: 'The next node that goes may take the last one along.',
      runbook: 'unsigned-image',
    },
  ]);
}
