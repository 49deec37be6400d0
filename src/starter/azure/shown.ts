/** What shows the options that a network of Azure carries out. */
import { lineOf, noLineOf, type Shown } from '../shown.ts';

export const azureShown = (folder: string): readonly Shown[] => [
  {
    decision: 'network',
    option: 'create-network',
    says: 'The network is made here, and belongs to this cluster alone.',
    ...lineOf(`${folder}/network.tf`, '^resource "azurerm_virtual_network" "main"'),
  },
  {
    decision: 'network',
    option: 'existing-network',
    says: 'No network is made here: ranges and subnets are those that were given.',
    ...noLineOf(`${folder}/network.tf`, '^resource "azurerm_virtual_network" "main"'),
  },
];
