/** What a Container Apps repository must never say: one small check each, over the parsed Terraform. */
import type { FileTree } from '../../src/files/tree.ts';
import { type Json, type JsonValue, resourcesIn } from '../checks/hcl.ts';

type Resources = Awaited<ReturnType<typeof resourcesIn>>;
type Resource = Resources[number];

interface SafetyCheck {
  readonly code: string;
  /** Addresses of what is wrong. */
  readonly find: (resources: Resources) => readonly string[];
}

export interface SafetyFinding {
  readonly code: string;
  readonly place: string;
}

export async function checkAzureSafety(files: FileTree): Promise<readonly SafetyFinding[]> {
  return [...findingsIn(await resourcesIn(files)), ...forWebAlone(files)];
}

/** What one service has, each of them has: variables alone tell web from the others. */
export function forWebAlone(files: FileTree): readonly SafetyFinding[] {
  return [...files]
    .filter(([file, text]) => RESOURCE_FILE.test(file) && FOR_WEB_ALONE.test(withoutAllowed(file, text)))
    .map(([place]) => ({ code: 'for-web-alone', place }));
}

const RESOURCE_FILE = /^infra\/container-apps\/(?!variables)[a-z-]+\.tf$/;
const FOR_WEB_ALONE = /\bvar\.(?:web|domain)\b|\w\["web"\]/;

/** The map of all services begins with web, and the environment reads its certificates from the vault of web. */
const withoutAllowed = (file: string, text: string): string =>
  file.endsWith('/environment.tf') || file.endsWith('/edge.tf')
    ? text.replace('data.azurerm_user_assigned_identity.workload["web"].id', '')
    : text.replace(/^ {2}services = merge\([\s\S]*?^ {2}\)$/m, '');

export function findingsIn(resources: Resources): readonly SafetyFinding[] {
  return CHECKS.flatMap(({ code, find }) => find(resources).map(place => ({ code, place })));
}

const APPS = ['azurerm_container_app', 'azurerm_container_app_job'];
const EVERYWHERE = ['*', 'Internet', '0.0.0.0/0', 'Any'];
/** What nothing in the workloads' group may be given. */
const POWERFUL = ['Owner', 'User Access Administrator', 'Role Based Access Control Administrator'];
/** What holds data: never without a lock, and never destroyed by a plan. */
const KEPT = [
  'azurerm_storage_account',
  'azurerm_container_registry',
  'azurerm_key_vault',
  'azurerm_log_analytics_workspace',
];

const CHECKS: readonly SafetyCheck[] = [
  {
    code: 'open-to-the-world',
    find: all =>
      wrong(
        all,
        ['azurerm_network_security_rule'],
        ({ direction, access, source_address_prefix: source }) =>
          direction !== 'Inbound' || access === 'Deny' || !EVERYWHERE.includes(String(source)),
      ),
  },
  {
    code: 'unrestricted-egress',
    find: all => {
      const rules = ofType(all, 'azurerm_network_security_rule');
      const denies = rules.some(
        ({ body }) =>
          body.direction === 'Outbound' && body.access === 'Deny' && body.destination_address_prefix === '*',
      );
      const groups = ofType(all, 'azurerm_network_security_group');
      const wide = wrong(
        all,
        ['azurerm_network_security_rule'],
        body =>
          body.direction !== 'Outbound' ||
          body.access === 'Deny' ||
          !EVERYWHERE.includes(String(body.destination_address_prefix)) ||
          (body.destination_address_prefix === 'Internet' && body.destination_port_range === '443'),
      );
      return [...wide, ...(groups.length > 0 && !denies ? ['deny_outbound'] : [])];
    },
  },
  {
    code: 'public-environment',
    find: all =>
      wrong(
        all,
        ['azurerm_container_app_environment'],
        body => body.internal_load_balancer_enabled === true && body.public_network_access === 'Disabled',
      ),
  },
  {
    code: 'one-zone',
    find: all => [
      ...wrong(
        all,
        ['azurerm_container_app_environment'],
        ({ zone_redundancy_enabled: zones }) => zones === true,
      ),
      ...wrong(all, ['azurerm_container_registry'], ({ zone_redundancy_enabled: zones }) => zones === true),
    ],
  },
  {
    code: 'plain-http',
    find: all => [
      ...wrong(
        all,
        ['azurerm_container_app'],
        body =>
          block(body, 'ingress') === undefined ||
          block(body, 'ingress')?.allow_insecure_connections === false,
      ),
      ...wrong(
        all,
        ['azurerm_cdn_frontdoor_route'],
        body =>
          body.https_redirect_enabled === true &&
          body.forwarding_protocol === 'HttpsOnly' &&
          body.link_to_default_domain === false,
      ),
    ],
  },
  {
    code: 'old-tls',
    find: all => [
      ...wrong(
        all,
        ['azurerm_cdn_frontdoor_custom_domain'],
        body => block(body, 'tls')?.minimum_tls_version === 'TLS12',
      ),
      ...wrong(all, ['azurerm_storage_account'], ({ min_tls_version: least }) => least === 'TLS1_2'),
    ],
  },
  {
    code: 'host-past-the-firewall',
    find: all =>
      wrong(all, ['azurerm_cdn_frontdoor_security_policy'], body =>
        JSON.stringify(body).includes('"for_each":"${azurerm_cdn_frontdoor_custom_domain.main}"'),
      ),
  },
  {
    // Azure deletes no host that its firewall still knows: the firewall has to let it go first.
    code: 'stuck-host',
    find: all =>
      wrong(
        all,
        ['azurerm_cdn_frontdoor_custom_domain'],
        body => block(body, 'lifecycle')?.create_before_destroy === true,
      ),
  },
  {
    code: 'no-firewall',
    find: all => {
      const routes = ofType(all, 'azurerm_cdn_frontdoor_route');
      const policies = ofType(all, 'azurerm_cdn_frontdoor_security_policy');
      const idle = wrong(
        all,
        ['azurerm_cdn_frontdoor_firewall_policy'],
        body => body.enabled === true && Array.isArray(body.managed_rule),
      );
      return [...idle, ...(policies.length === 0 ? routes.map(address) : [])];
    },
  },
  {
    code: 'origin-past-the-firewall',
    find: all =>
      wrong(all, ['azurerm_resource_group_template_deployment'], body =>
        String(body.template_content).includes('sharedPrivateLinkResource'),
      ),
  },
  {
    code: 'shared-password',
    find: all => [
      ...wrong(
        all,
        ['azurerm_container_registry'],
        body => body.admin_enabled === false && body.anonymous_pull_enabled === false,
      ),
      ...wrong(all, ['azurerm_storage_account'], body => body.shared_access_key_enabled === false),
      ...wrong(all, ['azurerm_log_analytics_workspace'], body => body.local_authentication_enabled === false),
      ...wrong(all, ['azurerm_application_insights'], body => body.local_authentication_disabled === true),
      ...wrong(
        all,
        APPS,
        body => block(body, 'registry')?.password_secret_name === undefined && !('secret' in body),
      ),
    ],
  },
  {
    code: 'long-lived-key',
    find: all =>
      all.filter(({ type }) => /password|_certificate_data|application_key/.test(type)).map(address),
  },
  {
    code: 'shared-identity',
    find: all =>
      wrong(all, APPS, body => {
        const identity = block(body, 'identity');
        return (
          identity?.type === 'UserAssigned' &&
          JSON.stringify(identity.identity_ids).includes(
            body.name === '${each.key}' ? 'workload[each.key]' : `workload[\\"${String(body.name)}\\"]`,
          )
        );
      }),
  },
  {
    code: 'no-probe',
    find: all =>
      wrong(all, ['azurerm_container_app'], body => {
        const container = block(block(body, 'template'), 'container');
        return (
          block(body, 'ingress') === undefined ||
          ['startup_probe', 'readiness_probe', 'liveness_probe'].every(
            probe => block(container, probe) !== undefined,
          )
        );
      }),
  },
  {
    code: 'all-at-once',
    find: all =>
      wrong(
        all,
        ['azurerm_container_app'],
        body => block(body, 'ingress') === undefined || body.revision_mode === 'Multiple',
      ),
  },
  {
    code: 'unprotected',
    find: all => {
      const locked = ofType(all, 'azurerm_management_lock').map(({ body }) => JSON.stringify(body));
      return all
        .filter(({ kind, type }) => kind === 'resource' && KEPT.includes(type))
        .filter(resource => {
          const { type, name, body } = resource;
          const lock = locked.some(text => text.includes(`${type}.${name}`));
          const each = type === 'azurerm_key_vault' && locked.some(text => text.includes('each.value.id'));
          return !(lock || each) || block(body, 'lifecycle')?.prevent_destroy !== true;
        })
        .map(address);
    },
  },
  {
    code: 'open-vault',
    find: all =>
      wrong(
        all,
        ['azurerm_key_vault'],
        body =>
          body.rbac_authorization_enabled === true &&
          body.purge_protection_enabled === true &&
          block(body, 'network_acls')?.default_action === 'Deny',
      ),
  },
  {
    code: 'too-much-power',
    find: all =>
      wrong(
        all,
        ['azurerm_role_assignment'],
        ({ role_definition_name: role, scope }) =>
          !POWERFUL.includes(String(role)) &&
          !(role === 'Contributor' && scope !== '${azurerm_resource_group.main.id}'),
      ),
  },
  {
    code: 'anybody-may-deploy',
    find: all =>
      wrong(
        all,
        ['azurerm_federated_identity_credential'],
        body =>
          !String(body.subject).includes('*') &&
          body.issuer === 'https://token.actions.githubusercontent.com',
      ),
  },
  {
    code: 'no-logs',
    find: all => {
      const settings = ofType(all, 'azurerm_monitor_diagnostic_setting').map(({ body }) =>
        JSON.stringify(body),
      );
      return ['azurerm_container_app_environment.main.id', '/subscriptions/'].filter(
        target => !settings.some(text => text.includes(target)),
      );
    },
  },
  {
    code: 'silent-alert',
    find: all => [
      ...wrong(all, ['azurerm_monitor_metric_alert'], body => block(body, 'action') !== undefined),
      ...wrong(
        all,
        ['azurerm_monitor_scheduled_query_rules_alert_v2'],
        body => block(body, 'action') !== undefined,
      ),
    ],
  },
];

function wrong(
  all: Resources,
  types: readonly string[],
  isRight: (body: Json) => boolean,
): readonly string[] {
  return all
    .filter(({ kind, type, body }) => kind === 'resource' && types.includes(type) && !isRight(body))
    .map(address);
}
function ofType(all: Resources, type: string): readonly Resource[] {
  return all.filter(each => each.kind === 'resource' && each.type === type);
}
function address({ type, name }: Resource): string {
  return `${type}.${name}`;
}
function block(body: Json | undefined, name: string): Json | undefined {
  const value: JsonValue | undefined = body?.[name];
  return Array.isArray(value) ? (value[0] as Json | undefined) : undefined;
}
