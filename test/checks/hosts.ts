/** Inventories of hosts of one's own, `infra/hosts/<cluster>.conf`: settings and one line per host. */
import type { FileTree } from '../../src/files/tree.ts';
import { once } from './once.ts';

export interface Inventory {
  readonly cluster: string;
  readonly file: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly hosts: readonly {
    readonly name: string;
    readonly address: string;
    readonly rack: string;
    readonly role: string;
  }[];
}

export const inventoriesIn = once((tree: FileTree): readonly Inventory[] =>
  [...tree].flatMap(([file, text]) => {
    const cluster = /^infra\/hosts\/([^/]+)\.conf$/.exec(file)?.[1];
    if (cluster === undefined) return [];
    const settings = Object.fromEntries(
      [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    const hosts = [...text.matchAll(/^([a-z0-9-]+) +([0-9.]+) +([a-z0-9-]+) +([a-z-]+)$/gm)].map(
      ([, name = '', address = '', rack = '', role = '']) => ({ name, address, rack, role }),
    );
    return [{ cluster, file, settings, hosts }];
  }),
);
