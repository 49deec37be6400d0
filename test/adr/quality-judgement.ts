/** Rows R1 to R3, V1, Q1, E1, A1: the outcome, its consequences, its evidence, and that people decide. */
import { bullets, section } from './parse-record.ts';
import { check, type Rows, tagOf } from './quality-terms.ts';

/** A number, in digits or in words. */
const COUNTED =
  /\d|\b(?:nobody|nothing|one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|twice|once|thirty|hundred|first|second|third|quarter|tenth|an hour|a (?:day|week|month|year))\b/i;

export const JUDGEMENT_ROWS: Rows = {
  R1: record => {
    const outcome = section(record, 'Decision Outcome');
    const drivers = new Set(outcome.match(/\bD\d\b/g) ?? []);
    return [
      ...check(/^Chosen option: "(.+)", because .+\.$/m.test(outcome), 'no sentence as MADR fixes it'),
      ...check(drivers.size >= 2, 'the outcome refers to fewer than two drivers'),
      ...check(/^We will .+\.$/m.test(outcome), 'no active sentence'),
      ...check(
        /^In the context of .+, facing .+, we decided for .+ and neglected .+, to achieve .+, accepting that .+\.$/m.test(
          outcome,
        ),
        'no Y-statement',
      ),
    ];
  },
  R2: record => {
    const judged = bullets(section(record, 'Decision Outcome')).filter(line =>
      /^(Verdict|Runner-up)/.test(line),
    );
    return [
      ...check(judged.length > 0, 'no verdict in words'),
      ...check(
        !judged.some(line => /\d+\.\d|\d %|score/i.test(line)),
        'a bare number stands for a judgement',
      ),
      ...check(
        /^\* (Would change it|Default|Nodes|Reach|Alerts|Service identity)/m.test(
          section(record, 'Decision Outcome'),
        ),
        'nothing says what would change it',
      ),
    ];
  },
  R3: (record, { stack }) => {
    const outcome = stack.outcomes.find(one => one.decision === tagOf(record));
    const line = /^\* Confidence: (low|medium|high), because .+\.$/m.exec(
      section(record, 'Decision Outcome'),
    );
    const level = outcome?.status === 'decided' ? outcome.confidence.level : (line?.[1] ?? null);
    const provisional = outcome?.status === 'decided' && outcome.verdict === 'not-settled';
    return [
      ...check(line !== null && line[1] === level, 'no confidence with its reason'),
      ...check(
        !provisional || /provisional/.test(section(record, 'Decision Outcome')),
        'a provisional pick does not say so',
      ),
    ];
  },
  V1: record => {
    const more = bullets(section(record, 'More Information'));
    const triggers = more.filter(line => line.startsWith('Revisit when: '));
    return [
      ...check(
        more.some(line => /^Review by \d{4}-\d{2}-\d{2}\b/.test(line)),
        'no date of review',
      ),
      ...check(
        triggers.some(line => COUNTED.test(line)),
        'no trigger that can be counted',
      ),
    ];
  },
  Q1: record => {
    const consequences = bullets(section(record, 'Consequences'));
    const good = consequences.filter(line => line.startsWith('Good, because '));
    const bad = consequences.filter(line => line.startsWith('Bad, because '));
    return [
      ...check(good.length > 0, 'no good consequence'),
      ...check(bad.length > 0, 'no bad consequence'),
      ...check(
        bad.every(line => /\. (Accepted\.|Mitigation: .+\.|Owner: .+\.)$/.test(line)),
        'a bad consequence is left open',
      ),
      ...check(
        [...good, ...bad].some(line => /\((assumed, )?(D\d|[a-z ]+)[,)]/.test(line)),
        'no consequence names a driver',
      ),
    ];
  },
  E1: record => {
    const lines = bullets(section(record, 'Evidence'));
    const listed = lines.flatMap(line => /^(E\d+), [A-Z0-9-]+:/.exec(line)?.[1] ?? []);
    const cited = new Set((record.body.split('## Evidence')[0] ?? '').match(/\bE\d+\b/g) ?? []);
    const complete =
      /\((vendor|neutral|opinion)\).*(published \d{4}-\d\d-\d\d|undated), checked \d{4}-\d\d-\d\d, review by \d{4}-\d\d-\d\d(?: \(overdue\))?: \[.+\]\(https?:\/\/\S+\)$/;
    return [
      ...check(lines.length > 0, 'no evidence, and nothing says so'),
      ...[...cited].flatMap(id => check(listed.includes(id), `${id} is cited and not listed`)),
      ...listed.flatMap(id => check(cited.has(id), `${id} is listed and not cited`)),
      ...lines
        .filter(line => /^E\d/.test(line))
        .flatMap(line => check(complete.test(line), `incomplete: ${line.slice(0, 40)}`)),
      ...check(!lines.some(line => line.includes('(overdue)')), 'a fact is overdue'),
    ];
  },
  A1: record => [
    ...check((record.header.get('deciders') ?? '') !== '', 'nobody is named and nothing says so'),
    ...check(/^\* \[ \] Agreed by the decision makers/m.test(record.body), 'agreement is not left to people'),
  ],
};
