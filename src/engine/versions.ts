/** The versions of a stack: its components, the Kubernetes minor and the Gateway API version that they can share. */
import type { Component, Day, Id, KubernetesRelease } from '../content/catalogue.ts';
import { type Engine, type State, YES } from './model.ts';
import type { KubernetesVersion, VersionNotice, Versions } from './outcome.ts';
import { compareVersions, isWithin } from './version-number.ts';

type Provider = keyof KubernetesRelease['supportedUntil'];

/** `state` holds the picks and the answers of one run. */
export function resolveVersions(engine: Engine, state: State, asOf: Day): Versions {
  const hasCluster = isPicked(engine, state, 'platform', ['kubernetes', 'both']);
  const used = engine.components
    .filter(({ component, usedWhen }) =>
      isEverywhere(component) ? hasCluster : usedWhen.test(state) === YES,
    )
    .map(({ component }) => component)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    kubernetes: hasCluster ? kubernetesFor(engine, used, providerOf(engine, state), asOf) : null,
    gatewayApi: sharedGatewayApi(used),
    components: Object.fromEntries(used.map(component => [component.id, component.version])),
    notices: used.flatMap(component => noticesOf(component, asOf)),
  };
}

const isEverywhere = ({ usedWhen }: Component): boolean => usedWhen.op === 'all' && usedWhen.of.length === 0;

function isPicked(engine: Engine, state: State, decision: Id, options: readonly Id[]): boolean {
  const compiled = engine.decisions[engine.decisionIndex.get(decision) ?? -1];
  if (compiled === undefined) return false;
  return compiled.options.some(
    ({ option, index }) => options.includes(option.id) && state.picks[compiled.index] === 1 << index,
  );
}

const MANAGED: readonly { readonly cloud: Id; readonly provider: Provider }[] = [
  { cloud: 'aws', provider: 'eks' },
  { cloud: 'azure', provider: 'aks' },
  { cloud: 'gcp', provider: 'gke' },
];
const NAME: Readonly<Record<Provider, string>> = {
  upstream: 'the Kubernetes project',
  eks: 'EKS',
  aks: 'AKS',
  gke: 'GKE',
  openshift: 'OpenShift',
};

/** Whose support counts: the cloud's for a managed control plane, the vendor's for OpenShift, else that of the Kubernetes project. */
function providerOf(engine: Engine, state: State): Provider {
  if (isPicked(engine, state, 'distribution', ['openshift'])) return 'openshift';
  if (isPicked(engine, state, 'control-plane', ['self-managed'])) return 'upstream';
  const index = engine.questionIndex.get('cloud') ?? -1;
  const question = engine.questions[index]?.question;
  if (question?.kind !== 'choice') return 'upstream';
  const cloud = question.choices.find((_, position) => state.may[index] === 1 << position);
  return MANAGED.find(managed => managed.cloud === cloud?.id)?.provider ?? 'upstream';
}

/** A minor that the provider offers, until when, and who does not declare it. */
interface Offer {
  readonly minor: string;
  readonly until: Day;
  readonly outside: readonly Component[];
}

function kubernetesFor(
  engine: Engine,
  used: readonly Component[],
  provider: Provider,
  asOf: Day,
): KubernetesVersion | null {
  const offers = engine.catalogue.releases.kubernetes.flatMap((release): readonly Offer[] => {
    const until = release.supportedUntil[provider];
    const outside = used.filter(component => !declares(component, release.minor));
    return until === null ? [] : [{ minor: release.minor, until, outside }];
  });
  const supported = offers.filter(offer => offer.until >= asOf);
  const [chosen] = [...(supported.length > 0 ? supported : offers)].sort(
    (a, b) =>
      a.outside.length - b.outside.length ||
      (a.until === b.until ? compareVersions(b.minor, a.minor) : a.until > b.until ? -1 : 1),
  );
  if (chosen === undefined) return null;
  const [next] = offers
    .filter(offer => compareVersions(offer.minor, chosen.minor) > 0)
    .sort((a, b) => compareVersions(a.minor, b.minor));
  const binding = next?.outside ?? [];
  const left = chosen.until >= asOf ? monthsBetween(asOf, chosen.until) : 0;
  return {
    minor: chosen.minor,
    supportedUntil: chosen.until,
    monthsLeft: left,
    bindingComponents: binding.map(component => component.id),
    outside: chosen.outside.map(component => component.id),
    because: [whyThis(chosen, provider, left, asOf), ...whyNotNext(next, binding)].join(' '),
  };
}

function declares({ kubernetes }: Component, minor: string): boolean {
  if (kubernetes === null) return true;
  return compareVersions(kubernetes.from, minor) <= 0 && compareVersions(minor, kubernetes.to) <= 0;
}

function whyThis(chosen: Offer, provider: Provider, left: number, asOf: Day): string {
  if (chosen.until < asOf) {
    return `No minor in this knowledge is supported by ${NAME[provider]} on ${asOf}; Kubernetes ${chosen.minor} was supported until ${chosen.until}.`;
  }
  const support = `${NAME[provider]} supports Kubernetes ${chosen.minor} until ${chosen.until}, ${months(left)} from ${asOf}`;
  if (chosen.outside.length === 0) {
    return `${support}; it is the longest supported minor that every component of this stack declares.`;
  }
  return `${support}; no supported minor lies within the range of every component, and this one is outside that of ${ranges(chosen.outside)}.`;
}

function whyNotNext(next: Offer | undefined, binding: readonly Component[]): readonly string[] {
  if (next === undefined || binding.length === 0) return [];
  return [`Kubernetes ${next.minor}, supported until ${next.until}, is beyond ${ranges(binding)}.`];
}

/** Of many that are named in one sentence the first stand for all. */
const MOST_NAMED = 3;

function ranges(components: readonly Component[]): string {
  const parts = components.map(({ title, version, kubernetes }) => {
    const range = kubernetes === null ? '' : ` (${kubernetes.from} to ${kubernetes.to})`;
    return `${title} ${version}${range}`;
  });
  const rest = parts.length - MOST_NAMED;
  return rest < 2 ? listed(parts) : listed([...parts.slice(0, MOST_NAMED), `${rest} others`]);
}

const months = (count: number): string => (count === 1 ? '1 month' : `${count} months`);

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** Whole months from one day to a later one. */
function monthsBetween(from: Day, to: Day): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number);
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0);
}

/** The highest version that every component that has to do with it can share: the lowest of them. */
function sharedGatewayApi(used: readonly Component[]): string | null {
  const each = used.flatMap(({ gatewayApi }) => (gatewayApi === null ? [] : [gatewayApi]));
  const [lowest] = each.sort(compareVersions);
  return lowest ?? null;
}

function noticesOf(component: Component, asOf: Day): readonly VersionNotice[] {
  const { id, title, version, endOfLife } = component;
  const ended: readonly VersionNotice[] =
    endOfLife !== null && endOfLife < asOf
      ? [
          {
            component: id,
            kind: 'end-of-life',
            says: `${title} ${version} reached its end of life on ${endOfLife}.`,
            issue: '',
          },
        ]
      : [];
  const bad = component.knownBad
    .filter(known => isWithin(version, known.versions) && asOf <= known.until)
    .map((known): VersionNotice => {
      const when = known.onlyWhen === '' ? '' : ` when ${known.onlyWhen.replace(/\.$/, '')}`;
      return {
        component: id,
        kind: 'known-bad',
        says: `${title} ${version} is known to be bad${when}.`,
        issue: known.issue,
      };
    });
  return [...ended, ...bad];
}
