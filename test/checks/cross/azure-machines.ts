/** Machines of Azure: inventory and infrastructure mean the same machines, each address lies in the subnet of its zone, and Azure can trust the tokens. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { type Inventory, inventoriesIn } from '../hosts.ts';
import type { CrossCheck } from './cross-check.ts';
import { contains, containsIn } from './ranges.ts';

const MODULE = 'infra/machines/machines.tf';

export const azureMachines: CrossCheck = {
  code: 'azure-machines',
  says: 'Machines of Azure are those of the inventory, each in the subnet of its zone, and their API server signs as the issuer that Azure knows.',
  check: tree =>
    tree.get(MODULE)?.includes('azurerm_linux_virtual_machine') === true
      ? [...valuesIn(tree).flatMap(each => valueFindings(each, inventoriesIn(tree))), ...issuerFindings(tree)]
      : [],
};

interface Values {
  readonly file: string;
  readonly value: (name: string) => string;
}

function valuesIn(tree: FileTree): readonly Values[] {
  return [...tree].flatMap(([file, text]) =>
    /^infra\/machines\/envs\/[^/]+\.tfvars\.example$/.test(file)
      ? [{ file, value: name => new RegExp(`^${name}\\s*=\\s*"([^"]+)"`, 'm').exec(text)?.[1] ?? '' }]
      : [],
  );
}

function valueFindings({ file, value }: Values, inventories: readonly Inventory[]): readonly Finding[] {
  const inventory = inventories.find(({ cluster }) => cluster === value('inventory'));
  if (inventory === undefined)
    return [finding(file, `names the inventory ${value('inventory')}, which is not there`)];
  const location = value('location');
  const network = value('network_cidr');
  return inventory.hosts.flatMap(({ name, address, rack }) => {
    const zone = Number(/-([123])$/.exec(rack)?.[1]);
    if (!rack.startsWith(`${location}-`) || Number.isNaN(zone))
      return [finding(inventory.file, `${name} stands in ${rack}, which is no zone of ${location}`)];
    // A quarter of the network for machines, and a quarter of that for each zone.
    const reached =
      network === ''
        ? contains(value('node_cidr'), address)
        : containsIn(network, `00${(zone - 1).toString(2).padStart(2, '0')}`, address);
    return reached
      ? []
      : [finding(inventory.file, `${name} has ${address}, which is no address of the subnet of ${rack}`)];
  });
}

/** In files of hosts, whichever distribution they are of. */
function issuerFindings(tree: FileTree): readonly Finding[] {
  const told = [...tree].some(
    ([file, text]) =>
      /^infra\/(?:rke2|k3s|kubeadm|talos)\//.test(file) &&
      /service-account-issuer/.test(text) &&
      text.includes('__ISSUER__'),
  );
  return told
    ? []
    : [finding(MODULE, 'the API server signs as somebody else than the issuer that Azure knows')];
}

function finding(place: string, message: string): Finding {
  return { code: 'azure-machines', place, message };
}
