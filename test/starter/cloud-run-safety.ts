/** What a Cloud Run repository must never say: one small check each, over the parsed Terraform. */
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

export async function checkSafety(files: FileTree): Promise<readonly SafetyFinding[]> {
  const resources = await resourcesIn(files);
  const powerful = [...files].filter(([file, text]) => file.endsWith('.tf') && BASIC_ROLE.test(text));
  const alone = [...files].filter(([file, text]) => isResourceFile(file) && FOR_WEB_ALONE.test(text));
  return [
    ...CHECKS.flatMap(({ code, find }) => find(resources).map(place => ({ code, place }))),
    ...alone.map(([place]) => ({ code: 'for-web-alone', place })),
    ...powerful.map(([place]) => ({ code: 'too-much-power', place })),
    ...missingRoles(files).map(place => ({ code: 'too-little-power', place })),
  ];
}

/** What one service has, each of them has: variables alone tell web from the others, and the one certificate is seen at web. */
const FOR_WEB_ALONE = /\bvar\.web\.|\w(?<!uptime_check_config\.web)\["web"\]/;
const isResourceFile = (file: string): boolean =>
  /^infra\/cloud-run\/[a-z-]+\.tf$/.test(file) && !file.endsWith('/variables.tf');

/** What makes, changes and removes a resource, by its type. */
const ROLES: Readonly<Record<string, string>> = {
  google_artifact_registry_repository: 'artifactregistry.admin',
  google_certificate_manager_certificate: 'certificatemanager.owner',
  google_cloud_run_v2_job: 'run.admin',
  google_cloud_run_v2_service: 'run.admin',
  google_cloud_scheduler_job: 'cloudscheduler.admin',
  google_compute_network: 'compute.networkAdmin',
  google_compute_network_firewall_policy: 'compute.securityAdmin',
  google_compute_region_network_endpoint_group: 'compute.loadBalancerAdmin',
  google_compute_security_policy: 'compute.securityAdmin',
  google_dns_managed_zone: 'dns.admin',
  google_logging_project_bucket_config: 'logging.configWriter',
  google_monitoring_alert_policy: 'monitoring.editor',
};

function missingRoles(files: FileTree): readonly string[] {
  const text = files.get('infra/bootstrap/federation.tf') ?? '';
  const given = /deploy_roles = toset\(\[([\s\S]*?)\]/.exec(text)?.[1] ?? '';
  const deployed = [...files].filter(([file]) => /^infra\/cloud-run\/[^/]+\.tf$/.test(file));
  return Object.entries(ROLES).flatMap(([type, role]) =>
    deployed.some(([, file]) => file.includes(`resource "${type}" `)) && !given.includes(`"roles/${role}"`)
      ? [type]
      : [],
  );
}

const BASIC_ROLE = /"roles\/(owner|editor|viewer|resourcemanager\.projectIamAdmin|iam\.serviceAccountAdmin)"/;
const WORKLOADS = [
  'google_cloud_run_v2_service',
  'google_cloud_run_v2_worker_pool',
  'google_cloud_run_v2_job',
];

/** What a load balancer of the whole world is made of, and one of a region. */
const scopes = (...types: readonly string[]) => types.map(type => `google_compute_${type}`);
const inAnyScope = (all: Resources, ...types: readonly string[]) =>
  scopes(...types).flatMap(type => ofType(all, type));

/** By its name, or as the one of the same region. */
const leadsTo = (body: Json, map: string) =>
  String(body.url_map).includes(`${map}.`) || String(body.for_each).includes(map);

const CHECKS: readonly SafetyCheck[] = [
  {
    code: 'open-ingress',
    find: all =>
      wrong(all, ['google_cloud_run_v2_service'], ({ ingress }) =>
        /^INGRESS_TRAFFIC_INTERNAL_(LOAD_BALANCER|ONLY)$/.test(String(ingress)),
      ),
  },
  {
    code: 'no-redirect',
    find: all => {
      const http = inAnyScope(all, 'global_forwarding_rule', 'forwarding_rule').filter(
        ({ body }) => body.port_range === '80',
      );
      const proxies = inAnyScope(all, 'target_http_proxy', 'region_target_http_proxy');
      const redirects = new Set(
        inAnyScope(all, 'url_map', 'region_url_map')
          .filter(
            ({ body }) =>
              block(body, 'default_url_redirect')?.https_redirect === true && !('default_service' in body),
          )
          .map(address),
      );
      const plain = proxies.filter(({ body }) => ![...redirects].some(map => leadsTo(body, map)));
      const web = ofType(all, 'google_cloud_run_v2_service').length > 0;
      return [...plain.map(address), ...(web && http.length === 0 ? ['port 80'] : [])];
    },
  },
  {
    code: 'old-tls',
    find: all => [
      ...wrong(
        all,
        scopes('ssl_policy', 'region_ssl_policy'),
        ({ min_tls_version: least }) => least === 'TLS_1_2',
      ),
      ...wrong(
        all,
        scopes('target_https_proxy', 'region_target_https_proxy'),
        ({ ssl_policy: policy }) => policy !== undefined,
      ),
    ],
  },
  {
    code: 'no-firewall',
    find: all =>
      wrong(
        all,
        scopes('backend_service', 'region_backend_service'),
        body => body.security_policy !== undefined,
      ),
  },
  {
    code: 'unprotected',
    find: all =>
      wrong(all, WORKLOADS, ({ deletion_protection: kept }) =>
        /^\$\{var\.deletion_protection( && !each\.value\.retired)?\}$/.test(String(kept)),
      ),
  },
  {
    code: 'default-identity',
    find: all =>
      wrong(all, WORKLOADS, body =>
        String(containerTemplate(body)?.service_account).startsWith('${local.identities['),
      ),
  },
  {
    code: 'unrestricted-egress',
    find: all => [
      ...wrong(
        all,
        WORKLOADS,
        body => block(containerTemplate(body), 'vpc_access')?.egress === 'ALL_TRAFFIC',
      ),
      ...wrong(
        all,
        ['google_compute_network_firewall_policy_rule'],
        ({ action, match }) => action === 'deny' || !JSON.stringify(match).includes('0.0.0.0/0'),
      ),
    ],
  },
  {
    code: 'no-probe',
    find: all =>
      wrong(all, ['google_cloud_run_v2_service'], body => {
        const container = block(containerTemplate(body), 'containers');
        return (
          block(container, 'startup_probe') !== undefined && block(container, 'liveness_probe') !== undefined
        );
      }),
  },
  {
    code: 'public-member',
    find: all =>
      all.filter(({ body }) => /allUsers|allAuthenticatedUsers/.test(JSON.stringify(body))).map(address),
  },
  {
    code: 'long-lived-key',
    find: all => ofType(all, 'google_service_account_key').map(address),
  },
  {
    code: 'silent-alert',
    find: all =>
      wrong(all, ['google_monitoring_alert_policy'], body => Array.isArray(body.notification_channels)),
  },
  {
    code: 'mutable-tags',
    find: all =>
      wrong(
        all,
        ['google_artifact_registry_repository'],
        body => body.mode === 'REMOTE_REPOSITORY' || block(body, 'docker_config')?.immutable_tags === true,
      ),
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
/** A job's template lies in another one. */
function containerTemplate(body: Json): Json | undefined {
  const template = block(body, 'template');
  return block(template, 'template') ?? template;
}
function block(body: Json | undefined, name: string): Json | undefined {
  const value: JsonValue | undefined = body?.[name];
  return Array.isArray(value) ? (value[0] as Json | undefined) : undefined;
}
