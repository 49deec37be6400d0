/** A Kubernetes API server with its etcd and nothing behind it: it admits or refuses objects, and nothing runs them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programOf } from '../tool.ts';
import { kubeApiserver } from '../tools.ts';
import { ended, freePorts, HOST, withEtcd } from './etcd.ts';

export interface Answer {
  readonly code: number;
  readonly body: string;
  /** What the server warns of although it accepts: deprecated versions, pods that their namespace would refuse. */
  readonly warnings: readonly string[];
}
export interface ApiServer {
  /** `patch` is a server-side apply: the body is the whole object. */
  readonly ask: (method: 'GET' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: object) => Promise<Answer>;
}

const START_SECONDS = 120;

/** Runs it for as long as `use` takes. */
export function withApiServer<T>(use: (server: ApiServer) => Promise<T>): Promise<T> {
  return withEtcd(async etcdServers => {
    const folder = await mkdtemp(join(tmpdir(), 'chartroom-api-server-'));
    const children: ChildProcess[] = [];
    const start = (program: string, args: readonly string[]): void => {
      const child = spawn(program, [...args], { cwd: folder });
      const log = createWriteStream(join(folder, 'log'), { flags: 'a' });
      child.stdout.pipe(log, { end: false });
      child.stderr.pipe(log, { end: false });
      children.push(child);
    };
    try {
      const server = await begin(folder, etcdServers, start);
      return await use(server);
    } finally {
      await Promise.all(children.map(ended));
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function begin(
  folder: string,
  etcdServers: string,
  start: (program: string, args: readonly string[]) => void,
): Promise<ApiServer> {
  const [port] = await freePorts();
  const token = randomBytes(16).toString('hex');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = join(folder, 'accounts.key');
  await writeFile(key, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  await writeFile(join(folder, 'tokens'), `${token},conformance,conformance,system:masters\n`, {
    mode: 0o600,
  });
  start(programOf(kubeApiserver), [
    `--etcd-servers=${etcdServers}`,
    `--bind-address=${HOST}`,
    `--secure-port=${port}`,
    `--cert-dir=${folder}`,
    `--token-auth-file=${join(folder, 'tokens')}`,
    '--authorization-mode=AlwaysAllow',
    '--allow-privileged=true',
    '--service-cluster-ip-range=10.0.0.0/16',
    '--service-account-issuer=https://conformance.invalid',
    `--service-account-signing-key-file=${key}`,
    `--service-account-key-file=${key}`,
    // As machines of Google Cloud ask for it, where their Kubernetes has mutating policies in no other version.
    '--runtime-config=admissionregistration.k8s.io/v1beta1=true',
    // Nobody makes the token that a pod would mount.
    '--disable-admission-plugins=ServiceAccount',
    // Thousands of requests in a row are meant.
    '--enable-priority-and-fairness=false',
    '--max-requests-inflight=0',
    '--max-mutating-requests-inflight=0',
  ]);
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false, maxSockets: 16 });
  const server: ApiServer = { ask: (method, path, body) => send(agent, { port, token, method, path, body }) };
  await isReady(server, join(folder, 'log'));
  return server;
}

async function isReady({ ask }: ApiServer, log: string): Promise<void> {
  const until = Date.now() + START_SECONDS * 1000;
  for (;;) {
    const ready = await ask('GET', '/readyz').catch(() => null);
    if (ready?.code === 200) return;
    if (Date.now() > until) {
      const said = (await readFile(log, 'utf8')).trim().split('\n').slice(-12).join('\n');
      throw new Error(`the API server was not ready within ${START_SECONDS} s:\n${said}`);
    }
    await new Promise(wake => setTimeout(wake, 250));
  }
}

interface Sent {
  readonly port: number;
  readonly token: string;
  readonly method: string;
  readonly path: string;
  readonly body: object | undefined;
}

function send(agent: Agent, { port, token, method, path, body }: Sent): Promise<Answer> {
  const type = method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json';
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': type };
    const asked = request({ agent, host: HOST, port, path, method, headers }, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          code: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
          warnings: warningsIn(response.headers.warning),
        }),
      );
    });
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** `299 - "text", 299 - "text"`, as HTTP quotes it. */
function warningsIn(header: string | undefined): readonly string[] {
  return [...(header ?? '').matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, said = '']) =>
    said.replace(/\\(.)/g, '$1'),
  );
}
