/** Clusters that Linkerd joins: what each looks for, what it trusts, and what the script hands on. */
import type { FileTree } from '../../../../src/files/tree.ts';
import type { ClusterView } from '../../clusters.ts';
import type { Finding } from '../../finding.ts';
import { at, list } from '../fields.ts';
import { toldValues } from '../told-values.ts';
import { finding, SCRIPT } from './clusters.ts';
import { openness, wayIn, waysOut } from './gateways.ts';

const MULTICLUSTER = 'linkerd-multicluster';
/** Where proxies of Linkerd meet, and where one asks whether a gateway answers. */
const GATEWAY_PORTS = [4143, 4191];

export function linkerd(tree: FileTree, view: ClusterView, others: readonly string[]): readonly string[] {
  const values = toldValues(view, MULTICLUSTER);
  const wanted = list(at(values, 'controllers')).map(each => String(at(each, 'link', 'ref', 'name')));
  const ranges = at(values, 'gateway', 'loadBalancerSourceRanges');
  const sources = Array.isArray(ranges) ? ranges.map(String) : [];
  return [
    ...others.filter(name => !wanted.includes(name)).map(name => `does not look for ${name}`),
    ...wanted
      .filter(name => !others.includes(name))
      .map(name => `looks for ${name}, which it is not joined to`),
    ...(at(values, 'gateway', 'enabled') === others.length > 0 ? [] : ['has a gateway for nobody, or none']),
    ...openness(others, sources),
    ...(others.length === 0
      ? []
      : [
          ...trust(tree, view),
          ...wayIn(view, MULTICLUSTER, { app: 'linkerd-gateway' }, GATEWAY_PORTS),
          ...waysOut(tree, view, others, 'linkerd', 4143),
        ]),
  ];
}

/** What the script brings carries the label by which the bundle is made, as the own anchor does. */
function trust(tree: FileTree, { objects }: ClusterView): readonly string[] {
  const script = tree.get(SCRIPT) ?? '';
  const [, label = ''] = /label --local -f - (\S+)/.exec(script) ?? [];
  const [key = '', value = ''] = label.split('=');
  const bundled = objects
    .filter(({ kind }) => kind === 'Bundle')
    .flatMap(({ spec }) => list(at(spec, 'sources')))
    .some(source => at(source, 'secret', 'selector', 'matchLabels', key) === value);
  const anchored = objects.some(
    ({ kind, spec }) => kind === 'Certificate' && at(spec, 'secretTemplate', 'labels', key) === value,
  );
  return bundled && anchored ? [] : ['the anchors of other clusters are not trusted'];
}

export function credentials(script: string): readonly Finding[] {
  return [
    ...(/tls\\?\.key/.test(script) ? [finding(SCRIPT, 'hands on the key of an authority')] : []),
    ...(/clusterCredentialsSecret: cluster-credentials-\$1/.test(script) ===
    /create secret generic "cluster-credentials-\$there"/.test(script)
      ? []
      : [finding(SCRIPT, 'a link names credentials that nobody makes')]),
  ];
}
