/** What to take instead of something that ends. */
import type { Catalogue, Component, Condition, Day, Id, KubernetesRelease } from '../content/catalogue.ts';

type Provider = keyof KubernetesRelease['supportedUntil'];

export const PROVIDERS: readonly { readonly id: Provider; readonly name: string }[] = [
  { id: 'upstream', name: 'The Kubernetes project' },
  { id: 'eks', name: 'EKS' },
  { id: 'aks', name: 'AKS' },
  { id: 'gke', name: 'GKE' },
  { id: 'openshift', name: 'OpenShift' },
];

/** A newer version of it, or other options of the decisions that bring it, whose components last beyond the day. */
export function insteadOf(catalogue: Catalogue, component: Component, day: Day): string {
  const newer = 'Name a newer version of it in recommendations/releases.yaml.';
  const choices = choicesIn(component.usedWhen);
  const others = catalogue.decisions.flatMap(({ id, title, options }) => {
    const ending = choices.filter(({ decision }) => decision === id).flatMap(choice => choice.options);
    if (ending.length === 0) return [];
    const lasting = options.filter(one => !ending.includes(one.id) && lasts(catalogue, id, one.id, day));
    return lasting.length === 0 ? [] : [`${title}: ${lasting.map(({ label }) => label).join(', ')}`];
  });
  return others.length === 0 ? newer : `${newer} What to pick until then: ${others.join('; ')}.`;
}

/** The minor that the provider supports longest. */
export function laterMinor(catalogue: Catalogue, provider: Provider, day: Day): string {
  const [longest] = catalogue.releases.kubernetes
    .flatMap(({ minor, supportedUntil }) => {
      const until = supportedUntil[provider];
      return until === null || until <= day ? [] : [{ minor, until }];
    })
    .sort((a, b) => (a.until > b.until ? -1 : 1));
  if (longest === undefined) return 'Add newer minors: none here is supported for longer.';
  return `Pick ${longest.minor}, supported until ${longest.until}.`;
}

/** False where the option brings a component that ends by the day. */
function lasts(catalogue: Catalogue, decision: Id, option: Id, day: Day): boolean {
  return !catalogue.releases.components.some(
    ({ endOfLife, usedWhen }) =>
      endOfLife !== null &&
      endOfLife <= day &&
      choicesIn(usedWhen).some(one => one.decision === decision && one.options.includes(option)),
  );
}

function choicesIn(condition: Condition): readonly (Condition & { readonly op: 'decision' })[] {
  switch (condition.op) {
    case 'all':
    case 'any':
      return condition.of.flatMap(choicesIn);
    case 'term':
      return choicesIn(condition.of);
    case 'decision':
      return [condition];
    default:
      return [];
  }
}
