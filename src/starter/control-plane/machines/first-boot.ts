/** What a stock image of Ubuntu is told at its first boot, as cloud-init reads it: how it finds its archive, and nothing secret. */
import { writeYaml } from '../../../files/yaml.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { headline } from '../../headline.ts';
import { HOST_STORE, INSTALL_HOST } from '../self-managed/place.ts';

/** Programs of one cloud, as bash. `__NAME__` and what else stands between underscores is filled in by the infrastructure. */
export interface MachinePrograms {
  /** `host-store get|put|has`: reads and writes the store by the right of the machine. `has` ends with 1 where the object is not there, with 2 where nobody can say. */
  readonly hostStore: string;
  /** `provider-id`: prints what the cloud calls this machine. */
  readonly providerId: string;
  /** Units among `files` that start at once. */
  readonly services?: readonly string[];
  /** Files beside them. */
  readonly files?: readonly {
    readonly path: string;
    readonly permissions: string;
    readonly content: string;
  }[];
}

const PROGRAMS = '/usr/local/sbin';

const HOST_CONFIG = `#!/usr/bin/env bash
# Fetches the archive of this machine, unpacks it, and lets it install what it brings.
set -euo pipefail
umask 077
archive="$(mktemp)"
trap 'rm -f "$archive"' EXIT
until ${HOST_STORE} get hosts/__NAME__.tar.gz "$archive"; do sleep 15; done
tar -xzf "$archive" -C / --no-same-owner
${INSTALL_HOST}
mkdir -p /var/lib/host-config
touch /var/lib/host-config/done
`;

const UNIT = `[Unit]
Description=Configuration of this host
After=network-online.target
Wants=network-online.target
ConditionPathExists=!/var/lib/host-config/done

[Service]
Type=oneshot
RemainAfterExit=no
ExecStart=${PROGRAMS}/host-config
Restart=on-failure
RestartSec=20

[Install]
WantedBy=multi-user.target
`;

/** A file of cloud-init; the infrastructure reads it and puts names in. */
export function firstBoot(
  input: ClusterInput,
  { hostStore, providerId, files = [], services = [] }: MachinePrograms,
): string {
  const program = (name: string, content: string) => ({
    path: `${PROGRAMS}/${name}`,
    permissions: '0755',
    content,
  });
  const config = {
    hostname: '__NAME__',
    preserve_hostname: false,
    ...(wayOut(input) === 'proxy'
      ? { apt: { http_proxy: '__PROXY_URL__', https_proxy: '__PROXY_URL__' } }
      : {}),
    // A stock image has what the programs below call; where there is a way out it is brought up to date.
    ...(wayOut(input) === 'none' ? {} : { package_update: true, packages: ['curl', 'gpg'] }),
    write_files: [
      program(HOST_STORE, hostStore),
      program('provider-id', providerId),
      program('host-config', HOST_CONFIG),
      ...files,
      { path: '/etc/systemd/system/host-config.service', permissions: '0644', content: UNIT },
    ],
    runcmd: [
      ['swapoff', '--all'],
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', '--now', '--no-block', 'host-config.service', ...services],
    ],
  };
  const comment = headline(
    input,
    'control-plane',
    'What a machine does at its first boot. scripts/host-config.sh brings it the rest, secrets among it.',
  );
  return `#cloud-config\n${writeYaml([config], { comment }).replace(/^---\n/m, '')}`;
}
