/** The proxy of the house before machines of Google Cloud: what is told of it, and which mistakes are seen. */
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const behindProxy = (distribution: string, answers = {}) =>
  starterOf('ride-dispatch-gcp', {
    answers: { 'egress-control': 'named', ...answers },
    pins: {
      egress: 'proxy',
      'control-plane': 'self-managed',
      distribution,
      cni: 'cilium',
      edge: 'gateway-nginx',
      mesh: 'linkerd',
      'image-signing': 'none',
      registry: distribution === 'talos' ? 'harbor' : 'cloud-registry',
    },
  });
const DISTRIBUTIONS = ['talos', 'rke2', 'k3s', 'kubeadm'] as const;
const STARTERS = new Map(DISTRIBUTIONS.map(name => [name as string, behindProxy(name)]));
const filesOf = (name: string) => STARTERS.get(name)?.files ?? new Map<string, string>();

test.each(DISTRIBUTIONS)('%s leaves by the proxy, and everything fits together', async name => {
  const files = filesOf(name);
  expect(STARTERS.get(name)?.notGenerated.filter(({ decision }) => decision === 'egress')).toEqual([]);
  expect(crossFindings(files).map(formatFinding)).toEqual([]);
  expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
  const code = new Map([...files].filter(([file]) => file.startsWith('infra/')));
  expect(await checkHcl(code, [providerSchemas('google-6.50.0')])).toEqual([]);
  expect(files.get('infra/hosts/production.conf')).toMatch(
    /^NO_PROXY=.*169\.254\.169\.254.*,metadata\.google\.internal,\.googleapis\.com/m,
  );
});

test('a machine fetches through the proxy from its first boot on', () => {
  const files = filesOf('kubeadm');
  const boot = parse(files.get('infra/machines/first-boot.yaml') ?? '') as { apt?: object };
  expect(boot.apt).toEqual({ http_proxy: '__PROXY_URL__', https_proxy: '__PROXY_URL__' });
  expect(files.get('infra/machines/machines.tf')).toContain('"__PROXY_URL__", local.settings["PROXY_URL"]');
  expect(files.get('infra/kubeadm/install-host.sh')).toMatch(/^\. \/etc\/default\/containerd$/m);
});

test('Talos is told within the configuration of its hosts', () => {
  const told = [...filesOf('talos')].filter(([, text]) => text.includes('https_proxy: __PROXY_URL__'));
  expect(told).not.toEqual([]);
});

test('machines with Windows say why not', () => {
  const { notGenerated } = behindProxy('rke2', { windows: 'yes' });
  const [egress] = notGenerated.filter(({ decision }) => decision === 'egress');
  expect(egress?.because).toMatch(/run Windows ask a server of Google for their activation/);
});

const MISTAKES: readonly Mutation[] = [
  {
    mistake: 'Cloud NAT stays beside the proxy',
    change: replace('infra/machines/network.tf', /$/, '\nresource "google_compute_router_nat" "main" {}\n'),
    code: 'way-out',
    says: /leads past the border/,
  },
  {
    mistake: 'what makes disks reaches any address',
    change: tree =>
      new Map(
        [...tree].map(([file, text]) => [
          file,
          file.endsWith('/network-policies.yaml')
            ? text.replace('cidr: 199.36.153.8/30', 'cidr: 0.0.0.0/0')
            : text,
        ]),
      ),
    code: 'way-out',
    says: /leads past the proxy/,
  },
];

describe('a mistake before the proxy', () => {
  test.each(MISTAKES)('$mistake', ({ change, code, says }) => {
    const findings = crossFindings(change(filesOf('kubeadm')), code);
    expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
  });
});
