/** What will be out of date within two months, with what to take instead. */
import { insteadOf, laterMinor, PROVIDERS } from '../expiry.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

const DAYS = 60;

export const expiresSoon: Property = {
  code: 'expires-soon',
  phase: 'dates',
  check({ bench, day }) {
    const { catalogue } = bench.engine;
    const { components, kubernetes } = catalogue.releases;
    const last = daysAfter(day, DAYS);
    const isSoon = (date: string | null): date is string => date !== null && date >= day && date <= last;
    return [
      ...catalogue.facts
        .filter(fact => isSoon(fact.reviewBy))
        .map(fact =>
          soon(
            `fact:${fact.id}`,
            `this fact is to be looked at again by ${fact.reviewBy}`,
            `Read ${fact.source.url} again, then set "checked" and "review-by".`,
          ),
        ),
      ...components
        .filter(({ endOfLife }) => isSoon(endOfLife))
        .map(component =>
          soon(
            `component:${component.id}`,
            `${component.title} ${component.version} reaches its end of life on ${component.endOfLife}`,
            insteadOf(catalogue, component, last),
          ),
        ),
      ...kubernetes.flatMap(({ minor, supportedUntil }) =>
        PROVIDERS.filter(({ id }) => isSoon(supportedUntil[id])).map(({ id, name }) =>
          soon(
            `kubernetes:${minor}`,
            `${name} supports Kubernetes ${minor} until ${supportedUntil[id]}`,
            laterMinor(catalogue, id, last),
          ),
        ),
      ),
    ];
  },
};

const soon = (subject: string, message: string, help: string): Finding => ({
  code: 'expires-soon',
  severity: 'note',
  subject,
  message,
  help,
  reproduction: [],
});

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
