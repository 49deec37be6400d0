/** What an ECS repository must never say: one small check each, over the parsed Terraform. */
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

export async function checkEcsSafety(files: FileTree): Promise<readonly SafetyFinding[]> {
  const resources = (await Promise.all([...files].map(parsedOnce))).flat();
  const powerful = [...files].filter(([file, text]) => file.endsWith('.tf') && POWER.test(text));
  const alone = [...files].filter(([file, text]) => isResourceFile(file) && FOR_WEB_ALONE.test(text));
  const roots = [...files].filter(([file, text]) => file.endsWith('/tasks.tf') && !isClosed(text));
  return [
    ...CHECKS.flatMap(({ code, find }) => find(resources).map(place => ({ code, place }))),
    ...powerful.map(([place]) => ({ code: 'too-much-power', place })),
    ...alone.map(([place]) => ({ code: 'for-web-alone', place })),
    ...roots.map(([place]) => ({ code: 'open-container', place })),
  ];
}

/** What one service has, each of them has: variables alone tell web from the others. */
const FOR_WEB_ALONE = /\bvar\.web\.|\w\["web(?:-blue|-green)?"\]/;
const isResourceFile = (file: string): boolean =>
  /^infra\/ecs\/[a-z-]+\.tf$/.test(file) && !file.endsWith('/variables.tf');

const parsed = new Map<string, Promise<Resources>>();

/** A mutation changes one file; the others are read once. */
function parsedOnce([file, text]: readonly [string, string]): Promise<Resources> {
  const known = parsed.get(text) ?? resourcesIn(new Map([[file, text]]));
  parsed.set(text, known);
  return known;
}

/** Rights that a deployment must not have, and policies of AWS that hold everything. */
const POWER =
  /"iam:\*"|"\*:\*"|actions\s*=\s*\["\*"\]|AdministratorAccess|PowerUserAccess|"iam:(Attach|Put|Create)(User|Role|Group)?Policy/;

/** Every container of a task: read-only, and the workload's own without root or rights of the host. */
function isClosed(tasks: string): boolean {
  if (!tasks.includes('aws_ecs_task_definition')) return true;
  const containers = tasks.match(/essential += /g)?.length ?? 0;
  const readOnly = tasks.match(/readonlyRootFilesystem += true/g)?.length ?? 0;
  return (
    containers === readOnly &&
    tasks.includes('user                   = given.user') &&
    tasks.includes('drop = ["ALL"]')
  );
}

const EVERYWHERE = /0\.0\.0\.0\/0|::\/0/;
const ENCRYPTED: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_group: 'kms_key_id',
  aws_secretsmanager_secret: 'kms_key_id',
  aws_sns_topic: 'kms_master_key_id',
  aws_sqs_queue: 'kms_master_key_id',
  aws_cloudtrail: 'kms_key_id',
};

const CHECKS: readonly SafetyCheck[] = [
  {
    code: 'open-security-group',
    find: all => [
      ...wrong(
        all,
        ['aws_vpc_security_group_ingress_rule'],
        body => !EVERYWHERE.test(JSON.stringify(body)) && !('cidr_ipv6' in body),
      ),
      // Only the two ports of the load balancer may take their ranges from a list that holds the internet.
      ...wrong(
        all,
        ['aws_vpc_security_group_ingress_rule'],
        body => body.cidr_ipv4 === undefined || [80, 443].includes(Number(body.from_port)),
      ),
      ...ofType(all, 'aws_security_group')
        .filter(({ body }) => 'ingress' in body || 'egress' in body)
        .map(address),
    ],
  },
  {
    code: 'unrestricted-egress',
    find: all =>
      wrong(
        all,
        ['aws_vpc_security_group_egress_rule'],
        body =>
          !EVERYWHERE.test(JSON.stringify(body.cidr_ipv4 ?? '')) ||
          (String(body.for_each).includes('local.calls_out') &&
            body.from_port === 443 &&
            body.to_port === 443),
      ).concat(
        wrong(all, ['aws_route53_resolver_firewall_rule'], body =>
          String(body.firewall_domain_list_id).includes('.everything') ? body.action === 'BLOCK' : true,
        ),
      ),
  },
  {
    code: 'no-redirect',
    find: all => {
      const listeners = ofType(all, 'aws_lb_listener');
      const plain = listeners.filter(
        ({ body }) =>
          body.protocol === 'HTTP' &&
          (block(body, 'default_action')?.type !== 'redirect' ||
            block(block(body, 'default_action'), 'redirect')?.protocol !== 'HTTPS'),
      );
      const hasPlain = listeners.some(({ body }) => body.port === 80);
      const balanced = ofType(all, 'aws_lb').length > 0;
      return [...plain.map(address), ...(balanced && !hasPlain ? ['port 80'] : [])];
    },
  },
  {
    code: 'old-tls',
    find: all =>
      wrong(
        all,
        ['aws_lb_listener'],
        body => body.protocol !== 'HTTPS' || /^ELBSecurityPolicy-TLS13-1-[23]-/.test(String(body.ssl_policy)),
      ),
  },
  {
    code: 'no-firewall',
    find: all =>
      ofType(all, 'aws_lb').length > ofType(all, 'aws_wafv2_web_acl_association').length
        ? ofType(all, 'aws_lb').map(address)
        : [],
  },
  {
    code: 'unprotected',
    find: all => [
      ...wrong(all, ['aws_lb'], body => body.enable_deletion_protection === '${var.deletion_protection}'),
      ...wrong(all, ['aws_kms_key'], body => block(body, 'lifecycle')?.prevent_destroy === true),
      ...wrong(all, ['aws_ecr_repository'], body => body.force_delete === false),
      ...wrong(
        all,
        ['aws_s3_bucket'],
        body =>
          String(body.bucket).endsWith('access-logs') || block(body, 'lifecycle')?.prevent_destroy === true,
      ),
    ],
  },
  {
    code: 'public-address',
    find: all =>
      wrong(
        all,
        ['aws_ecs_service'],
        body => block(body, 'network_configuration')?.assign_public_ip === false,
      ).concat(wrong(all, ['aws_subnet'], body => body.map_public_ip_on_launch !== true)),
  },
  {
    code: 'shell-in-a-task',
    find: all => wrong(all, ['aws_ecs_service'], body => body.enable_execute_command === false),
  },
  {
    code: 'no-way-back',
    find: all =>
      wrong(all, ['aws_ecs_service'], body => {
        const breaker = block(body, 'deployment_circuit_breaker');
        const alarms = block(body, 'alarms');
        const canary = block(body, 'deployment_configuration')?.strategy === 'CANARY';
        return canary ? alarms?.rollback === true && alarms.enable === true : breaker?.rollback === true;
      }),
  },
  {
    code: 'default-identity',
    find: all =>
      wrong(
        all,
        ['aws_ecs_task_definition'],
        body =>
          String(body.task_role_arn).startsWith('${local.roles.task[') &&
          String(body.execution_role_arn).startsWith('${local.roles.execution['),
      ),
  },
  {
    code: 'not-encrypted',
    find: all =>
      Object.entries(ENCRYPTED).flatMap(([type, argument]) =>
        wrong(all, [type], body => body[argument] !== undefined),
      ),
  },
  {
    code: 'anybody-on-github',
    find: all =>
      all
        .filter(({ kind, type, body }) => {
          const text = JSON.stringify(body);
          return (
            kind === 'data' &&
            type === 'aws_iam_policy_document' &&
            text.includes('AssumeRoleWithWebIdentity') &&
            (!text.includes('token.actions.githubusercontent.com:sub') || /StringLike/.test(text))
          );
        })
        .map(address),
  },
  {
    code: 'silent-alert',
    find: all => [
      ...wrong(
        all,
        ['aws_cloudwatch_metric_alarm'],
        body => Array.isArray(body.alarm_actions) || isWindow(body),
      ),
      ...wrong(all, ['aws_cloudwatch_composite_alarm'], body => Array.isArray(body.alarm_actions)),
    ],
  },
  {
    code: 'mutable-tags',
    find: all => wrong(all, ['aws_ecr_repository'], body => body.image_tag_mutability === 'IMMUTABLE'),
  },
  {
    code: 'unscanned',
    find: all =>
      wrong(
        all,
        ['aws_ecr_repository'],
        body => block(body, 'image_scanning_configuration')?.scan_on_push === true,
      ),
  },
  {
    code: 'long-lived-key',
    find: all => ofType(all, 'aws_iam_access_key').map(address),
  },
  {
    code: 'open-bucket',
    find: all => {
      const closed = new Set(
        ofType(all, 'aws_s3_bucket_public_access_block')
          .filter(({ body }) => body.block_public_policy === true && body.restrict_public_buckets === true)
          .map(({ name }) => name),
      );
      return ofType(all, 'aws_s3_bucket')
        .filter(({ name }) => !closed.has(name))
        .map(address);
    },
  },
];

/** One of two windows of a burn rate: the composite alarm over both tells. */
const isWindow = (body: Json) => String(body.alarm_name).includes('-burn-');

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
