/**
 * What hosts are told, on hardware of one's own and on machines of clouds: `scripts/host-config.sh` is run for every
 * cluster, with its placeholders filled. It makes configurations of Talos with its own program, which refuses what it
 * does not know; kubeadm is asked whether it would take what its hosts get, and an API server whether it starts with it.
 */
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { withEtcd } from '../api-server/etcd.ts';
import { flagsOf, refusedByApiServer } from '../api-server/told.ts';
import { type Check, linesOf, merge, type Report } from '../check.ts';
import { mustRun, run } from '../process.ts';
import type { Stack } from '../stacks.ts';
import { programOf } from '../tool.ts';
import { etcd, kubeApiserver, kubeadm, talosctl } from '../tools.ts';

const SCRIPT = 'scripts/host-config.sh';
/** Of an authority that signs nothing, made for this by openssl req -x509. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBdTCCARugAwIBAgIUUalMgXbCnlXC6jyd7SeZO3pPx6UwCgYIKoZIzj0EAwIw
EDEOMAwGA1UEAwwFaG91c2UwHhcNMjYxMTIyMDczNzE5WhcNMzYxMTE5MDczNzE5
WjAQMQ4wDAYDVQQDDAVob3VzZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJcV
DRx0ZeMSWKwIZtPq0fw1UgGy4Pjp3rD0XN1pb4vwx9F/cbll2YM6BDaLcgpYIKIm
rvL7tTUt9UabV9aeg66jUzBRMB0GA1UdDgQWBBTEY7LiyEbGPFS7SI87QXQTWByq
TzAfBgNVHSMEGDAWgBTEY7LiyEbGPFS7SI87QXQTWByqTzAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0gAMEUCIAa7HqpwiYv+R8Zr3Z8AS35DHZGd881v0mQQ
0XBAsL3gAiEA3F5SofUIO7OBadoAmSjNlHcx1k4IUX2KTboZWOAPU1k=
-----END CERTIFICATE-----`;
const KUBEADM_SECRETS = `ENCRYPTION_KEY=${Buffer.alloc(32, 7).toString('base64')}
JOIN_TOKEN=abcdef.0123456789abcdef
CERTIFICATE_KEY=${'0a'.repeat(32)}
`;

/** Configurations of Talos hold what AWS calls their machine. */
const CLOUD = `#!/bin/sh
case "$*" in "ec2 describe-instances "*) echo i-00000000000000000 ;; esac
`;

export const hostConfigCheck: Check = {
  name: 'host-config',
  version: `kubeadm ${kubeadm.version}, talosctl ${talosctl.version}`,
  tools: [kubeadm, kubeApiserver, etcd, talosctl],
  run: stacks =>
    withEtcd(async etcdServers => {
      const reports: Report[] = [];
      for (const stack of stacks) {
        if (!stack.files.includes(SCRIPT)) continue;
        reports.push(isOpenshift(stack) ? NOT_ASKED : await checkStack(stack, etcdServers));
      }
      return merge(reports);
    }),
};

const NOT_ASKED: Report = {
  files: 0,
  errors: [],
  notes: ['not run where the installer of OpenShift is asked for'],
};

function isOpenshift({ files }: Stack): boolean {
  return files.some(file => file.startsWith('infra/openshift/'));
}

async function checkStack(stack: Stack, etcdServers: string): Promise<Report> {
  const scratch = await mkdtemp(join(tmpdir(), 'chartroom-hosts-'));
  try {
    const folder = join(scratch, 'tree');
    await cp(stack.folder, folder, { recursive: true });
    await fill(folder, stack.files);
    const environment = await surroundings(scratch);
    const clusters = stack.files.filter(file => /^infra\/hosts\/[^/]+\.conf$/.test(file));
    return merge(
      await Promise.all(
        clusters.map(file =>
          checkCluster(stack, basename(file, '.conf'), { scratch, environment, etcdServers }),
        ),
      ),
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Ground {
  readonly scratch: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly etcdServers: string;
}

async function checkCluster(
  stack: Stack,
  cluster: string,
  { scratch, environment, etcdServers }: Ground,
): Promise<Report> {
  const out = join(scratch, cluster);
  const place = `${stack.name} ${SCRIPT} ${cluster}`;
  const made = await run('bash', [join(scratch, 'tree', SCRIPT), cluster, out], { environment });
  if (made.code !== 0) return { files: 1, errors: linesOf(place, made.stderr), notes: [] };
  return merge([await askKubeadm(out, place), await askApiServer(out, place, etcdServers)]);
}

/** Everything that a user would have filled in, with something of its form. */
async function fill(folder: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    if (!/^infra\/|authorities\.pem$/.test(file)) continue;
    const text = await readFile(join(folder, file), 'utf8');
    const filled = text
      .replace(/^.*REPLACE_ME_HOSTS.*\n/gm, '')
      .replaceAll('REPLACE_ME_ROOT_CERTIFICATE', CERTIFICATE)
      .replaceAll('REPLACE_ME_TOKEN_ISSUER', 'https://issuer.example.com')
      .replace(/REPLACE_ME_[A-Z]+(?:_[A-Z]+)*/g, 'given')
      .replace(/replace-me-[a-z-]*[a-z]/g, 'given');
    if (filled !== text) await writeFile(join(folder, file), filled);
  }
}

/** Secrets that are made once for a cluster, and clouds that take everything and say nothing but the name of a machine. */
async function surroundings(scratch: string): Promise<Readonly<Record<string, string>>> {
  const programs = join(scratch, 'programs');
  await mkdir(programs);
  for (const cloud of ['aws', 'az', 'gcloud']) {
    await writeFile(join(programs, cloud), CLOUD);
    await chmod(join(programs, cloud), 0o755);
  }
  await symlink(programOf(talosctl), join(programs, 'talosctl'));
  const secrets = {
    kubeadm: join(scratch, 'kubeadm'),
    talos: join(scratch, 'talos'),
    token: join(scratch, 'token'),
  };
  await writeFile(secrets.kubeadm, KUBEADM_SECRETS);
  await writeFile(secrets.token, 'a-token-of-a-cluster\n');
  await mustRun(programOf(talosctl), ['gen', 'secrets', '--output-file', secrets.talos]);
  return {
    PATH: `${programs}:${process.env.PATH}`,
    KUBEADM_SECRETS: secrets.kubeadm,
    TALOS_SECRETS: secrets.talos,
    CLUSTER_TOKEN: secrets.token,
  };
}

/** One file per host; those of other distributions have what their script made, and it has run to its end. */
async function askKubeadm(out: string, place: string): Promise<Report> {
  const hosts = await readdir(out, { withFileTypes: true });
  const reports = hosts
    .filter(host => host.isDirectory())
    .map(async ({ name }) => {
      const file = join(out, name, 'etc/kubernetes/kubeadm.yaml');
      if (!existsSync(file)) return { files: 1, errors: [], notes: [] };
      const text = await readFile(file, 'utf8');
      // The founder makes that file, and kubeadm looks whether it is there.
      await writeFile(file, text.replaceAll('/etc/kubernetes/platform/cluster-info.conf', file));
      const { code, stderr } = await run(programOf(kubeadm), ['config', 'validate', '--config', file]);
      return { files: 1, errors: code === 0 ? [] : linesOf(`${place} ${name}`, stderr), notes: [] };
    });
  return merge(await Promise.all(reports));
}

/** All hosts of a control plane tell theirs the same. */
async function askApiServer(out: string, place: string, etcdServers: string): Promise<Report> {
  for (const name of (await readdir(out)).sort()) {
    const host = join(out, name);
    const flags = await flagsOf(host);
    if (flags === null) continue;
    const refused = await refusedByApiServer(host, flags, { certificate: CERTIFICATE, etcdServers });
    return { files: 1, errors: refused === null ? [] : linesOf(`${place} ${name}`, refused), notes: [] };
  }
  return { files: 0, errors: [], notes: [] };
}
