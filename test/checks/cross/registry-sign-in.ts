/** Machines of a cloud whose images lie in its registry: kubelets know a program that signs them in, which lies where they look, and the registry lets the machine pull. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { inventoriesIn } from '../hosts.ts';
import type { CrossCheck } from './cross-check.ts';
import { isInImageOfMachines } from './talos-image.ts';

/** What tells kubelets, by the folder of the distribution. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  rke2: ['server', 'agent'],
  k3s: ['server', 'agent'],
  kubeadm: ['founder', 'control-plane', 'workload'],
  talos: ['all'],
};

export const registrySignIn: CrossCheck = {
  code: 'registry-sign-in',
  says: 'Where images lie in the registry of the cloud, kubelets of machines of one’s own sign in to it.',
  check: tree => {
    const onMachines = inventoriesIn(tree).some(({ settings }) => settings.ISSUER !== undefined);
    const distribution = Object.keys(TOLD).find(name => tree.has(`infra/${name}/${TOLD[name]?.[0]}.yaml`));
    return onMachines && distribution !== undefined && pullsFromRegistry(tree)
      ? [...kubelets(tree, distribution), ...program(tree, distribution), ...rights(tree), ...onWindows(tree)]
      : [];
  },
};

function pullsFromRegistry(tree: FileTree): boolean {
  return [...tree].some(
    ([path, text]) => /^clusters\/[^/]+\/variables\//.test(path) && /^ +REGISTRY: /m.test(text),
  );
}

function kubelets(tree: FileTree, distribution: string): readonly Finding[] {
  const setting = distribution === 'talos' ? 'credentialProviderConfig' : 'image-credential-provider-config';
  return (TOLD[distribution] ?? [])
    .map(name => `infra/${distribution}/${name}.yaml`)
    .filter(path => tree.get(path)?.includes(setting) !== true)
    .map(path => finding(path, 'its kubelets know of nobody who signs them in to the registry'));
}

function program(tree: FileTree, distribution: string): readonly Finding[] {
  const path =
    distribution === 'talos' ? 'infra/talos/all.yaml' : `infra/${distribution}/credential-providers.yaml`;
  const text = tree.get(path) ?? '';
  const name = /providers:\n\s+- name: (\S+)/.exec(text)?.[1];
  if (name === undefined) return [finding(path, 'names no program that signs kubelets in')];
  const images = [
    ...(/matchImages:\n((?:\s+- .*\n)+)/.exec(text)?.[1] ?? '').matchAll(/- '?"?([^'"\n]+)/g),
  ].map(([, image = '']) => new RegExp(`^${image.replaceAll('.', '\\.').replaceAll('*', '[^.]*')}$`));
  const registries = [...tree]
    .filter(([file]) => /^clusters\/[^/]+\/variables\//.test(file))
    .flatMap(([, vars]) => [...vars.matchAll(/^ +REGISTRY: (\S+)$/gm)].map(([, host = '']) => host))
    .map(host => host.split('/')[0] ?? '')
    .map(host => (host === 'REPLACE_ME_REGISTRY' ? madeUp(tree) : host));
  return [
    ...registries
      .filter(host => !images.some(image => image.test(host)))
      .map(host => finding(path, `${name} is not asked for images of ${host}`)),
    ...(distribution === 'talos' ? inImage(tree, name) : onHosts(tree, distribution, name)),
  ];
}

function inImage(tree: FileTree, name: string): readonly Finding[] {
  return isInImageOfMachines(tree, name)
    ? []
    : [finding('infra/talos/all.yaml', `the image of machines is made without ${name}`)];
}

function onHosts(tree: FileTree, distribution: string, name: string): readonly Finding[] {
  const script = 'scripts/host-config.sh';
  const file = `infra/${distribution}/${name}`;
  return [
    ...(tree.get(file)?.startsWith('#!') === true ? [] : [finding(file, 'is no program')]),
    ...(tree.get(script)?.includes(`cp ${file} `) === true ? [] : [finding(script, `puts ${file} nowhere`)]),
  ];
}

/** In Azure the name is made of an id: what comes after it stands in the output that says it. */
function madeUp(tree: FileTree): string {
  const outputs = tree.get('infra/machines/outputs.tf') ?? '';
  const [, domain = ''] = /^ +REGISTRY += "\$\{[^}]+\}(\.[^"]+)"$/m.exec(outputs) ?? [];
  return `name${domain}`;
}

function rights(tree: FileTree): readonly Finding[] {
  const machines = [...tree].filter(([path]) => path.startsWith('infra/machines/'));
  const ofAws = machines.some(([, text]) => text.includes('resource "aws_iam_role" "machine"'));
  const pulls = machines.some(([, text]) => text.includes('policy/AmazonEC2ContainerRegistryPullOnly'));
  const ofAzure = machines.some(([, text]) => text.includes('"azurerm_user_assigned_identity" "kubelet"'));
  const may = /role_definition_name = "AcrPull"\n +principal_id += local\.cluster\.kubelet_object_id/;
  const told = tree.get('infra/machines/first-boot.yaml')?.includes('/etc/acr-identity') === true;
  return [
    ...(ofAws && !pulls ? [finding('infra/machines', 'the roles of machines may not pull images')] : []),
    ...(ofAzure && !machines.some(([, text]) => may.test(text))
      ? [finding('infra/machines', 'the identity of kubelets may not pull images')]
      : []),
    ...(ofAzure && !told
      ? [finding('infra/machines/first-boot.yaml', 'does not say which identity pulls')]
      : []),
  ];
}

const WINDOWS = 'infra/rke2/windows';

/** Kubelets on Windows look for a program of the same name, with an ending of Windows. */
function onWindows(tree: FileTree): readonly Finding[] {
  const agent = tree.get(`${WINDOWS}/agent.yaml`);
  if (agent === undefined) return [];
  const [, name = ''] =
    /providers:\n\s+- name: (\S+)/.exec(tree.get('infra/rke2/credential-providers.yaml') ?? '') ?? [];
  const [, folder] = /^image-credential-provider-bin-dir: C:(\S+)$/m.exec(agent) ?? [];
  const started = tree.get(`${WINDOWS}/${name}.cmd`)?.includes(`"%~dp0${name}.ps1"`) === true;
  const answers =
    tree.get(`${WINDOWS}/${name}.ps1`)?.includes("kind = 'CredentialProviderResponse'") === true;
  const brought = tree
    .get('scripts/host-config.sh')
    ?.includes(`cp ${WINDOWS}/${name}.cmd ${WINDOWS}/${name}.ps1 `);
  const last = folder?.split('/').at(-1) ?? '';
  const installed = tree
    .get(`${WINDOWS}/install-host.ps1`)
    ?.includes(`-ChildPath '${last}') -Destination $config`);
  const machines = [...tree].filter(([path]) => path.startsWith('infra/machines/'));
  const has = (text: string) => machines.some(([, file]) => file.includes(text));
  return [
    ...(folder === undefined
      ? [finding(`${WINDOWS}/agent.yaml`, 'its kubelets know of nobody who signs them in to the registry')]
      : []),
    ...(started && answers ? [] : [finding(`${WINDOWS}/${name}.cmd`, 'answers no kubelet')]),
    ...(brought === true && installed === true
      ? []
      : [finding(`${WINDOWS}/install-host.ps1`, `puts ${name} where no kubelet looks`)]),
    ...(has('resource "aws_iam_role" "windows"') &&
    !has(
      'aws_iam_role.windows[each.key].name\n  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"',
    )
      ? [finding('infra/machines', 'the roles of machines with Windows may not pull images')]
      : []),
    ...(has('resource "azurerm_windows_virtual_machine"') &&
    !has("Set-Content -Path 'C:\\host\\acr-identity' -Value '__PULLER__'")
      ? [finding('infra/machines', 'machines with Windows do not know which identity pulls')]
      : []),
  ];
}

function finding(place: string, message: string): Finding {
  return { code: 'registry-sign-in', place, message };
}
