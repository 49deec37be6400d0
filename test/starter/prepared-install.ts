/** scripts/prepare-install.sh of OpenShift in a cloud, run with programs that write down what they are asked. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileTree } from '../../src/files/tree.ts';

const TEMPLATE = 'infra/openshift/install-config.yaml';

/** Programs of every cloud by their name: lines of shell that stand for them. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'openshift-install-fips': `case "$1" in
  version) printf 'openshift-install-fips %s\\nbuilt from commit abc\\nrelease image quay.io/release@sha256:1\\n' "$VERSION" ;;
  create)
    mkdir -p "$4/manifests"
    rm "$4/install-config.yaml"
    printf 'kind: DNS\\nspec: {baseDomain: x, privateZone: {id: Z1}}\\n' >"$4/manifests/${'${ZONES:-cluster-dns-02-config.yml}'}" ;;
esac`,
  oc: 'true',
  curl: 'true',
};

/** What stands for `tofu`: the template filled in, and outputs by their name. */
export function infrastructure(outputs: Readonly<Record<string, string>>): string {
  const lines = Object.entries(outputs).map(([name, value]) => `  *" "${name}) printf '%s' '${value}' ;;`);
  return `case "$*" in
  *install_config) sed -e 's/\${[a-z_0-9]*}/filled-in/g' "$ROOT/${TEMPLATE}" ;;
${lines.join('\n')}
esac`;
}

export interface Prepared {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly out: string;
  readonly read: (path: string) => string;
}

/** `programs` are those of the cloud, and `environment` what they and the script find there. */
export function prepareInstall(
  work: string,
  files: FileTree,
  programs: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
): Prepared {
  const root = mkdtempSync(join(work, 'tree-'));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: 0o755 });
  };
  for (const [path, text] of files) if (/^(?:infra|scripts)\//.test(path)) put(path, text);
  for (const kind of ['tfvars', 'tfbackend']) {
    const example = files.get(`infra/machines/envs/production.${kind}.example`) ?? '';
    put(
      `infra/machines/envs/production.${kind}`,
      example.replace(/^#.*REPLACE_ME.*\n/gm, '').replace(/REPLACE_ME_\w+|replace-me-[a-z-]+/g, 'given'),
    );
  }
  for (const [name, lines] of Object.entries({ ...PROGRAMS, ...programs }))
    put(`bin/${name}`, `#!/bin/sh\necho "${name} $*" >>"$ROOT/asked"\n${lines}\n`);
  put('pull-secret', '{"auths": {}}\n');
  put('sign-in', '{"auths": {"registry.acme.example": {}}}\n');
  put('key.pub', 'ssh-ed25519 AAAA emergency\n');
  const out = join(root, 'out');
  const { status, stdout, stderr } = spawnSync(
    'bash',
    [join(root, 'scripts/prepare-install.sh'), 'production', out],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        ROOT: root,
        PATH: `${join(root, 'bin')}:${process.env.PATH}`,
        PULL_SECRET_FILE: join(root, 'pull-secret'),
        REGISTRY_SIGN_IN_FILE: join(root, 'sign-in'),
        SSH_KEY_FILE: join(root, 'key.pub'),
        VERSION: '4.22.9',
        ...environment,
      },
    },
  );
  return { status, stdout: stdout.trim(), stderr, out, read: path => readFileSync(join(root, path), 'utf8') };
}
