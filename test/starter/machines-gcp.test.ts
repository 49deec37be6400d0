/** A control plane of one's own on machines of Google Cloud: it fits together, and checks see what would break it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetesOf } from '../checks/kubernetes.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const KEPT_BY_GOOGLE = {
  metrics: 'managed-metrics',
  logs: 'managed-logs',
  traces: 'managed-traces',
} as const;
const OWN = { 'control-plane': 'self-managed' } as const;
const stacks = {
  RKE2: starterOf('ride-dispatch-gcp', {
    answers: { hosts: 9 },
    pins: { ...OWN, distribution: 'rke2', 'api-exposure': 'allow-listed' },
  }),
  'Talos on three machines': starterOf('concert-tickets-gcp', {
    answers: { hosts: 3 },
    pins: {
      ...OWN,
      ...KEPT_BY_GOOGLE,
      distribution: 'talos',
      mesh: 'cilium-mesh',
      secrets: 'csi-driver',
      egress: 'central-firewall',
    },
  }),
  'kubeadm and Calico': starterOf('concert-tickets-gcp', {
    answers: { hosts: 6 },
    pins: { ...OWN, distribution: 'kubeadm', cni: 'calico', network: 'existing-network' },
  }),
} as const;
const { files } = stacks.RKE2;

describe.each(Object.entries(stacks))(
  'the starter of machines with %s',
  (_name, { files: tree, notGenerated }) => {
    test('is whole and fits together', () => {
      const missing = notGenerated.map(({ decision }) => decision);
      expect(missing.filter(each => each === 'control-plane' || each === 'cni')).toEqual([]);
      expect(crossFindings(tree).map(formatFinding)).toEqual([]);
      expect([...checkKustomizations(tree), ...checkPromql(tree)].map(formatFinding)).toEqual([]);
    });
  },
);

test('objects and resources are of the published types', async () => {
  const trees = Object.values(stacks).map(each => each.files);
  expect((await checkKubernetesOf(trees)).map(formatFinding)).toEqual([]);
  for (const tree of trees) expect(await checkHcl(tree, [providerSchemas('google-6.50.0')])).toEqual([]);
});

test('what scanners are told to pass over in the agents is in the register, once and with its reason', () => {
  const { exceptions } = parse(files.get('docs/exceptions.yaml') ?? '') as {
    exceptions: readonly { id: string; what: string; where: string; reason: string }[];
  };
  const ofNode = exceptions.filter(({ where }) => where === 'platform/gcp-disk-driver/node.yaml');
  const said = /CKV\w+|kube-linter\.io\/\S+|container-[a-z-]+/;
  const whats = ofNode.map(({ what }) => said.exec(what)?.[0]);
  expect(whats).toEqual(
    expect.arrayContaining([
      'CKV_K8S_16',
      'kube-linter.io/privileged-container',
      'container-security-context-privileged',
    ]),
  );
  const driver = files.get('platform/gcp-disk-driver/node.yaml') ?? '';
  expect(whats).toHaveLength(
    [...driver.matchAll(/CKV_|ignore-check\.|container-(?:image|security)-/g)].length,
  );
  expect(exceptions.filter(({ reason, what }) => reason === '' || what.endsWith(reason))).toEqual([]);
  expect(new Set(exceptions.map(({ id }) => id)).size).toBe(exceptions.length);
});

test('a machine that kubeadm set up leaves etcd before another one takes its place', () => {
  const page = stacks['kubeadm and Calico'].files.get('docs/runbooks/host-upgrade.md');
  expect(page).toMatch(/^kubeadm: .*`sudo kubeadm reset`.*`kubectl delete node HOST`.*-replace=/ms);
  expect(page).toMatch(/^A host leaves: .*`kubeadm reset` on it.* and that is applied\.$/m);
  expect(page).toMatch(/is dead and does not come back: [\s\S]+^in_etcd member remove ID$/m);
});

// Without listing, Google answers "forbidden" for what is not there.
test('machines of the control plane may see that nobody has founded the cluster yet', () => {
  expect(files.get('infra/machines/host-store.tf')).toMatch(
    /"roles\/storage\.objectUser"[\s\S]+resource\.name == 'projects\/_\/buckets\/\$\{google_storage_bucket\.hosts\.name\}'/,
  );
});

test('what a machine brings to its first boot is bash, and holds no secret', () => {
  const { write_files } = parse(files.get('infra/machines/first-boot.yaml') ?? '') as {
    write_files: readonly { path: string; content: string }[];
  };
  const programs = write_files.filter(({ content }) => content.startsWith('#!'));
  const signIn = files.get('infra/rke2/artifact-registry') ?? '';
  expect(signIn).toMatch(/^#!/);
  for (const content of [...programs.map(each => each.content), signIn])
    expect(spawnSync('bash', ['-n'], { input: content, encoding: 'utf8' }).stderr).toBe('');
});

test('scripts/host-config.sh puts what a machine is told where its role alone may read', () => {
  const work = mkdtempSync(join(tmpdir(), 'chartroom-machines-gcp-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), text);
    if (text.startsWith('#!')) chmodSync(join(work, path), 0o755);
  };
  for (const [path, text] of files)
    if (/^infra\/(?:rke2|hosts)\/|^scripts\//.test(path))
      write(
        path,
        path.startsWith('scripts/')
          ? text
          : text.replace(/REPLACE_ME_[A-Z0-9_]+|replace-me-[a-z-]*[a-z]/g, 'given'),
      );
  write(
    'bin/gcloud',
    '#!/bin/bash\nif [ "$1" = projects ]; then echo 42; else to="$STORE/${5#gs://}"; mkdir -p "$(dirname "$to")"; cp "$4" "$to"; fi\n',
  );
  write('token', 'abc\n');
  const run = spawnSync('bash', [join(work, 'scripts/host-config.sh'), 'production', join(work, 'out')], {
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${join(work, 'bin')}:${process.env.PATH}`,
      STORE: join(work, 'store'),
      CLUSTER_TOKEN: join(work, 'token'),
    },
  });
  const bucket = join(work, 'store/rides-production-hosts-42');
  const put = existsSync(join(bucket, 'hosts/control-plane/production-control-plane-1.tar.gz'));
  const others = existsSync(join(bucket, 'hosts/workload/production-workload-3.tar.gz'));
  rmSync(work, { recursive: true, force: true });
  expect(run.stderr).toBe('');
  expect([run.status, put, others]).toEqual([0, true, true]);
});

test('the README of Talos says that the API has no public address where one was asked for', () => {
  const { files: tree, notGenerated } = starterOf('ride-dispatch-gcp', {
    answers: { hosts: 9 },
    pins: { ...OWN, distribution: 'talos', 'api-exposure': 'allow-listed' },
  });
  expect(notGenerated.map(({ decision }) => decision)).toContain('api-exposure');
  expect(tree.get('README.md')).toContain('has a private address alone');
});

test('a pipeline runs in the environment that the API server knows, however long a name is', () => {
  const { files: tree } = starterOf('concert-tickets-gcp', {
    answers: { hosts: 9 },
    pins: { ...OWN, distribution: 'rke2', gitops: 'push' },
    project: { name: 'concerts-and-festivals-of-northern-sea' },
  });
  expect(crossFindings(tree, 'pipeline')).toEqual([]);
});

const MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'a machine more in the inventory is applied by nobody',
    change: replace('.github/workflows/apply.yaml', ', "infra/hosts/**"', ''),
    code: 'planned-files',
    says: /does not start when infra\/hosts\/.+ changes/,
  },
  {
    mistake: 'a controller has a right, and its pods do not ask for credentials',
    change: replace('platform/external-dns/values.yaml', 'platform/google-credentials', 'platform/other'),
    code: 'machine-credentials',
    says: /external-dns, whose pods do not ask/,
  },
  {
    mistake: 'pods ask for credentials, and their account has no right',
    change: tree => new Map([...tree].filter(([file]) => file !== 'infra/machines/loki.tf')),
    code: 'machine-credentials',
    says: /nothing gives its account a right/,
  },
  {
    mistake: 'a right goes to an account that nothing makes',
    change: replace('infra/machines/tempo.tf', 'tracing:tempo', 'tracing:tempo-old'),
    code: 'identities',
    says: /tempo-old, which nothing/,
  },
  {
    mistake: 'API servers do not serve what hands out credentials',
    change: replace('infra/rke2/server.yaml', 'MutatingAdmissionPolicy=true', 'Other=true'),
    code: 'machine-credentials',
    says: /does not serve/,
  },
  {
    mistake: 'pods may ask the server of metadata who their node is',
    change: replace(
      'platform/external-dns/network-policies.yaml',
      /^ +except:\n +- 169\.254\.169\.254\/32\n/m,
      '',
    ),
    code: 'machine-credentials',
    says: /server of metadata/,
  },
  {
    mistake: 'the inventory and the infrastructure are of two projects',
    change: replace('infra/hosts/production.conf', /^PROJECT_ID=.*$/m, 'PROJECT_ID=another'),
    code: 'own-hosts',
    says: /PROJECT_ID is another/,
  },
];

const TALOS_MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'the network keeps a way past the firewall',
    change: replace('infra/machines/network.tf', /delete_default_routes_on_create = true/, 'mtu = 1460'),
    code: 'way-out',
    says: /keeps a route of its own/,
  },
  {
    mistake: 'the network is not connected to that of the house',
    change: replace(
      'infra/machines/network.tf',
      '"google_compute_network_peering"',
      '"google_compute_route"',
    ),
    code: 'way-out',
    says: /leads nowhere/,
  },
  {
    mistake: 'nobody was asked to let the telemetry of Google through',
    change: replace('destinations.txt', /^(?:\*|telemetry)\.googleapis\.com 443 .*\n/gm, ''),
    code: 'way-out',
    says: /names .*googleapis\.com, which nobody was asked/,
  },
  {
    mistake: 'a rule asks for the series of every cluster of the project',
    change: replace(
      'platform/platform-alerts/rules.yaml',
      'kube_job_failed{cluster="${CLUSTER_NAME}", ',
      'kube_job_failed{',
    ),
    code: 'one-store',
    says: /JobFailed asks for kube_job_failed/,
  },
  {
    mistake: 'a rule that stands in Git is no policy at Google',
    change: replace('infra/machines/metric-rules.tf', 'platform/platform-alerts/rules', 'platform/other'),
    code: 'rules-outside',
    says: /platform-alerts\/rules\.yaml 1 is judged by nobody/,
  },
  {
    mistake: 'the bucket waits for logs of another name',
    change: replace('infra/machines/logs.tf', 'cluster_name}-containers\\""', 'cluster_name}-pods\\""'),
    code: 'one-store',
    says: /takes logs of a name/,
  },
  {
    mistake: 'the agent of the metrics may not hand them over',
    change: replace('infra/machines/metrics-agent.tf', 'metricsWriter', 'tracesWriter'),
    code: 'one-store',
    says: /hands over metrics/,
  },
  {
    mistake: 'the pipeline may not give the agent of the logs its right',
    change: replace('infra/gcp-project/pipeline.tf', /"roles\/telemetry\.logsWriter",\s*/, ''),
    code: 'given-roles',
    says: /logsWriter/,
  },
];

const GIVEN_MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'a route is added to a network of others',
    change: replace(
      'infra/machines/network.tf',
      'data "google_compute_network" "given" {',
      'resource "google_compute_route" "out" {',
    ),
    code: 'given-network',
    says: /adds a route/,
  },
  {
    mistake: 'a rule is made in the project of the cluster',
    change: replace('infra/machines/firewall.tf', /^ {2}project {5}= var\.given_network\.project\n/m, ''),
    code: 'given-network',
    says: /a project that the network is not of/,
  },
  {
    mistake: 'the controller of balancers looks for a network of its own',
    change: replace(
      'platform/cloud-controller-manager/config.yaml',
      /network-project-id = .*\n/,
      'multizone-of = "none"\n',
    ),
    code: 'given-network',
    says: /looks for the network/,
  },
];

test.each(GIVEN_MUTATIONS)('a check sees in a network of others that $mistake', ({ change, code, says }) => {
  const changed = crossFindings(change(stacks['kubeadm and Calico'].files), code);
  expect(changed.filter(each => says.test(each.message))).not.toEqual([]);
});

const PROVIDER = 'platform/secrets-store-csi-driver-provider-gcp';
const MOUNTED_MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'the driver asks for tokens that Google does not take',
    change: replace(
      'delivery/platform-core/secrets-store-csi-driver.yaml',
      '/providers/cluster',
      '/providers/pods',
    ),
    code: 'mounted-secrets',
    says: /which the driver does not ask for/,
  },
  {
    mistake: 'the provider names a pool that is not that of the cluster',
    change: replace(`${PROVIDER}/config.yaml`, '${IDENTITY_POOL}', 'another'),
    code: 'mounted-secrets',
    says: /is not what Google knows/,
  },
  {
    mistake: 'nothing reads the store for the driver',
    change: tree => new Map([...tree].filter(([file]) => file !== `${PROVIDER}/daemonset.yaml`)),
    code: 'mounted-secrets',
    says: /has 0 providers/,
  },
];

const DATABASE_MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'pods of another pool act for the user of the database',
    change: replace(
      'infra/machines/database.tf',
      '"principal://iam.googleapis.com/${google_iam_workload_identity_pool.cluster.name}/subject/system:serviceaccount:',
      '"principal://iam.googleapis.com/another/subject/system:serviceaccount:',
    ),
    code: 'machine-credentials',
    says: /a pool that this cluster has not/,
  },
  {
    mistake: 'the database may have the address of a machine',
    change: replace('infra/machines/database.tf', ', google_compute_instance.machine]', ']'),
    code: 'machine-credentials',
    says: /address that the inventory names/,
  },
  {
    mistake: 'credentials of a pod act for no account',
    change: replace(
      'platform/google-credentials/policy.yaml',
      'service_account_impersonation_url',
      'another',
    ),
    code: 'machine-credentials',
    says: /act for no account/,
  },
];

const LISTED_MUTATIONS: readonly Mutation[] = [
  {
    mistake: 'the whole internet reaches the API',
    change: replace(
      'infra/machines/balancer.tf',
      'concat(sort(var.api_allowed_cidrs), ',
      'concat(["0.0.0.0/0"], ',
    ),
    code: 'listed-api',
    says: /who is not on the list/,
  },
  {
    mistake: 'groups of machines are balanced in two ways',
    change: replace(
      'infra/machines/balancer.tf',
      'balancing_mode               = "CONNECTION"',
      'balancing_mode               = "UTILIZATION"',
    ),
    code: 'listed-api',
    says: /two ways of balancing/,
  },
  {
    mistake: 'machines join by the address outside',
    change: replace(
      'infra/machines/balancer.tf',
      'ports                 = ["6443"]',
      'ports                 = ["6443", "9345"]',
    ),
    code: 'listed-api',
    says: /more than the API/,
  },
];

test.each(LISTED_MUTATIONS)('a check sees of the listed API that $mistake', ({ change, code, says }) => {
  expect(crossFindings(change(files), code).filter(each => says.test(each.message))).not.toEqual([]);
});

test.each(DATABASE_MUTATIONS)('a check sees of the database that $mistake', ({ change, code, says }) => {
  expect(crossFindings(change(files), code).filter(each => says.test(each.message))).not.toEqual([]);
});

test.each(MOUNTED_MUTATIONS)('a check sees of mounted secrets that $mistake', ({ change, code, says }) => {
  const changed = crossFindings(change(stacks['Talos on three machines'].files), code);
  expect(changed.filter(each => says.test(each.message))).not.toEqual([]);
});

test.each(TALOS_MUTATIONS)('a check sees with Talos that $mistake', ({ change, code, says }) => {
  const changed = crossFindings(change(stacks['Talos on three machines'].files), code);
  expect(changed.filter(each => says.test(each.message))).not.toEqual([]);
});

test.each(MUTATIONS)('a check sees that $mistake', ({ change, code, says }) => {
  expect(crossFindings(change(files), code).filter(each => says.test(each.message))).not.toEqual([]);
});
