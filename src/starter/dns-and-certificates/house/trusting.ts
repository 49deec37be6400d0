/** Has everything that calls out believe what the authorities of the house sign for. */
import type { Component, Contribution } from '../../contribution.ts';
import { ARGO_CHART } from '../../gitops/argo-cd/names.ts';
import type { ModuleInput } from '../../module.ts';
import type { Edge } from '../../network/edge.ts';
import { AUTHORITIES_PLACEHOLDER, trustsHouse } from './authorities.ts';
import { withAuthorities } from './charts.ts';
import { houseAuthoritiesPage } from './page.ts';

type Whole = Required<Contribution>;

export function trustingHouse(input: ModuleInput, whole: Whole): Whole {
  if (!trustsHouse(input)) return whole;
  const calling = new Set(whole.edges.filter(leaves).map(({ owner }) => owner));
  // Policies of whoever delivers lie with the namespaces.
  if (calling.has('namespaces')) calling.add(ARGO_CHART);
  const told = new Map(
    whole.components.flatMap(component => {
      const trusting = calling.has(component.id) ? trustingOf(component) : null;
      return trusting === null ? [] : [[component.id, trusting] as const];
    }),
  );
  const authorities = [
    ...whole.authorities,
    ...[...told.values()].flatMap(({ chart }) => (chart === undefined ? [] : [chart.namespace])),
  ];
  return {
    ...whole,
    components: whole.components.map(each => told.get(each.id) ?? each),
    authorities,
    runbooks: [...whole.runbooks, houseAuthoritiesPage(input, [...new Set(authorities)].sort())],
    placeholders: [...whole.placeholders, AUTHORITIES_PLACEHOLDER],
  };
}

function leaves({ direction, peers }: Edge): boolean {
  return direction === 'egress' && peers.some(({ kind }) => kind === 'anywhere');
}

function trustingOf(component: Component): Component | null {
  const { chart } = component;
  const values = chart === undefined ? null : withAuthorities(chart.release, chart.values);
  return chart === undefined || values === null ? null : { ...component, chart: { ...chart, values } };
}
