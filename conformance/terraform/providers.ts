/** The providers whose schemas are in the repository, served as if they ran; OpenTofu is told where. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ProviderSchemas } from '../../test/provider-schemas/schema.ts';
import { serveProvider } from './provider-server.ts';

const SCHEMAS = resolve(import.meta.dirname, '../../test/provider-schemas');

export interface Providers {
  readonly environment: Readonly<Record<string, string>>;
  /** Versions whose schemas are served, by source: `hashicorp/aws` to `6.25.0`. */
  readonly versions: ReadonlyMap<string, string>;
  readonly stop: () => Promise<void>;
}

export async function startProviders(): Promise<Providers> {
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-providers-'));
  const files = (await readdir(SCHEMAS)).filter(file => file.endsWith('.json')).sort();
  const all = await Promise.all(
    files.map(async file => JSON.parse(await readFile(join(SCHEMAS, file), 'utf8')) as ProviderSchemas),
  );
  const servers = await Promise.all(
    all.map((schemas, index) => serveProvider(schemas, join(folder, `${index}.sock`))),
  );
  const reattach = Object.fromEntries(
    all.map(({ derived }, index) => [
      `registry.opentofu.org/${derived.provider}`,
      {
        Protocol: 'grpc',
        ProtocolVersion: 5,
        Pid: process.pid,
        Test: true,
        Addr: { Network: 'unix', String: servers[index]?.socket },
      },
    ]),
  );
  const configuration = join(folder, 'empty.tofurc');
  await writeFile(configuration, '');
  return {
    environment: {
      TF_REATTACH_PROVIDERS: JSON.stringify(reattach),
      TF_CLI_CONFIG_FILE: configuration,
      TF_IN_AUTOMATION: '1',
      CHECKPOINT_DISABLE: '1',
    },
    versions: new Map(all.map(({ derived }) => [derived.provider, derived.version])),
    stop: async () => {
      await Promise.all(servers.map(server => server.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
