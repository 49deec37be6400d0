/** The content of an answers file as plain data under the keys of the file, in the order in which they are written. */
import type { Project } from '../content/project.ts';
import type { AnswersContent, Pin } from './answers-file.ts';

export type Section = Readonly<Record<string, unknown>>;
export interface PlainAnswers {
  readonly 'as-of': string | undefined;
  readonly project: Section;
  readonly answers: Section;
  readonly pins: Section;
}

export function plainAnswers({ asOf, project, answers, pins }: AnswersContent): PlainAnswers {
  return {
    'as-of': asOf ?? undefined,
    project: plainProject(project),
    answers: Object.fromEntries(answers),
    pins: Object.fromEntries([...pins].map(([id, pin]) => [id, plainPin(pin)])),
  };
}

function plainProject(project: Project): Section {
  const {
    name,
    organisation,
    domain,
    repository,
    regions,
    teams,
    oidcGroups,
    deciders,
    alertReceiver,
    network,
  } = project;
  return present({
    name,
    organisation,
    domain,
    repository,
    regions,
    teams,
    'oidc-groups': oidcGroups && present(oidcGroups),
    deciders,
    'alert-receiver': alertReceiver,
    network: network && present(network),
  });
}

function plainPin({ choose, because, owner, approver, expires }: Pin): Section {
  return present({ choose, because, owner, approver, expires });
}

function present(section: Section): Section {
  return Object.fromEntries(Object.entries(section).filter(([, value]) => value !== undefined));
}

/** For plain data with keys in the same order. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
