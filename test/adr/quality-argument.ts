/** Rows C1 to C3, D1, D2, O1 to O4: context, drivers and options. */
import { bullets, section, subsections } from './parse-record.ts';
import { check, chosen, plain, type Rows, stated, tagOf } from './quality-terms.ts';
import { problemsByMdbookLint } from './readers.ts';

const ORDINALS = ['first', 'second', 'third'];

export const ARGUMENT_ROWS: Rows = {
  C1: (record, { stack, catalogue }) => {
    const context = section(record, 'Context and Problem Statement');
    const given = [...stack.answers].filter(([id]) => !stack.assumed.includes(id));
    const told = given.filter(([id, answer]) => context.includes(plain(stated(catalogue, id, answer))));
    return [
      ...check(told.length >= Math.min(2, given.length), 'the context tells fewer than two of the answers'),
      ...check(/\?$/.test(context), 'the context does not end in a question'),
    ];
  },
  C2: (record, { stack, catalogue }) => {
    const quoted = [...stack.answers].map(([id, answer]) =>
      plain(stated(catalogue, id, answer)).replace(/\.$/, ''),
    );
    const own = section(record, 'Context and Problem Statement')
      .split('\n')
      .filter(line => !quoted.some(answer => line.includes(answer)))
      .join('\n');
    const option = chosen(record);
    return check(
      option !== '' && !own.toLowerCase().includes(option.toLowerCase()),
      'the context names the option',
    );
  },
  C3: (record, { stack, catalogue }) => {
    const outcome = stack.outcomes.find(one => one.decision === tagOf(record));
    const read = outcome?.status === 'decided' ? outcome.read.filter(id => stack.assumed.includes(id)) : [];
    const context = section(record, 'Context and Problem Statement');
    const [first] = read;
    const answer = first === undefined ? undefined : stack.answers.get(first);
    const told =
      first === undefined ||
      answer === undefined ||
      context.includes(plain(stated(catalogue, first, answer)).replace(/\.$/, ''));
    return [
      ...check(told, 'the assumption that matters most is not told'),
      ...problemsByMdbookLint(record.file, record.text).map(code => `mdbook-lint says ${code}`),
    ];
  },
  D1: record => {
    const drivers = bullets(section(record, 'Decision Drivers'));
    return [
      ...check(drivers.length >= 3 && drivers.length <= 7, `${drivers.length} drivers`),
      ...drivers.flatMap((driver, index) => [
        ...check(driver.startsWith(`D${index + 1}, `), `driver ${index + 1} has no id`),
        ...check(/Measured: |qualitative|must-have/i.test(driver), `driver ${index + 1} has no measure`),
        ...check(
          /From (rules? `|answer `|no answer)|Rule `|pros and cons/.test(driver),
          `driver ${index + 1} has no trace`,
        ),
      ]),
    ];
  },
  D2: record => {
    const text = section(record, 'Decision Drivers');
    const drivers = bullets(text);
    const ranks = drivers.map(line =>
      ORDINALS.findIndex(word => line.includes(`, ranked ${word} by the team`)),
    );
    const ranked = ranks.filter(rank => rank >= 0);
    const conflict = /^These drivers conflict: (.+)\.$/m.exec(text)?.[1];
    return [
      ...check(
        drivers.length > 0 && drivers.every(line => /^D\d/.test(line)),
        'drivers without a place in an order',
      ),
      ...check(
        ranked.every((rank, index) => index === 0 || rank > (ranked[index - 1] ?? -1)),
        'ranked drivers out of order',
      ),
      ...check(
        ranks.slice(0, ranked.length).every(rank => rank >= 0),
        'a driver that nobody ranked stands before a ranked one',
      ),
      ...check(
        conflict === undefined || new Set(conflict.match(/\bD\d\b/g)).size >= 2,
        'a conflict that names fewer than two drivers',
      ),
    ];
  },
  O1: record => {
    const options = bullets(section(record, 'Considered Options'));
    return check(options.length >= 2 && new Set(options).size === options.length, 'fewer than two options');
  },
  O2: record => {
    const [first, ...others] = subsections(section(record, 'Pros and Cons of the Options'));
    const ruledOut = [...subsections(section(record, 'Ruled Out')).values()];
    return [
      ...check(first !== undefined && others.length + ruledOut.length > 0, 'no other option is argued'),
      ...others.flatMap(([title, text]) => [
        ...check(
          /^\* Good, because .*\((D\d|[a-z ]+)[,)]|on [a-z ]+ \(D\d/m.test(text),
          `${title} has no advantage for a driver`,
        ),
        ...check(
          /^Not chosen because .*\b(D\d|operability|cost|security|portability|performance|time to market)\b.*\.$/m.test(
            text,
          ),
          `${title} is not refused by a driver`,
        ),
      ]),
      ...ruledOut.flatMap(text =>
        check(/by `[^`]+\/[^`]+`|would apply if/.test(text), 'a ruled-out option has no rule'),
      ),
    ];
  },
  O3: record => {
    const own = subsections(section(record, 'Pros and Cons of the Options')).get(chosen(record)) ?? '';
    const good = clauses(own, 'Good');
    const bad = clauses(own, 'Bad');
    return [
      ...check(bad.length > 0, 'the chosen option has no disadvantage'),
      ...check(!bad.some(clause => good.includes(clause)), 'a disadvantage restates an advantage'),
    ];
  },
  O4: record => {
    const listed = bullets(section(record, 'Considered Options'));
    const argued = [
      ...subsections(section(record, 'Pros and Cons of the Options')).keys(),
      ...subsections(section(record, 'Ruled Out')).keys(),
    ];
    return [
      ...check(listed.includes(chosen(record)), 'the outcome names an option that is not listed'),
      ...check([...listed].sort().join('|') === argued.sort().join('|'), 'listed and argued options differ'),
      ...check(!listed.some(title => title.includes(', because')), 'a title holds a reason'),
    ];
  },
};

function clauses(text: string, kind: 'Good' | 'Bad'): readonly string[] {
  return bullets(text)
    .filter(line => line.startsWith(`${kind}, because `))
    .map(line => line.slice(`${kind}, because `.length));
}
