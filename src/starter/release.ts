/** Versions of what is emitted, from the one table of releases. An id that is not there is our fault. */
import type { Catalogue, Component, Id, Releases } from '../content/catalogue.ts';

type Holder = { readonly catalogue: Pick<Catalogue, 'releases'> };

export function release({ catalogue }: Holder, id: Id): Component {
  return found(catalogue.releases.components, id, 'component');
}

export interface Chart {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
}
export function chartOf(holder: Holder, id: Id): Chart {
  const { chart } = release(holder, id);
  if (chart === null) throw new Error(`the component ${id} has no chart in the table of releases`);
  return chart;
}

/** How Helm is told of the chart of a component. */
export function chartArguments(holder: Holder, id: Id): string {
  const { repository, name, version } = chartOf(holder, id);
  const inRegistry = `${repository}/${name}`;
  const place = repository.startsWith('oci://')
    ? inRegistry.includes('$')
      ? `"${inRegistry}"`
      : inRegistry
    : `${name} --repo ${repository}`;
  return `${place} --version ${version}`;
}

export function provider({ catalogue }: Holder, id: Id): Releases['providers'][number] {
  return found(catalogue.releases.providers, id, 'provider');
}

export function toolVersion({ catalogue }: Holder, id: Id): string {
  return found(catalogue.releases.tools, id, 'tool').version;
}

/** `actions/checkout@<commit> # v7.0.1`; a tag alone where the commit was not read at its source. */
export function pinnedAction(holder: Holder, id: Id): string {
  const { uses, tag, commit } = action(holder, id);
  return commit === null ? `${uses}@${tag} # pinned by Renovate` : `${uses}@${commit} # ${tag}`;
}

export function action({ catalogue }: Holder, id: Id): Releases['actions'][number] {
  return found(catalogue.releases.actions, id, 'action');
}

function found<T extends { readonly id: Id }>(list: readonly T[], id: Id, what: string): T {
  const item = list.find(each => each.id === id);
  if (item === undefined) throw new Error(`the table of releases has no ${what} ${id}`);
  return item;
}
