/** What the proxy of a mesh requests in every pod that it is put into. */
import { at } from '../at.ts';
import type { Component, NamespaceSpec } from '../contribution.ts';
import { mebibytes, millicores } from './quantities.ts';

export interface ProxyLoad {
  readonly millicores: number;
  readonly mebibytes: number;
}

/** Namespaces whose pods get one; what it requests stands in the values of the control plane of the mesh. */
export interface Proxies extends ProxyLoad {
  readonly namespaces: ReadonlySet<string>;
}

export function proxiesOf(
  components: readonly Component[],
  namespaces: readonly NamespaceSpec[],
): Proxies | null {
  const [load] = components.flatMap(({ chart }) => proxyIn(chart?.values ?? {}));
  if (load === undefined) return null;
  return { ...load, namespaces: new Set(namespaces.filter(isMarked).map(({ name }) => name)) };
}

function isMarked({ labels = {}, annotations = {} }: NamespaceSpec): boolean {
  return annotations['linkerd.io/inject'] === 'enabled' || labels['istio.io/rev'] !== undefined;
}

function proxyIn(values: Readonly<Record<string, unknown>>): readonly ProxyLoad[] {
  const linkerd = at(values, 'proxy', 'resources');
  const istio = at(values, 'global', 'proxy', 'resources', 'requests');
  const cpu = at(linkerd, 'cpu', 'request') ?? at(istio, 'cpu');
  const memory = at(linkerd, 'memory', 'request') ?? at(istio, 'memory');
  return cpu === undefined ? [] : [{ millicores: millicores(cpu), mebibytes: mebibytes(memory) }];
}
