/** Machines of a cloud with Windows: what each fetches at its first start, what it may read, and what the cloud calls it. */

import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { parseOnce } from '../parse-once.ts';
import type { CrossCheck } from './cross-check.ts';
import { at } from './fields.ts';

const AGENT = 'infra/rke2/windows/agent.yaml';
const INSTALL = 'infra/rke2/windows/install-host.ps1';
const HOST_CONFIG = 'scripts/host-config.sh';

export const windowsMachines: CrossCheck = {
  code: 'windows-machines',
  says: 'Machines with Windows fetch their own archive and what was carried in, lend their identity to nobody, have the name that their cloud gives them, and let nobody in by a password.',
  check: tree =>
    tree.has(AGENT) ? [...ofAws(tree), ...ofGoogle(tree), ...ofAzure(tree), ...carried(tree)] : [],
};

const finding = (place: string, message: string): Finding => ({ code: 'windows-machines', place, message });
const found = (place: string, right: boolean, message: string) => (right ? [] : [finding(place, message)]);

const CARRIES = 'scripts/carry-to-hosts.sh';

/** Machines of a closed network: what the script asks for was carried in, is fetched before it runs, and may be read. */
function carried(tree: FileTree): readonly Finding[] {
  const kept = tree.get(CARRIES);
  const boot =
    tree.get('infra/machines/first-boot-windows.txt') ?? tree.get('infra/machines/first-boot-windows.ps1');
  if (kept === undefined || boot === undefined) return [];
  const install = tree.get(INSTALL) ?? '';
  const told = tree.get(HOST_CONFIG) ?? '';
  const names = [...install.matchAll(/Get-Carried -name '([^']+)'/g)].map(([, name = '']) => name);
  const [, list = 'no list'] = /\$list = .* -ChildPath '([^']+)'/.exec(install) ?? [];
  const google = tree.get('infra/machines/firewall.tf') ?? '';
  const aws = tree.get(MACHINES) ?? '';
  return [
    ...(names.length < 2 ? [finding(INSTALL, 'asks for nothing that was carried in')] : []),
    ...names
      .filter(name => !new RegExp(`^\\S+ ${name}$`, 'm').test(kept))
      .map(name => finding(CARRIES, `carries in no ${name}`)),
    ...[list, ...names]
      .filter(
        name => !(/for file in (.*); do\n +echo "carried/.exec(told)?.[1] ?? '').split(' ').includes(name),
      )
      .map(name => finding(HOST_CONFIG, `tells machines nothing of ${name}`)),
    ...found(
      'infra/machines',
      boot.includes("-ChildPath 'carried.txt'"),
      'fetches nothing that was carried in',
    ),
    ...found(MACHINES, aws === '' || aws.includes('/carried/*"'), 'may not read what was carried in'),
    ...found(
      'infra/machines/firewall.tf',
      aws !== '' ||
        (/destination_ranges += \["35\.190\.247\.13\/32"\]/.test(google) &&
          // Whoever owns the network makes the route.
          (/dest_range += "35\.190\.247\.13\/32"/.test(google) ||
            /"windows_activation" \{\n +project /.test(google))),
      'Windows asks in vain whether it may run',
    ),
  ];
}

const BOOT = 'infra/machines/first-boot-windows.ps1';
const MACHINES = 'infra/machines/windows.tf';

/** A machine of AWS reads its own archive alone, lends its role to nobody, and says what AWS calls it. */
function ofAws(tree: FileTree): readonly Finding[] {
  const text = tree.get(MACHINES);
  const boot = tree.get('infra/machines/first-boot-windows.txt');
  if (text === undefined || boot === undefined) return [];
  const named = JSON.stringify(at(parseOnce(tree.get(AGENT) ?? ''), 'kubelet-arg') ?? '').includes(
    'provider-id=',
  );
  return [
    ...found(
      MACHINES,
      /resources = \["\$\{aws_s3_bucket\.hosts\.arn\}\/hosts\/\$\{each\.key\}\.tar\.gz"(?:, "\$\{aws_s3_bucket\.hosts\.arn\}\/carried\/\*")?\]/.test(
        text,
      ),
      'reads what was made for others',
    ),
    ...found(MACHINES, /hop_limit += 1$/m.test(text), 'pods borrow the role of their machine'),
    ...found(MACHINES, /encrypted += true$/m.test(text), 'the disk is not encrypted'),
    ...found(AGENT, named && boot.includes('provider-id'), 'the cloud controller takes its node for gone'),
    ...found(MACHINES, boot.includes('3010'), 'no start follows after containers were added'),
  ];
}

/** A machine of Google Cloud with Windows starts another script from another image, and says what Google calls it. */
function ofGoogle(tree: FileTree): readonly Finding[] {
  const boot = tree.get(BOOT);
  const file = 'infra/machines/machines.tf';
  const text = tree.get(file) ?? '';
  if (boot === undefined || !text.includes('"google_compute_instance"')) return [];
  return [
    ...found(file, text.includes('workload|windows)$"'), 'makes no machine for lines of Windows'),
    ...found(file, text.includes('data.google_compute_image.windows.self_link'), 'starts Windows from Linux'),
    ...found(file, text.includes('"windows-startup-script-ps1" : "user-data"'), 'tells Windows nothing'),
    ...found(file, boot.includes("'gce://'") && boot.includes('3010'), 'the node has no name at Google'),
  ];
}

const PREPARE = 'infra/machines/prepare-windows.ps1';
/** What a command of Windows may have at most. */
const COMMAND_LINE = 8191;

/** Azure makes each with a password, which is worth nothing once an extension ran; only then it begins to be a node. */
function ofAzure(tree: FileTree): readonly Finding[] {
  const text = tree.get(MACHINES) ?? '';
  if (!text.includes('"azurerm_windows_virtual_machine"')) return [];
  const boot = tree.get(BOOT) ?? '';
  const prepare = tree.get(PREPARE) ?? '';
  const in_ = (file: string) => tree.get(`infra/machines/${file}.tf`) ?? '';
  const before = (first: string, then: string) =>
    prepare.includes(first) && prepare.indexOf(first) < prepare.indexOf(then);
  return [
    ...found(
      MACHINES,
      /^ +admin_password += "A\$\{uuid\(\)\}a"$/m.test(text),
      'its password was known before',
    ),
    ...found(
      MACHINES,
      /^ +ignore_changes = \[admin_password, custom_data, source_image_reference\]$/m.test(text),
      'every apply makes machines anew',
    ),
    ...found(
      MACHINES,
      /for_each = azurerm_windows_virtual_machine\.host\n[\s\S]*prepare-windows\.ps1"\), "UTF-16LE"\)/.test(
        text,
      ),
      'nothing is run on them',
    ),
    ...found(PREPARE, before('Set-LocalUser', 'Disable-LocalUser'), 'the password of the state stays'),
    ...found(PREPARE, before('Disable-LocalUser', 'Register-ScheduledTask'), 'the account stays on'),
    ...found(PREPARE, prepare.includes('-AtStartup'), 'no start follows after containers were added'),
    ...found(
      PREPARE,
      (prepare.length * 2 * 4) / 3 + 200 < COMMAND_LINE,
      'is longer than a command of Windows may be',
    ),
    ...found(
      'infra/machines/guards.tf',
      !/"(?:3389|5985|5986)"/.test(in_('guards')),
      'a desktop or a shell is reached',
    ),
    ...found(MACHINES, /^ +automatic_updates_enabled += false$/m.test(text), 'starts anew by itself'),
    ...found(MACHINES, /^ +encryption_at_host_enabled += true$/m.test(text), 'the disk is not encrypted'),
    ...found(
      MACHINES,
      /substr\(sha256\(each\.key\), 0, 11\)/.test(text),
      'Windows takes 15 characters as a name',
    ),
    ...found(MACHINES, text.includes('sku       = "2022-datacenter-core-g2"'), 'another release of Windows'),
    ...found(
      'infra/machines/cluster.tf',
      in_('cluster').includes('workload|windows)$"'),
      'makes no machine for lines of Windows',
    ),
    ...found(
      'infra/machines/host-store.tf',
      /"hosts_read_shared" \{\n +for_each = local\.linux$/m.test(in_('host-store')),
      'reads what was made for others',
    ),
    ...[...new Set(boot.match(/__[A-Z]+__/g) ?? [])]
      .filter(mark => !text.includes(`"${mark}", `))
      .map(mark => finding(BOOT, `nobody fills in ${mark}`)),
    ...found(
      BOOT,
      boot.includes("'azure:///subscriptions/'") && boot.includes('3010'),
      'has no name at Azure',
    ),
    ...found(
      'destinations.txt',
      tree.get('destinations.txt')?.includes('azkms.core.windows.net 1688') !== false,
      'Windows asks in vain whether it may run',
    ),
  ];
}
