/**
 * Whether an API server starts with what its host tells it: flags, authentication, encryption, audit policy and how pods
 * are admitted. It ends where it would begin to answer.
 */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { run } from '../process.ts';
import { programOf } from '../tool.ts';
import { kubeApiserver } from '../tools.ts';
import { freePorts } from './etcd.ts';

export type Flags = readonly (readonly [name: string, value: string])[];

const STARTED = 'Serving securely on';

/** What the server refuses, or null. `certificate` stands for what the host, whose files lie in `host`, makes by itself. */
export async function refusedByApiServer(
  host: string,
  told: Flags,
  { certificate, etcdServers }: { readonly certificate: string; readonly etcdServers: string },
): Promise<string | null> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const keys = { signing: join(host, 'signing.pem'), known: join(host, 'known.pem') };
  await writeFile(keys.signing, privateKey);
  await writeFile(keys.known, publicKey);
  const [port] = await freePorts();
  const flags: string[] = [];
  for (const [name, value] of told) {
    if (!value.startsWith('/')) flags.push(`--${name}=${value}`);
    else flags.push(`--${name}=${await onDisk(join(host, value), certificate)}`);
  }
  const args = [
    `--etcd-servers=${etcdServers}`,
    `--etcd-prefix=/${randomUUID()}`,
    `--secure-port=${port}`,
    `--cert-dir=${join(host, 'certificates')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${keys.known}`,
    `--service-account-signing-key-file=${keys.signing}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    ...flags,
  ];
  const { stderr, stdout } = await run(programOf(kubeApiserver), args, { cwd: host, until: STARTED });
  if (stderr.includes(STARTED)) return null;
  const said = `${stderr}\n${stdout}`.split('\n');
  return said.find(line => /command failed|^Error|panic/.test(line)) ?? said.slice(-3).join(' ');
}

/** Null where the host runs no API server, or Talos, which has checked what it was told. */
export async function flagsOf(host: string): Promise<Flags | null> {
  const kubeadm = join(host, 'etc/kubernetes/kubeadm.yaml');
  if (existsSync(kubeadm)) {
    const documents = parseAllDocuments(await readFile(kubeadm, 'utf8')).map(each => each.toJS() as Cluster);
    const cluster = documents.find(({ kind }) => kind === 'ClusterConfiguration');
    return cluster?.apiServer.extraArgs.map(({ name, value }) => [name, value] as const) ?? null;
  }
  const rancher = ['rke2', 'k3s'].map(name => join(host, `etc/rancher/${name}/config.yaml`)).find(existsSync);
  if (rancher === undefined) return null;
  const config = parse(await readFile(rancher, 'utf8')) as Rancher;
  if (config['kube-apiserver-arg'] === undefined) return null;
  const [policy, security] = [config['audit-policy-file'], config['pod-security-admission-config-file']];
  return [
    ...(policy === undefined ? [] : [['audit-policy-file', policy] as const]),
    ...(security === undefined ? [] : [['admission-control-config-file', security] as const]),
    ...config['kube-apiserver-arg'].map(flag => {
      const at = flag.indexOf('=');
      return [flag.slice(0, at), flag.slice(at + 1)] as const;
    }),
  ];
}

interface Cluster {
  readonly kind: string;
  readonly apiServer: { readonly extraArgs: readonly { readonly name: string; readonly value: string }[] };
}
interface Rancher {
  readonly 'kube-apiserver-arg'?: readonly string[];
  readonly 'audit-policy-file'?: string;
  readonly 'pod-security-admission-config-file'?: string;
}

async function onDisk(path: string, certificate: string): Promise<string> {
  if (existsSync(path)) return path;
  await mkdir(dirname(path), { recursive: true });
  if (!path.endsWith('.log')) await writeFile(path, certificate);
  return path;
}
