/** The starters of GKE, Standard and Autopilot: what its provider knows, how the parts fit, and which mistakes are seen. */
import { spawnSync } from 'node:child_process';
import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkMermaid } from '../checks/mermaid.ts';
import { checkPromql } from '../checks/promql.ts';
import { checkWorkflows } from '../checks/workflows.ts';
import { checkYamlFiles } from '../checks/yaml-files.ts';
import { hostileText } from '../files/hostile-text.ts';
import { drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const STANDARD = 'ride-dispatch-gcp';
const AUTOPILOT = 'concert-tickets-gcp';
const GOOGLE = [providerSchemas('google-6.50.0')];
const trees = { [STANDARD]: starterOf(STANDARD).files, [AUTOPILOT]: starterOf(AUTOPILOT).files };

describe.each([STANDARD, AUTOPILOT] as const)('the starter of %s', example => {
  const files = trees[example];

  test('has arguments and references that its provider knows, and workflows that GitHub understands', async () => {
    expect(await checkHcl(files, GOOGLE)).toEqual([]);
    expect(await checkWorkflows(files)).toEqual([]);
  });
  test('has objects of the type of their kind', async () => {
    expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
  });
  test('fits together', async () => {
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect([...checkKustomizations(files), ...checkPromql(files)].map(formatFinding)).toEqual([]);
    expect(await checkMermaid(files)).toEqual([]);
  });
});

const OTHERS = [
  {
    stack: 'in a network that is there, with minors that are held and nodes that keep their number',
    changes: {
      pins: {
        network: 'existing-network',
        upgrades: 'planned-minors',
        autoscaling: 'fixed',
        'api-exposure': 'private',
      },
      answers: { architecture: 'arm64' },
    },
  },
  {
    stack: 'with names and certificates from within and Envoy as the way in',
    changes: {
      pins: { edge: 'gateway-envoy', 'dns-and-certificates': 'external-dns-cert-manager' },
      project: { network: { vpc: '10.64.0.0/14', pods: '10.128.0.0/12', services: '172.21.0.0/20' } },
    },
  },
  {
    stack:
      'with names and certificates from within behind the gateway of Google, and Backup for GKE as all that raises alarms',
    changes: {
      pins: {
        'dns-and-certificates': 'external-dns-cert-manager',
        backup: 'provider-backup',
        'data-services': 'operator-in-cluster',
      },
    },
  },
] as const;

const OTHER_TREES = OTHERS.map(({ stack, changes }) => ({
  stack,
  files: starterOf(STANDARD, changes).files,
}));

describe.each(OTHER_TREES)('GKE Standard $stack', ({ files }) => {
  test('fits together and has arguments that its provider knows', async () => {
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect(await checkHcl(files, GOOGLE)).toEqual([]);
    expect(checkKustomizations(files).map(formatFinding)).toEqual([]);
  });
});

test.each(OTHER_TREES)('alarms of GKE $stack reach somebody', ({ files }) => {
  const raised = [...files].filter(([, text]) =>
    text.includes('google_monitoring_notification_channel.on_call.name'),
  );
  expect(raised.length > 0).toBe(files.has('infra/gke/alarms.tf'));
  expect(raised.some(([file]) => file.endsWith('/backup.tf'))).toBe(
    files.get('infra/gke/backup.tf')?.includes('google_gke_backup_backup_plan') ?? false,
  );
});

test('the policy of images names registries whole, as its patterns have to', () => {
  const policy = trees[AUTOPILOT].get('infra/gcp-project/attestation.tf') ?? '';
  expect(policy).toContain('docker.pkg.dev/');
  expect(policy).not.toMatch(/"\*[^"]*\//);
});

test('what delivers may start before it knows of copies, and the log of what would be refused is asked by its label', () => {
  const instance = trees[AUTOPILOT].get('clusters/production/flux-instance.yaml') ?? '';
  const [, publisher = 'none'] = /registry: (\S+)/.exec(instance) ?? [];
  expect(trees[AUTOPILOT].get('infra/gcp-project/attestation.tf')).toContain(`"${publisher}/**"`);
  expect(trees[STANDARD].get('infra/gcp-project/attestation.tf')).toContain('"quay.io/argoproj/**"');
  expect(trees[STANDARD].get('docs/runbooks/image-refused.md')).toContain(
    'labels."imagepolicywebhook.image-policy.k8s.io/dry-run"="true"',
  );
});

test('clusters of one project may all be applied, and a second project gets a state of its own', () => {
  const page = trees[STANDARD].get('docs/runbooks/bootstrap.md') ?? '';
  expect(page).toContain(`'apply_environments=["staging","production"]'`);
  expect(page).toContain('`tofu workspace new NAME`');
});

test('the preflight asks for quotas, the zones and the addresses of the project', () => {
  const script = trees[STANDARD].get('scripts/preflight.sh') ?? '';
  const asked = script.slice(script.indexOf('region="$(value region)"'), script.indexOf('\n[ "$failed"'));
  const [atLeast] = /^at_least\(\) \{\n(?: .*\n)+\}$/m.exec(script) ?? [''];
  const stub = (clusters: string) => `set -euo pipefail
failed=0 cluster=staging
good() { echo "ok $1"; }; bad() { echo "FAILS $1"; }; unknown() { echo "unknown $1"; }
${atLeast}
value() { case "$1" in vpc_cidr) echo 10.65.0.0/16 ;; *) echo "some-$1" ;; esac; }
gcloud() { case "$*" in
  *'regions describe'*) printf '%s\\n' N2_CPUS,64.0,0.0 SSD_TOTAL_GB,500.0,0.0 ;;
  *'project-info describe'*) echo NETWORKS,5.0,1.0 ;;
  *'zones list'*'region:some-region'*) printf '%s\\n' a b c ;;
  *'subnets list'*) printf '%s\\n' 10.65.4.0/24 10.66.0.0/16 ;;
  *'clusters list'*'name=some-cluster_name'*) echo '${clusters}' ;;
  *) return 1 ;;
esac; }
`;
  const linesWith = (clusters: string) => {
    const { stdout, stderr } = spawnSync('bash', ['-c', `${stub(clusters)}${asked}`], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.trim().split('\n');
  };
  expect(linesWith('')).toEqual([
    'ok project some-project_id',
    'unknown vCPUs of the project, in all regions: could not be asked',
    'ok vCPUs of n2-standard-4: 64, needed 32',
    'FAILS GB of balanced disks: 500, needed 800',
    'ok zones of some-region: 3, needed 3',
    'ok networks: 4, needed 1',
    'FAILS 10.65.0.0/16 meets the subnet 10.65.4.0/24 of the project: fine only while the two are never connected',
    'FAILS the zone "platform" is not in Cloud DNS of this project: apply infra/gcp-project',
  ]);
  // What stands has its nodes and its network: one more of each pool is what an upgrade makes.
  expect(linesWith('some-cluster_name').slice(2, 6)).toEqual([
    'ok vCPUs of n2-standard-4: 64, needed 8',
    'ok GB of balanced disks: 500, needed 200',
    'ok zones of some-region: 3, needed 3',
    'ok networks: 4, needed 0',
  ]);
});

test('nodes with Arm take pods that name them, and the platform runs beside them', () => {
  const { files } = starterOf(STANDARD, {
    answers: { architecture: 'arm64', 'workload-kinds': ['web', 'worker', 'batch', 'agent'] },
    pins: { 'data-services': 'operator-in-cluster' },
  });
  expect(crossFindings(files).map(formatFinding)).toEqual([]);
  const machineOf = (pool: string) =>
    new RegExp(`variable "${pool}_nodes" \\{.*?machine_type = "([^"]+)"`, 's').exec(
      files.get('infra/gke/variables.tf') ?? '',
    )?.[1];
  expect([machineOf('system'), machineOf('workload')]).toEqual(['c4-standard-4', 'c4a-standard-4']);
  const withPods = [...files].filter(
    ([path, text]) =>
      /^(?:apps|platform-config)\/base\//.test(path) &&
      /^kind: (?:Cluster|CronJob|DaemonSet|Deployment|Job)$/m.test(text),
  );
  expect(withPods.length).toBeGreaterThan(5);
  for (const [, text] of withPods)
    expect(text).toMatch(/nodeSelector:\n +(?:kubernetes\.io\/arch: arm64|node-pool: system)/);
});

test('Autopilot gives volumes of pods on Arm a class that such nodes take', () => {
  const { files } = starterOf('concert-tickets-gcp', {
    answers: { architecture: 'arm64' },
    pins: { 'data-services': 'operator-in-cluster' },
  });
  expect(crossFindings(files).map(formatFinding)).toEqual([]);
  const database = [...files].find(
    ([path, text]) => /databases\//.test(path) && /^kind: Cluster$/m.test(text),
  );
  expect(database?.[1]).toMatch(/storageClass: balanced-arm\n/);
  expect(database?.[1]).toContain('kubernetes.io/arch: arm64');
  expect(files.get('platform/storage/storage-class.yaml')).toMatch(
    /name: balanced-arm\n[^-]*type: hyperdisk-balanced/s,
  );
});

test('Autopilot plans no nodes and sends nothing to pools', () => {
  const files = trees[AUTOPILOT];
  expect(files.has('infra/gke/nodes.tf')).toBe(false);
  expect(files.get('infra/gke/cluster.tf')).toContain('enable_autopilot = true');
  expect([...files.values()].join('\n')).not.toContain('node-pool: system');
});

describe('Autopilot with a Prometheus and backups of its own, and a private API', () => {
  const { files, notGenerated } = starterOf(AUTOPILOT, {
    pins: { metrics: 'kube-prometheus-stack', backup: 'velero', 'api-exposure': 'private' },
  });
  test('has a tunnel that its provider knows, and a bootstrap that says how to come in', async () => {
    expect(await checkHcl(files, GOOGLE)).toEqual([]);
    expect(files.get('scripts/bootstrap.sh')).toMatch(/get-credentials .* --internal-ip"/);
    expect(files.get('docs/runbooks/bootstrap.md')).toMatch(/^gcloud config set project PROJECT$/m);
  });
  test.each([
    ['forwards nothing', 'AllowTcpForwarding local'],
    ['is never updated', 'update_enabled'],
  ])('is seen where its tunnel %s', (_mistake, from) => {
    const findings = crossFindings(replace('infra/gke/api-tunnel.tf', from, 'no')(files));
    expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(/carries nobody/));
  });
  test('fits together, and says what is not there', () => {
    expect(crossFindings(files).map(formatFinding)).toEqual([]);
    expect(notGenerated.map(({ decision }) => decision)).not.toContain('metrics');
  });
  test.each([
    [
      'runs an agent on each node',
      'kube-prometheus-stack',
      /(nodeExporter:\n\s+enabled: )false/,
      /node-exporter/,
    ],
    [
      'writes into kube-system',
      'kube-prometheus-stack',
      /(kubeletService:\n\s+enabled: )false/,
      /kubeletService/,
    ],
    ['reads volumes at the node', 'velero', /(deployNodeAgent: )false/, /volumes of its node/],
  ] as const)('is seen where a chart %s', (_mistake, release, from, says) => {
    const tree = replace(`platform/${release}/values.yaml`, from, '$1true')(files);
    const findings = crossFindings(tree).filter(({ code }) => code === 'autopilot');
    expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
  });
});

test.each([
  ['mesh', 'linkerd'],
  ['mesh', 'istio-ambient'],
  ['mesh', 'istio-sidecar'],
  ['workload-identity', 'spiffe'],
])('%s %s is not written for Autopilot, which refuses its agents', (decision, option) => {
  const { files, notGenerated } = starterOf(AUTOPILOT, { pins: { [decision]: option } });
  expect(notGenerated.map(each => each.decision)).toContain(decision);
  expect(crossFindings(files).map(formatFinding)).toEqual([]);
});

test('Terraform, YAML, workflows and pages keep their form whatever the project is called', async () => {
  const text = hostileText.filter(given => given !== '');
  const project = fc.record({
    organisation: text,
    domain: text,
    regions: fc.array(text, { minLength: 1, maxLength: 1 }),
  });
  await fc.assert(
    fc.asyncProperty(project, async details => {
      const { files } = starterOf(AUTOPILOT, { project: details });
      for (const file of ['infra/gke/envs/production.tfvars.example', 'infra/gcp-project/variables.tf'])
        await parse(file, files.get(file) ?? '');
      expect(checkYamlFiles(files)).toEqual([]);
      expect(await checkWorkflows(files)).toEqual([]);
      const scripts = [...files].filter(([file]) => file.endsWith('.sh')).map(([, script]) => script);
      for (const detail of [details.organisation, details.domain].filter(each => each.length > 12))
        expect(scripts.join('\n')).not.toContain(detail);
    }),
    { numRuns: 3 },
  );
});

const MUTATIONS: readonly (Mutation & { readonly example: typeof STANDARD | typeof AUTOPILOT })[] = [
  {
    example: AUTOPILOT,
    mistake: 'the pipeline may not change the certificate of the gateway',
    change: replace('infra/gcp-project/pipeline.tf', /"roles\/certificatemanager\.owner",\s*/, ''),
    code: 'pipeline-roles',
    says: /certificatemanager, and apply_roles/,
  },
  {
    example: AUTOPILOT,
    mistake: 'a plan may not read what is backed up',
    change: replace('infra/gcp-project/pipeline.tf', /"roles\/gkebackup\.viewer",\s*/, ''),
    code: 'pipeline-roles',
    says: /gkebackup, and plan_roles/,
  },
  {
    example: AUTOPILOT,
    mistake: 'nobody makes the account that copies are made with',
    change: replace('docs/runbooks/bootstrap.md', 'create --service gkebackup', 'create --service'),
    code: 'service-agents',
    says: /the agent of gkebackup/,
  },
  {
    example: STANDARD,
    mistake: 'the pipeline attests with a command that gcloud does not know',
    change: replace(
      '.github/workflows/image.yaml',
      'gcloud beta container binauthz',
      'gcloud container binauthz',
    ),
    code: 'unknown-commands',
    says: /sign-and-create is no command/,
  },
  {
    example: STANDARD,
    mistake: 'a right goes to a service account that nobody has',
    change: replace('infra/gke/loki.tf', '/sa/loki"', '/sa/lokki"'),
    code: 'identities',
    says: /logging\/lokki/,
  },
  {
    example: STANDARD,
    mistake: 'Argo CD is not let at the priority that it asks for',
    change: drop('platform/namespaces/argocd.yaml', 'name: critical-pods'),
    code: 'critical-pods',
    says: /argo-cd.* no quota of argocd/,
  },
  {
    example: STANDARD,
    mistake: 'a worker may not take from its queue, and another one may',
    change: replace('infra/gke/demo-worker.tf', '/sa/demo-worker"', '/sa/demo-works"'),
    code: 'identities',
    says: /demo\/demo-works/,
  },
  {
    example: STANDARD,
    mistake: 'nobody may ask how much waits in the queue',
    change: drop('platform/keda/network-policies.yaml', 'name: credentials'),
    code: 'identities',
    says: /keda, whose pods cannot reach the agent/,
  },
  {
    example: STANDARD,
    mistake: 'the account of the backups is bound to another namespace',
    change: replace('infra/gke/velero.tf', 'svc.id.goog[velero/', 'svc.id.goog[backup/'),
    code: 'identities',
    says: /backup\/velero/,
  },
  {
    example: STANDARD,
    mistake: 'a controller cannot fetch its credentials',
    change: drop('platform/external-secrets/network-policies.yaml', 'name: credentials'),
    code: 'identities',
    says: /cannot reach the agent/,
  },
  {
    example: STANDARD,
    mistake: 'the range of the pods is too small for the nodes',
    change: replace('infra/gke/envs/production.tfvars.example', /(pod_cidr\s*=\s*"[\d.]+\/)\d+/, '$124'),
    code: 'address-ranges',
    says: /holds the pods of 2 nodes/,
  },
  {
    example: STANDARD,
    mistake: 'pods and nodes share addresses',
    change: tree => {
      const file = 'infra/gke/envs/production.tfvars.example';
      const vpc = /vpc_cidr\s*=\s*"([^"]+)"/.exec(tree.get(file) ?? '')?.[1] ?? '';
      return replace(file, /(pod_cidr\s*=\s*")[^"]+/, `$1${vpc}`)(tree);
    },
    code: 'address-ranges',
    says: /the pods .* meet/,
  },
  {
    example: STANDARD,
    mistake: 'a range of addresses alone is to let pods reach the control plane',
    change: drop('platform/cert-manager/network-policies.yaml', 'toEntities'),
    code: 'reachability',
    says: /watches the cluster/,
  },
  {
    example: STANDARD,
    mistake: 'webhooks are opened for addresses and not for the pods that relay',
    change: replace(
      'platform/cert-manager/network-policies.yaml',
      'k8s-app: konnectivity-agent',
      'k8s-app: kube-apiserver',
    ),
    code: 'reachability',
    says: /webhook of certificates/,
  },
  {
    example: AUTOPILOT,
    mistake: 'the load balancer may not reach the workload',
    change: replace('apps/base/demo-web/network-policies.yaml', '35.191.0.0/16', '35.192.0.0/16'),
    code: 'reachability',
    says: /gateway of the provider/,
  },
  {
    example: AUTOPILOT,
    mistake: 'the kinds of the Gateway API are switched off',
    change: replace('infra/gke/cluster.tf', 'CHANNEL_STANDARD', 'CHANNEL_DISABLED'),
    code: 'one-owner-of-crds',
    says: /0 sources/,
  },
  {
    example: AUTOPILOT,
    mistake: 'the cluster does not know the kind of its policies',
    change: replace('infra/gke/cluster.tf', /(clusterwide_network_policy = )true/, '$1false'),
    code: 'crds-first',
    says: /cilium\.io/,
  },
  {
    example: AUTOPILOT,
    mistake: 'the gateway asks for a certificate that is made nowhere',
    change: replace(
      'platform-config/base/gateway/gateway.yaml',
      '${CLUSTER_NAME}-gateway',
      '${CLUSTER_NAME}-edge',
    ),
    code: 'references',
    says: /certificate_map .*-edge/,
  },
  {
    example: AUTOPILOT,
    mistake: 'a workload is served at a name that the certificate does not hold',
    change: replace(
      'infra/gke/envs/production.tfvars.example',
      /(domain\s*=\s*")[^"]+/,
      '$1other.example.com',
    ),
    code: 'references',
    says: /no certificate of Google holds/,
  },
  {
    example: AUTOPILOT,
    mistake: 'a chart brings a monitor of a kind that is not there',
    change: replace('platform/traces-agent/values.yaml', /(serviceMonitor:\n\s+enabled: )false/, '$1true'),
    code: 'collected-metrics',
    says: /traces-agent.* of a kind that nothing brings/,
  },
  {
    example: AUTOPILOT,
    mistake: 'an alert has no policy that hears of it',
    change: replace('infra/gke/metric-alerts.tf', 'platform-config/base/slo/', 'platform-config/base/gone/'),
    code: 'collected-metrics',
    says: /slo\/demo-web\.yaml: .*no policy hears/,
  },
  {
    example: AUTOPILOT,
    mistake: 'nobody writes the sign of life that is waited for',
    change: replace('platform/metrics-collection/heartbeat.yaml', 'platform:heartbeat', 'platform:pulse'),
    code: 'collected-metrics',
    says: /nothing writes/,
  },
  {
    example: AUTOPILOT,
    mistake: 'the collectors may not read the workload',
    change: replace('apps/base/demo-web/network-policies.yaml', 'gmp-system', 'gmp-public'),
    code: 'reachability',
    says: /scrapes it/,
  },
  {
    example: AUTOPILOT,
    mistake: 'the collection of metrics is switched off',
    change: replace('infra/gke/cluster.tf', /(managed_prometheus \{\s*enabled = )true/, '$1false'),
    code: 'crds-first',
    says: /monitoring\.googleapis\.com/,
  },
  {
    example: AUTOPILOT,
    mistake: 'a monitor selects pods of another name',
    change: replace(
      'apps/base/demo-web/monitor.yaml',
      /(matchLabels:\n\s+app\.kubernetes\.io\/name: )demo-web/,
      '$1demo',
    ),
    code: 'selectors',
    says: /selects no pod/,
  },
  {
    example: AUTOPILOT,
    mistake: 'a health check names a Service that is not there',
    change: replace('apps/base/demo-web/route.yaml', /(kind: Service\n\s+name: )demo-web/, '$1demo'),
    code: 'references',
    says: /Service demo\/demo/,
  },
];

test.each(MUTATIONS)('$example: $mistake', ({ example, change, code, says }) => {
  const findings = crossFindings(change(trees[example]), code);
  expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
});

test('cert-manager is there only for those who ask it for certificates', () => {
  const hasCertManager = (name: Parameters<typeof starterOf>[0]) =>
    starterOf(name).files.has('platform/namespaces/cert-manager.yaml');
  // Google has the certificates of both; the second one has webhooks of KEDA as well.
  expect(hasCertManager('concert-tickets-gcp')).toBe(false);
  expect(hasCertManager('ride-dispatch-gcp')).toBe(true);
});
