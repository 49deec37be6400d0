/** Hosts with Windows of RKE2: two that the loss of one rack leaves one of, a network that they have a part of, and programs that are checked. */

import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { inventoriesIn } from '../hosts.ts';
import { parseOnce } from '../parse-once.ts';
import type { CrossCheck } from './cross-check.ts';
import { at } from './fields.ts';

const AGENT = 'infra/rke2/windows/agent.yaml';
const INSTALL = 'infra/rke2/windows/install-host.ps1';
const CALICO = 'infra/rke2/calico.yaml';
const HOST_CONFIG = 'scripts/host-config.sh';

export const windowsHosts: CrossCheck = {
  code: 'windows-hosts',
  says: 'Hosts with Windows stand in two racks, take no pods for Linux, are part of the network that RKE2 brings, and install only what was checked.',
  check: tree =>
    tree.has(AGENT)
      ? [...inventories(tree), ...agent(tree), ...network(tree), ...install(tree), ...told(tree)]
      : [],
};

const finding = (place: string, message: string): Finding => ({ code: 'windows-hosts', place, message });
const found = (place: string, right: boolean, message: string) => (right ? [] : [finding(place, message)]);

function inventories(tree: FileTree): readonly Finding[] {
  return inventoriesIn(tree).flatMap(({ file, hosts }) => {
    const those = hosts.filter(({ role }) => role === 'windows');
    return [
      ...found(
        file,
        new Set(those.map(({ rack }) => rack)).size >= 2,
        'the loss of one rack takes every host with Windows along',
      ),
      ...found(
        file,
        /^WINDOWS_RELEASE_SHA256=./m.test(tree.get(file) ?? '') ||
          tree.get(INSTALL)?.includes("$checksum = '__RELEASE_SHA256__'") === true,
        'nothing says what is installed there',
      ),
    ];
  });
}

function agent(tree: FileTree): readonly Finding[] {
  const settings: unknown = parseOnce(tree.get(AGENT) ?? '');
  const says = (key: string, value: string) => JSON.stringify(at(settings, key) ?? '').includes(value);
  return [
    ...found(AGENT, says('node-taint', 'os=windows:NoSchedule'), 'any pod may come'),
    ...found(
      AGENT,
      says('node-label', 'exclude-from-external-load-balancers=true'),
      'load balancers send there',
    ),
    ...found(AGENT, says('kubelet-arg', 'memory='), 'pods take the memory of Windows itself'),
    ...found(AGENT, at(settings, 'token') === undefined, 'what hosts join with lies in Git'),
    ...found(AGENT, at(settings, 'profile') === undefined, 'Windows knows none of the settings of a profile'),
  ];
}

/** What the agent of RKE2 on Windows reads of it, and what it refuses. */
function network(tree: FileTree): readonly Finding[] {
  const values: unknown = parseOnce(
    String(at(parseOnce(tree.get(CALICO) ?? ''), 'spec', 'valuesContent') ?? ''),
  );
  const calico = at(values, 'installation', 'calicoNetwork');
  const server: unknown = parseOnce(tree.get('infra/rke2/server.yaml') ?? '');
  const exempt = JSON.stringify(parseOnce(tree.get('infra/rke2/pod-security.yaml') ?? '')).includes(
    '"tigera-operator"',
  );
  return [
    ...found('infra/rke2/server.yaml', at(server, 'cni') === 'calico', 'agents on Windows find no network'),
    ...found('infra/rke2/server.yaml', exempt, 'the operator of Calico is refused before it has a namespace'),
    ...found(CALICO, at(calico, 'bgp') === 'Disabled', 'hosts with Windows would need routes by BGP'),
    ...found(
      CALICO,
      at(calico, 'nodeAddressAutodetectionV4', 'canReach') !== undefined,
      'agents on Windows refuse this way of finding an address',
    ),
    ...found(
      CALICO,
      !tree.has('scripts/install-calico.sh') && !tree.has('platform/calico/values.yaml'),
      'Calico would be installed twice',
    ),
  ];
}

function install(tree: FileTree): readonly Finding[] {
  const text = tree.get(INSTALL) ?? '';
  const at = (part: string) => text.indexOf(part);
  return [
    ...found(
      INSTALL,
      at('Get-FileHash -Algorithm SHA256') > 0 && at('Get-FileHash') < at('tar.exe -xzf'),
      'unpacks what nobody has checked',
    ),
    ...found(
      INSTALL,
      at('Get-Carried') < 0 || at('Copy-Item -Force -Path $images') < at('Start-Service'),
      'starts before its images are there',
    ),
    ...found(
      INSTALL,
      !tree.has('scripts/carry-in.sh') ||
        (at('Get-Carried') > 0 && at('curl.exe') < 0 && at('Copy-Item -Force -Path $images') > 0),
      'fetches what nobody carries in',
    ),
    ...(tree.has('infra/rke2/proxy.env') ? byProxy(text) : []),
    ...found(
      INSTALL,
      /icacls\.exe \$config \/inheritance:r/.test(text),
      'anybody reads what hosts join with',
    ),
    ...found(INSTALL, at("-RemoteAddress '__NODE_CIDR__'") > 0, 'the kubelet answers everybody'),
    ...found(INSTALL, /\$build -ne '\d+'/.test(text), 'another release of Windows may join'),
    ...[...new Set(text.match(/__[A-Z0-9_]+__/g) ?? [])]
      .filter(
        mark =>
          !(tree.get(HOST_CONFIG) ?? '').includes(`s|${mark}|`) && !text.includes(`Replace('${mark}', `),
      )
      .map(mark => finding(INSTALL, `nobody fills in ${mark}`)),
  ];
}

/** A service of Windows has an environment of its own, which it reads when it starts. */
function byProxy(text: string): readonly Finding[] {
  const told = text.indexOf("Services\\rke2' -Name Environment -Type MultiString");
  const settings = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];
  return [
    ...found(
      INSTALL,
      told > text.indexOf('service --add') && told < text.indexOf('Start-Service'),
      'the service starts without the proxy',
    ),
    ...settings
      .filter(name => !text.slice(told).includes(`'${name}=__`))
      .map(name => finding(INSTALL, `the service is not told ${name}`)),
    ...found(
      INSTALL,
      !text.includes('curl.exe') || /\$env:HTTPS_PROXY = [\s\S]*curl\.exe/.test(text),
      'fetches past the proxy',
    ),
  ];
}

/** The script that tells hosts what they are reads their lines, and puts the settings of Calico where RKE2 looks. */
function told(tree: FileTree): readonly Finding[] {
  const text = tree.get(HOST_CONFIG) ?? '';
  return [
    ...found(HOST_CONFIG, text.includes('windows_hosts | while read'), 'tells no host with Windows anything'),
    ...found(
      HOST_CONFIG,
      text.includes('server/manifests/rke2-calico-config.yaml'),
      'RKE2 hears nothing of Calico',
    ),
  ];
}
