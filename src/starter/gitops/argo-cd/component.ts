/** Argo CD as a component of its own platform: sign-in by the identity provider alone, two copies of what answers. */
import type { Component, HelmValues } from '../../contribution.ts';
import { hostsOfDelivery } from '../../dns-and-certificates/house/authorities.ts';
import type { ModuleInput } from '../../module.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { asksRatify } from '../../policy-engine/gatekeeper/place.ts';
import { teamsSharing } from '../../tenant-isolation/spaces.ts';
import { NAMESPACE as SAMPLES } from '../../workload/sample.ts';
import { APPLICATION_HEALTH } from './health.ts';
import { ARGO_CHART, ARGO_NAMESPACE } from './names.ts';

const ARGO_HEALTH_KEY = 'resource.customizations.health.argoproj.io_Application';
/** Where people reach it with `kubectl port-forward`; the identity provider has to know it. */
const LOCAL_ADDRESS = 'localhost:8080';

export function argoComponent(input: ModuleInput): Component {
  return {
    id: ARGO_CHART,
    decision: 'gitops',
    layer: 'platform-core',
    says: 'Argo CD, which delivers itself; scripts/bootstrap.sh installs it first, with the same values.',
    chart: { release: ARGO_CHART, namespace: ARGO_NAMESPACE, crds: 'create-replace', values: values(input) },
  };
}

function values(input: ModuleInput): HelmValues {
  const { systemPool } = input.foundation;
  return {
    fullnameOverride: ARGO_NAMESPACE,
    global: {
      domain: LOCAL_ADDRESS,
      priorityClassName: 'system-cluster-critical',
      ...systemPool,
      // The policies of the namespace are narrower than those of the chart.
      networkPolicy: { create: false },
    },
    configs: {
      cm: {
        // Nobody signs in but through the identity provider.
        'admin.enabled': false,
        'exec.enabled': false,
        'oidc.config': signIn(),
        [ARGO_HEALTH_KEY]: APPLICATION_HEALTH,
        // Controllers put their authority into webhooks, and rights together from labels.
        'resource.customizations.ignoreDifferences.admissionregistration.k8s.io_MutatingWebhookConfiguration':
          IGNORE_AUTHORITY,
        'resource.customizations.ignoreDifferences.admissionregistration.k8s.io_ValidatingWebhookConfiguration':
          IGNORE_AUTHORITY,
        ...(asksRatify(input) ? IGNORE_AUTHORITY_OF_RATIFY : {}),
        'resource.compareoptions': 'ignoreAggregatedRoles: true\n',
      },
      params: {
        // What the API server would make of it is compared, with defaults and webhooks: nothing differs for ever.
        'controller.diff.server.side': true,
      },
      ...(hostsOfDelivery(input).length > 0 ? { tls: { create: false } } : {}),
      rbac: { 'policy.default': '', 'policy.csv': rights(input), scopes: '[groups]' },
    },
    dex: { enabled: false },
    notifications: { enabled: false },
    controller: { ...part('500m', '1Gi', '2Gi'), ...MEASURED },
    server: { ...part('100m', '128Mi', '256Mi'), ...TWICE, ...MEASURED },
    repoServer: { ...part('100m', '256Mi', '1Gi'), ...TWICE, ...MEASURED },
    applicationSet: { ...part('50m', '128Mi', '256Mi'), ...TWICE, ...MEASURED },
    // A cache: when it is lost Argo CD fills it again.
    redis: part('50m', '64Mi', '256Mi'),
    redisSecretInit: { resources: resources('20m', '64Mi', '128Mi') },
  };
}

/** Ratify makes its own and writes it into what Gatekeeper asks it by. */
const IGNORE_AUTHORITY_OF_RATIFY = {
  'resource.customizations.ignoreDifferences.externaldata.gatekeeper.sh_Provider':
    'jsonPointers:\n  - /spec/caBundle\n',
};
const IGNORE_AUTHORITY = "jqPathExpressions:\n  - '.webhooks[]?.clientConfig.caBundle'\n";
const MEASURED = { metrics: { enabled: true, serviceMonitor: { enabled: true } } };
const TWICE = { replicas: 2, pdb: { enabled: true, maxUnavailable: 1 } };

function part(cpu: string, memory: string, limit: string) {
  return { resources: resources(cpu, memory, limit) };
}

function resources(cpu: string, memory: string, limit: string) {
  return {
    requests: { cpu, memory, 'ephemeral-storage': '64Mi' },
    limits: { memory: limit, 'ephemeral-storage': '2Gi' },
  };
}

/** A public client with PKCE: there is no secret to keep. */
function signIn(): string {
  return `name: Single sign-on
issuer: https://${TOKENS.signInIssuer}.example.com
clientID: ${TOKENS.deliveryClient}
enablePKCEAuthentication: true
requestedScopes: ["openid", "profile", "email", "groups"]
`;
}

/** A team reads and syncs what stands in its own project; the group of the directory has the name of the team. */
function rights(input: ModuleInput): string {
  const { platform = TOKENS.platformGroup, developers = TOKENS.developerGroup } =
    input.project.oidcGroups ?? {};
  const teams = teamsSharing(input);
  const ofTeam = (role: string, team: string) => [
    `p, role:${role}, applications, get, team-${team}/*, allow`,
    `p, role:${role}, applications, sync, team-${team}/*, allow`,
    `p, role:${role}, logs, get, team-${team}/*, allow`,
  ];
  const lines = [
    `p, role:platform, applications, get, */*, allow`,
    `p, role:platform, applications, sync, */*, allow`,
    `p, role:platform, applications, action/*, */*, allow`,
    `p, role:platform, projects, get, *, allow`,
    `p, role:platform, repositories, get, *, allow`,
    `p, role:platform, clusters, get, *, allow`,
    `p, role:platform, logs, get, */*, allow`,
    ...ofTeam('developers', SAMPLES),
    ...teams.flatMap(team => ofTeam(`team-${team}`, team)),
    `g, ${platform}, role:platform`,
    `g, ${developers}, role:developers`,
    ...teams.map(team => `g, ${team}, role:team-${team}`),
  ];
  return `${lines.join('\n')}\n`;
}
