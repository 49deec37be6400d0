/** What would be wrong in a starter, one mistake at a time, and which check sees it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CROSS_CHECKS } from '../checks/cross/all.ts';
import type { Finding } from '../checks/finding.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { add, drop, type Mutation, replace, without } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const { files } = starterOf('platform-aws');

const APP = 'apps/base/demo-web';
const DEPLOYMENT = `${APP}/deployment.yaml`;

const CROSS: readonly Mutation[] = [
  {
    mistake: 'rules of the mirror are made before anything is in the secrets that they name',
    change: replace(
      'docs/runbooks/bootstrap.md',
      /^tofu apply .*-target=aws_secretsmanager_secret\.upstream\n/m,
      '',
    ),
    code: 'filled-secrets',
    says: /made for ghcr before/,
  },
  {
    mistake: 'a page has somebody try what the overlay does not hold',
    change: replace('docs/runbooks/promotion.md', 'name: demo-web', 'name: demo-wep'),
    code: 'promotion',
    says: /demo-wep/,
  },
  {
    mistake: 'a page has somebody try a version where every cluster reads it',
    change: replace(
      'docs/runbooks/promotion.md',
      /# clusters\/development\/(\S+)\/kustomization.yaml/,
      '# delivery/$1/kustomization.yaml',
    ),
    code: 'promotion',
    says: /belongs to no cluster/,
  },
  {
    mistake: 'a version is looked for in a place that its object does not have',
    change: replace('docs/runbooks/promotion.md', /path: \/spec\/(?:ref|chart)\S*/, 'path: /spec/version/of'),
    code: 'promotion',
    says: /version/,
  },
  {
    mistake: 'the default-deny policy of a namespace is gone',
    change: drop('platform/namespaces/demo.yaml', 'name: default-deny'),
    code: 'namespace-baseline',
    says: /demo: namespace-baseline|does not deny all traffic/,
  },
  {
    mistake: 'a program that runbooks call is not installed with the others',
    change: replace('mise.toml', '"aqua:fluxcd/flux2"', '"aqua:fluxcd/flux"'),
    code: 'tools-at-hand',
    says: /calls flux, which mise\.toml lacks/,
  },
  {
    mistake: 'a page gives a script what it never reads',
    change: replace('docs/runbooks/bootstrap.md', 'GIT_TOKEN=...', 'GIT_PASSWORD=...'),
    code: 'asked-of-scripts',
    says: /gives scripts\/bootstrap\.sh GIT_PASSWORD, which it never reads/,
  },
  {
    mistake: 'a page asks for objects of a kind that is not here',
    change: replace('docs/runbooks/teardown.md', 'get gateways,services', 'get ingresses,services'),
    code: 'kinds-asked-for',
    says: /asks for ingresses, and there is no Ingress here/,
  },
  {
    mistake: 'a namespace lost its DNS',
    change: drop('platform/namespaces/monitoring.yaml', 'name: allow-dns'),
    code: 'namespace-baseline',
    says: /denies DNS/,
  },
  {
    mistake: 'a namespace is privileged without a reason',
    change: replace('platform/namespaces/demo.yaml', 'enforce: restricted', 'enforce: privileged'),
    code: 'namespace-baseline',
    says: /privileged/,
  },
  {
    mistake: 'a namespace is used and not defined',
    change: replace('platform/namespaces/kustomization.yaml', '  - cert-manager.yaml\n', ''),
    code: 'namespace-baseline',
    says: /cert-manager/,
  },
  {
    mistake: 'the policy that lets the gateway in is gone',
    change: drop(`${APP}/network-policies.yaml`, 'requests-from-gateway'),
    code: 'reachability',
    says: /proxies reach the sample workload/,
  },
  {
    mistake: 'Prometheus may no longer leave its namespace',
    change: drop('platform/kube-prometheus-stack/network-policies.yaml', 'name: scrape-pods'),
    code: 'reachability',
    says: /scrapes/,
  },
  {
    mistake: 'the collector may no longer reach Loki',
    change: drop('platform/alloy/network-policies.yaml', 'name: logs-to-loki'),
    code: 'reachability',
    says: /hands logs over/,
  },
  {
    mistake: 'the API server may no longer ask Kyverno',
    change: drop('platform/kyverno/network-policies.yaml', 'name: webhook-from-api-server'),
    code: 'reachability',
    says: /webhook of policies/,
  },
  {
    mistake: 'a role is given to an account that no release makes',
    change: replace(
      'infra/eks/external-secrets.tf',
      'service_account = "external-secrets"',
      'service_account = "secrets"',
    ),
    code: 'identities',
    says: /which nothing/,
  },
  {
    mistake: 'a chart gets its image around the mirror',
    change: replace(
      'delivery/platform-net/external-dns.yaml',
      /\$\{REGISTRY\}\/kubernetes/,
      'registry.k8s.io',
    ),
    code: 'through-mirror',
    says: /external-dns/,
  },
  {
    mistake: 'a pod gets its image around the mirror',
    change: replace(DEPLOYMENT, /\$\{REGISTRY\}\/ghcr/, 'ghcr.io'),
    code: 'through-mirror',
    says: /goes around/,
  },
  {
    mistake: 'the kinds of Karpenter come from nowhere',
    change: replace('delivery/crds/kustomization.yaml', '  - karpenter-crd.yaml\n', ''),
    code: 'crds-first',
    says: /karpenter-crd/,
  },
  {
    mistake: 'everybody may reach the workload',
    change: replace(
      `${APP}/network-policies.yaml`,
      /from:\n(?: .*\n){7} *ports:\n +- port: 8080/,
      'ports:\n        - port: 8080',
    ),
    code: 'reachability',
    says: /past the gateway/,
  },
  {
    mistake: 'a second network plugin stands beside the first',
    change: add('platform/cilium/values.yaml', 'kubeProxyReplacement: true\n'),
    code: 'network-plugin',
    says: /the VPC CNI and Cilium/,
  },
  {
    mistake: 'an inventory names one host for a control plane',
    change: add('infra/hosts/production.conf', 'production-1  10.40.0.11  rack-a  control-plane\n'),
    code: 'own-hosts',
    says: /form no quorum/,
  },
  {
    mistake: 'a chart has another version than the table',
    change: replace('delivery/platform-core/cert-manager.yaml', /tag: v[\d.]+/, 'tag: v1.14.3'),
    code: 'supported-versions',
    says: /cert-manager is v1\.14\.3/,
  },
  {
    mistake: 'the cluster has a minor that a component does not support',
    change: replace('infra/eks/variables.tf', /(kubernetes_version" \{[^}]*default\s*=\s*")[\d.]+/, '$11.40'),
    code: 'supported-versions',
    says: /not 1\.40/,
  },
  {
    mistake: 'a release names a source that is not there',
    change: replace(
      'delivery/platform-core/cert-manager.yaml',
      /(chartRef:\n(?:.*\n)*?\s+name: )cert-manager/,
      '$1cert-manger',
    ),
    code: 'references',
    says: /cert-manger/,
  },
  {
    mistake: 'a route names a Service that is not there',
    change: replace(`${APP}/route.yaml`, /(backendRefs:\n\s+- name: )demo-web/, '$1demo'),
    code: 'references',
    says: /Service demo\/demo/,
  },
  {
    mistake: 'a certificate names an issuer that is not there',
    change: replace(
      'platform-config/base/gateway/gateway.yaml',
      /(kind: ClusterIssuer\n\s+name: )public/,
      '$1staging',
    ),
    code: 'references',
    says: /ClusterIssuer/,
  },
  {
    mistake: 'a pod names a priority that is not there',
    change: replace(DEPLOYMENT, 'priorityClassName: business-critical', 'priorityClassName: important'),
    code: 'references',
    says: /PriorityClass \/important/,
  },
  {
    mistake: 'a step depends on one that is not there',
    change: replace('clusters/staging/apps.yaml', '- name: platform-config', '- name: platform-confg'),
    code: 'step-order',
    says: /platform-confg/,
  },
  {
    mistake: 'two steps wait for each other',
    change: replace('clusters/production/platform-core.yaml', '- name: namespaces', '- name: apps'),
    code: 'step-order',
    says: /itself/,
  },
  {
    mistake: 'a step does not wait',
    change: replace('clusters/production/crds.yaml', 'wait: true', 'wait: false'),
    code: 'step-order',
    says: /does not wait/,
  },
  {
    mistake: 'an issuer comes in the same step as its kind',
    change: tree =>
      add(
        'platform/cert-manager/issuer.yaml',
        tree.get('platform-config/base/issuers/public-issuer.yaml') ?? '',
      )(
        replace(
          'platform/cert-manager/kustomization.yaml',
          '  - network-policies.yaml\n',
          '  - network-policies.yaml\n  - issuer.yaml\n',
        )(tree),
      ),
    code: 'crds-first',
    says: /ClusterIssuer/,
  },
  {
    mistake: 'the chart of the gateway brings CRDs as well',
    change: replace(
      'platform/envoy-gateway/values.yaml',
      /crds:\n\s+enabled: false/,
      'crds:\n  enabled: true',
    ),
    code: 'one-owner-of-crds',
    says: /experimental/,
  },
  {
    mistake: 'a Service selects pods of another name',
    change: replace(`${APP}/service.yaml`, /(selector:\n\s+app\.kubernetes\.io\/name: )demo-web/, '$1web'),
    code: 'selectors',
    says: /selects no pod/,
  },
  {
    mistake: 'a Service points at a port that no container opens',
    change: replace(`${APP}/service.yaml`, 'targetPort: http-metrics', 'targetPort: metrics'),
    code: 'selectors',
    says: /port metrics/,
  },
  {
    mistake: 'a monitor names a port that no Service has',
    change: replace(`${APP}/monitor.yaml`, 'port: http-metrics', 'port: metrics'),
    code: 'selectors',
    says: /port metrics/,
  },
  {
    mistake: 'a container may run as root',
    change: replace(DEPLOYMENT, 'runAsNonRoot: true', 'runAsNonRoot: false'),
    code: 'pod-security',
    says: /root/,
  },
  {
    mistake: 'a container keeps its capabilities',
    change: replace(DEPLOYMENT, / +capabilities:\n +drop:\n +- ALL\n/, ''),
    code: 'pod-security',
    says: /capabilities/,
  },
  {
    mistake: 'a pod mounts a folder of its node',
    change: replace(DEPLOYMENT, /emptyDir:\n\s+sizeLimit: 64Mi/, 'hostPath:\n            path: /var/log'),
    code: 'pod-security',
    says: /hostPath/,
  },
  {
    mistake: 'a chart is left to defaults that Pod Security refuses',
    change: replace(
      'platform/aws-load-balancer-controller/values.yaml',
      /securityContext:\n +capabilities:\n +drop:\n +- ALL\n/,
      '',
    ),
    code: 'pod-security',
    says: /capabilities\.drop/,
  },
  {
    mistake: 'a budget allows no eviction',
    change: replace(`${APP}/scaling.yaml`, 'maxUnavailable: 1', 'minAvailable: 3'),
    code: 'disruption',
    says: /allows no eviction/,
  },
  {
    mistake: 'replicas stand beside an autoscaler',
    change: replace(DEPLOYMENT, '  revisionHistoryLimit: 5', '  replicas: 3\n  revisionHistoryLimit: 5'),
    code: 'disruption',
    says: /autoscaler/,
  },
  {
    mistake: 'a spread over three zones has two pods',
    change: replace(`${APP}/scaling.yaml`, 'minReplicas: 3', 'minReplicas: 2'),
    code: 'disruption',
    says: /2 pods over 3 zones/,
  },
  {
    mistake: 'two clusters have the same addresses',
    change: tree => {
      const range = /vpc_cidr\s*=\s*"([^"]+)"/.exec(
        tree.get('infra/eks/envs/staging.tfvars.example') ?? '',
      )?.[1];
      return replace(
        'infra/eks/envs/production.tfvars.example',
        /(vpc_cidr\s*=\s*")[^"]+/,
        `$1${range}`,
      )(tree);
    },
    code: 'address-ranges',
    says: /of staging|meets/,
  },
  {
    mistake: 'nothing fills in a variable',
    change: replace('delivery/variables/kustomization.yaml', 'name: to-api-server', 'name: to-apiserver'),
    code: 'variable',
    says: /VPC_CIDR|KUBERNETES_SERVICE_ADDRESS/,
  },
  {
    mistake: 'nodes and Services share addresses',
    change: replace(
      'infra/eks/envs/production.tfvars.example',
      /(service_cidr\s*=\s*")[^"]+/,
      '$110.40.0.0/16',
    ),
    code: 'address-ranges',
    says: /Services/,
  },
  {
    mistake: 'manifests name another network than the infrastructure',
    change: replace('clusters/staging/variables/cluster-vars.yaml', /VPC_CIDR: .*/, 'VPC_CIDR: 10.99.0.0/16'),
    code: 'address-ranges',
    says: /VPC_CIDR is not/,
  },
  {
    mistake: 'a role goes to a service account that nobody has',
    change: replace('infra/eks/cert-manager.tf', /(service_account = ")cert-manager/, '$1certmanager'),
    code: 'identities',
    says: /certmanager/,
  },
  {
    mistake: 'a controller cannot fetch its credentials',
    change: drop('platform/cert-manager/network-policies.yaml', 'name: credentials'),
    code: 'identities',
    says: /cannot reach the agent/,
  },
  {
    mistake: 'a variable is filled in by nothing',
    change: replace('clusters/production/variables/cluster-vars.yaml', /\n {2}REGION: .*/, ''),
    code: 'variables',
    says: /REGION/,
  },
  {
    mistake: 'an API that was to be private is opened',
    change: replace(
      'infra/eks/envs/production.tfvars.example',
      'api_allowed_cidrs = []',
      'api_allowed_cidrs = ["192.0.2.0/24"]',
    ),
    code: 'api-exposure',
    says: /opens the API/,
  },
  {
    mistake: 'EventBridge may publish to the alarms under a condition alone',
    change: replace(
      'infra/eks/alarms.tf',
      '"cloudwatch.amazonaws.com", "events.rds',
      '"cloudwatch.amazonaws.com", "events.amazonaws.com", "events.rds',
    ),
    code: 'published-events',
    says: /no event meets/,
  },
  {
    mistake: 'a record speaks of a gateway that is not there',
    change: replace(
      'infra/eks/network.tf',
      'resource "aws_nat_gateway" "zone"',
      'resource "aws_nat_gateway" "other"',
    ),
    code: 'record-checks',
    says: /does not hold/,
  },
  {
    mistake: 'a record is confirmed by a folder that is not there',
    change: replace('scripts/check-decisions.sh', 'infra/eks/network.tf', 'infra/eks/net.tf'),
    code: 'record-checks',
    says: /reads nothing/,
  },
  {
    mistake: 'nobody comes to a private API',
    change: without('infra/eks/api-tunnel.tf'),
    code: 'api-exposure',
    says: /nobody comes/,
  },
  {
    mistake: 'the API does not let the tunnel in',
    change: replace(
      'infra/eks/api-tunnel.tf',
      'referenced_security_group_id = aws_security_group.tunnel.id',
      'cidr_ipv4 = "0.0.0.0/0"',
    ),
    code: 'api-exposure',
    says: /carries nobody/,
  },
  {
    mistake: 'whoever plans may not ask for the image of the tunnel',
    change: replace(
      'infra/aws-account/pipeline.tf',
      /not_resources = .+parameter\/aws\/service\/\*"\]/,
      'resources = ["*"]',
    ),
    code: 'plan-rights',
    says: /tunnel_image/,
  },
  {
    mistake: 'the address of the database is a secret to who plans',
    change: replace('infra/eks/database.tf', 'tags        = { holds = "address" }', ''),
    code: 'plan-rights',
    says: /value of database/,
  },
  {
    mistake: 'the address of the database needs a key that nobody was given',
    change: replace(
      'infra/eks/database.tf',
      'tags        = { holds = "address" }',
      'kms_key_id  = aws_kms_key.database.arn\n  tags        = { holds = "address" }',
    ),
    code: 'plan-rights',
    says: /no right to/,
  },
  {
    mistake: 'a schedule may run beside itself',
    change: replace(
      'apps/base/demo-batch/report.yaml',
      'concurrencyPolicy: Forbid',
      'concurrencyPolicy: Allow',
    ),
    code: 'bounded-runs',
    says: /beside itself/,
  },
];

describe('a mistake between files', () => {
  test.each([...CROSS, ...ROUTES])('$mistake', ({ change, code, says }) => {
    const findings = CROSS_CHECKS.filter(each => each.code.startsWith(code)).flatMap(({ check }) =>
      check(change(files)),
    );
    expect(findings.filter(finding => finding.code === code).map(text)).toContainEqual(
      expect.stringMatching(says),
    );
  });

  test('every cross-check has a mistake that it sees, here or beside the stack that can make it', () => {
    const beside = readdirSync(import.meta.dirname).filter(file => file.endsWith('.ts'));
    const seen = new Set(
      beside.flatMap(file =>
        [
          ...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(
            /^ +code: '([a-z-]+)',$|code === '([a-z-]+)'|crossFindings\(.+, '([a-z-]+)'\)/gm,
          ),
        ].map(([, code, compared, asked]) => code ?? compared ?? asked),
      ),
    );
    expect(CROSS_CHECKS.map(({ code }) => code).filter(code => !seen.has(code))).toEqual([]);
  });
});

const ROUTES: readonly Mutation[] = [
  {
    mistake: 'a namespace lost the label that lets its routes in',
    change: replace('platform/namespaces/demo.yaml', '    gateway-access: public\n', ''),
    code: 'routes',
    says: /is not let in/,
  },
  {
    mistake: 'a route attaches to a listener that is not there',
    change: replace(`${APP}/route.yaml`, 'sectionName: https', 'sectionName: tls'),
    code: 'routes',
    says: /no listener is called/,
  },
  {
    mistake: 'the certificate is for another domain',
    change: replace(
      'platform-config/production/kustomization.yaml',
      /(path: \/spec\/dnsNames\n(?:.*\n)*?.*- ")\*\./,
      '$1*.old.',
    ),
    code: 'routes',
    says: /no certificate holds/,
  },
];

const WITHIN: readonly Mutation[] = [
  {
    mistake: 'a field deep within is misspelt',
    change: replace(`${APP}/service.yaml`, 'targetPort: http\n', 'targetport: http\n'),
    code: 'TS2353',
    says: /targetport/,
  },
  {
    mistake: 'a port is text',
    change: replace(DEPLOYMENT, 'containerPort: 8080', 'containerPort: "8080"'),
    code: 'TS2322',
    says: /string/,
  },
  {
    mistake: 'a field of Flux does not exist',
    change: replace('clusters/production/apps.yaml', 'retryInterval', 'retryEvery'),
    code: 'TS2353',
    says: /retryEvery/,
  },
  {
    mistake: 'a value is none of those allowed',
    change: replace('delivery/platform-core/cert-manager.yaml', 'RetryOnFailure', 'RetryAlways'),
    code: 'TS2322',
    says: /RetryAlways/,
  },
  {
    mistake: 'a quantity is none',
    change: replace(DEPLOYMENT, 'memory: 64Mi', 'memory: 64 MB'),
    code: 'invalid',
    says: /demo-web/,
  },
  {
    mistake: 'a hostname has upper case',
    change: replace('apps/production/kustomization.yaml', '- demo.', '- Demo.'),
    code: 'invalid',
    says: /HTTPRoute/,
  },
  {
    mistake: 'the instance of Flux has an unknown setting',
    change: replace('clusters/production/flux-instance.yaml', 'multitenant: true', 'multiTenant: true'),
    code: 'schema',
    says: /must NOT have additional|required property/,
  },
  {
    mistake: 'nobody knows the kind',
    change: replace(`${APP}/scaling.yaml`, 'kind: PodDisruptionBudget', 'kind: PodBudget'),
    code: 'no-model',
    says: /PodBudget/,
  },
  {
    mistake: 'an object is applied twice',
    change: tree =>
      add(
        'platform/storage/again.yaml',
        tree.get('platform/storage/storage-class.yaml') ?? '',
      )(
        replace(
          'platform/storage/kustomization.yaml',
          '  - storage-class.yaml\n',
          '  - storage-class.yaml\n  - again.yaml\n',
        )(tree),
      ),
    code: 'duplicate',
    says: /StorageClass/,
  },
];

describe('a mistake within an object', () => {
  /** All at once: starting the compiler takes longer than everything else here. */
  let findings: readonly Finding[] = [];
  beforeAll(async () => {
    findings = await checkKubernetes(WITHIN.reduce((tree, { change }) => change(tree), files));
  });
  test.each(WITHIN)('$mistake', ({ code, says }) => {
    expect(findings.filter(finding => finding.code === code).map(text)).toContainEqual(
      expect.stringMatching(says),
    );
  });
  test('a file reads differently under the two versions of YAML', async () => {
    const change = replace(
      'clusters/production/variables/cluster-vars.yaml',
      /ENVIRONMENT: .*/,
      'ENVIRONMENT: no',
    );
    expect((await checkKubernetes(change(files))).map(({ code }) => code)).toEqual(['yaml-versions']);
  });
});

const KUSTOMIZE: readonly Mutation[] = [
  {
    mistake: 'a value of the cluster goes into a field that is not there',
    change: replace('delivery/variables/kustomization.yaml', 'spec.values.txtOwnerId', 'spec.values.owner'),
    code: 'replacement',
    says: /owner is nowhere in HelmRelease/,
  },
  {
    mistake: 'a value is asked for that the cluster does not have',
    change: replace('delivery/variables/kustomization.yaml', 'data.DNS_ZONE', 'data.ZONE'),
    code: 'replacement',
    says: /data\.ZONE is nowhere/,
  },
  {
    mistake: 'a patch has no target',
    change: replace('apps/production/kustomization.yaml', 'name: demo-web', 'name: demo'),
    code: 'patch',
    says: /HTTPRoute demo/,
  },
  {
    mistake: 'a patch changes what is not there',
    change: replace('platform-config/production/kustomization.yaml', '/spec/dnsNames', '/spec/names'),
    code: 'patch',
    says: /names/,
  },
  {
    mistake: 'a file is named nowhere',
    change: add('platform/storage/old.yaml', 'kind: ConfigMap\n'),
    code: 'orphan',
    says: /old\.yaml/,
  },
  {
    mistake: 'a folder is named that is not there',
    change: replace(
      'platform/layers/platform-core/kustomization.yaml',
      '../../storage',
      '../../storage-classes',
    ),
    code: 'missing',
    says: /storage-classes/,
  },
  {
    mistake: 'a key of the kustomization is misspelt',
    change: replace('platform/storage/kustomization.yaml', 'resources:', 'resource:'),
    code: 'kustomization',
    says: /resource/,
  },
];

describe('a mistake in what is delivered', () => {
  test.each(KUSTOMIZE)('$mistake', ({ change, code, says }) => {
    const findings = checkKustomizations(change(files));
    expect(findings.filter(finding => finding.code === code).map(text)).toContainEqual(
      expect.stringMatching(says),
    );
  });
});

const RULES = 'platform-config/base/slo/demo-web.yaml';
const PROMQL: readonly Mutation[] = [
  {
    mistake: 'a parenthesis is open',
    change: replace(RULES, /or vector\(0\)\)/, 'or vector(0)'),
    code: 'promql',
    says: /demo-web/,
  },
  {
    mistake: 'the name of a metric is misspelt',
    change: replace(RULES, 'http_requests_total', 'http_request_total'),
    code: 'metric',
    says: /http_request_total is exported by nothing/,
  },
  {
    mistake: 'a severity is unknown',
    change: replace(RULES, 'severity: critical', 'severity: page'),
    code: 'severity',
    says: /page/,
  },
  {
    mistake: 'a runbook is not there',
    change: replace(RULES, 'slo-burn.md', 'slo.md'),
    code: 'runbook',
    says: /slo\.md/,
  },
];

describe('a mistake in a rule', () => {
  test.each(PROMQL)('$mistake', ({ change, code, says }) => {
    const findings = checkPromql(change(files));
    expect(findings.filter(finding => finding.code === code).map(text)).toContainEqual(
      expect.stringMatching(says),
    );
  });
});

function text({ place, message }: Finding): string {
  return `${place}: ${message}`;
}
