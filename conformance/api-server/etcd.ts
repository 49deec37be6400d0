/** An etcd that forgets everything when `use` has ended. Several API servers may share it, each below a prefix of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programOf } from '../tool.ts';
import { etcd } from '../tools.ts';

export const HOST = '127.0.0.1';

/** `address`: what the flag `--etcd-servers` takes. An API server waits until it answers. */
export async function withEtcd<T>(use: (address: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-etcd-'));
  const [clients, peers] = await freePorts();
  const address = `http://${HOST}:${clients}`;
  const child = spawn(
    programOf(etcd),
    [
      `--data-dir=${folder}`,
      `--listen-client-urls=${address}`,
      `--advertise-client-urls=${address}`,
      `--listen-peer-urls=http://${HOST}:${peers}`,
      '--unsafe-no-fsync',
      '--log-level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  try {
    return await use(address);
  } finally {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Three that nobody listens on now. */
export async function freePorts(): Promise<readonly [number, number, number]> {
  const servers = await Promise.all([listening(), listening(), listening()]);
  const ports = servers.map(server => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port is free');
    return address.port;
  });
  await Promise.all(servers.map(server => new Promise(closed => server.close(closed))));
  const [first = 0, second = 0, third = 0] = ports;
  return [first, second, third];
}

function listening(): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, HOST, () => resolve(server));
  });
}

export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise(resolve => {
    child.on('close', () => resolve());
    child.kill('SIGKILL');
  });
}
