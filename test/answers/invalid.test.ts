/** What is said about each file in test/fixtures/answers/invalid: `line:column: code: message`, the help on a second line. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAnswers } from '../../src/answers/parse.ts';
import { formatDiagnostic } from '../../src/content/diagnostic.ts';
import { SMALL } from './small-catalogue.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/answers/invalid');

const SAID: Readonly<Record<string, readonly string[]>> = {
  'a-list': ['1:1: wrong-type: an answers file is a map, not a list\n  It begins with chartroom: 1.'],
  'alias-bomb': [
    '2:1: unknown-key: no key "a" here\n  Known: chartroom, as-of, project, answers, pins.',
    '3:1: unknown-key: no key "b" here\n  Known: chartroom, as-of, project, answers, pins.',
    '3:8: alias: the alias *a is not read, nor are the 71 others\n  Write the value out.',
    '4:1: unknown-key: no key "c" here\n  Known: chartroom, as-of, project, answers, pins.',
    '5:1: unknown-key: no key "d" here\n  Known: chartroom, as-of, project, answers, pins.',
    '6:1: unknown-key: no key "e" here\n  Known: chartroom, as-of, project, answers, pins.',
    '7:1: unknown-key: no key "f" here\n  Known: chartroom, as-of, project, answers, pins.',
    '8:1: unknown-key: no key "g" here\n  Known: chartroom, as-of, project, answers, pins.',
    '9:1: unknown-key: no key "h" here\n  Known: chartroom, as-of, project, answers, pins.',
    '10:1: unknown-key: no key "i" here\n  Known: chartroom, as-of, project, answers, pins.',
  ],
  alias: ['5:15: alias: the alias *p is not read\n  Write the value out.'],
  'as-of-is-a-number': ['3:8: wrong-type: "as-of" is the number 20261120; write a day such as 2026-11-20'],
  'bad-as-of': ['3:8: bad-date: "as-of" is no day such as 2026-11-20'],
  'bad-project': [
    '3:9: bad-name: "name" is not a name that every system takes\n  Lower-case letters, digits and hyphens, at most 40, beginning with a letter: shop.',
    '4:11: bad-name: "domain" is not a domain\n  In lower case and ASCII, such as shop.example.com.',
    '5:3: unknown-key: no key "organization" here; did you mean "organisation"?\n  Keys: name, organisation, domain, repository, regions, teams, oidc-groups, deciders, alert-receiver, network.',
  ],
  'direction-mark': [
    '4:19: direction-character: this text contains U+202E, which is invisible or changes the direction of text\n  Remove it; it makes text read other than it is.',
  ],
  'duplicate-key': ['6:3: duplicate-key: "cloud" is already written above\n  Keep one of the two.'],
  empty: [' empty-file: the file holds no answers\n  chartroom answers prints one to start from.'],
  'format-in-quotes': [
    '1:12: wrong-type: "chartroom" is the format of the file, the number 1, not "1"\n  Write chartroom: 1 at the top.',
  ],
  'half-a-service': [
    '5:13: wrong-type: "services" is a whole number, not 2.5\n  A whole number from 1 to 500, or unsure.',
  ],
  'misplaced-keys': [
    '2:1: unknown-key: no key "name" here\n  Project details stand below project: and are indented.',
    '3:1: unknown-key: no key "cloud" here\n  Answers stand below answers: and are indented.',
    '4:1: unknown-key: no key "answer" here; did you mean "answers"?\n  Known: chartroom, as-of, project, answers, pins.',
  ],
  'misspelt-answers': [
    '4:10: unknown-answer: "cloud" has no answer "azzure"; did you mean "azure"?\n  It has aws, azure, gcp, on-prem; or unsure.',
    '5:15: unknown-answer: "compliance" has no answer "hippa"; did you mean "hipaa"?\n  It has pci-dss, hipaa, iso-27001; or unsure.',
  ],
  'newer-format': [
    '1:12: newer-format: this answers file has format 2; this Chartroom reads format 1\n  Use a newer Chartroom.',
  ],
  'no-format': ['1:1: missing-format: "chartroom" is missing\n  Write chartroom: 1 at the top.'],
  'no-such-day': ['3:8: bad-date: "as-of" is no day such as 2026-11-20'],
  'number-in-quotes': ['5:13: wrong-type: "services" is a number, not "12"\n  Write it without quotes.'],
  'number-out-of-range': [
    '5:13: out-of-range: "services" cannot be 0\n  A whole number from 1 to 500, or unsure.',
  ],
  'only-a-comment': [' empty-file: the file holds no answers\n  chartroom answers prints one to start from.'],
  'overlapping-cidrs': [
    '4:37: overlap: "pods" 10.0.128.0/17 (10.0.128.0 to 10.0.255.255) overlaps "vpc" 10.0.0.0/16 (10.0.0.0 to 10.0.255.255)\n  Addresses in both would be routed to one of them only.',
  ],
  'pin-of-unknown-decision': [
    '5:3: unknown-decision: no decision "mash"; did you mean "mesh"?\n  Known: cni, mesh.',
  ],
  'pin-of-unknown-option': [
    '5:18: unknown-option: no option of mesh "linkered"; did you mean "linkerd"?\n  Known: none, linkerd, istio-ambient.',
  ],
  'pin-with-bad-expiry': ['5:58: bad-date: "expires" is no day such as 2026-11-20'],
  'pin-with-empty-because': ['5:36: empty: "because" is empty\n  Write something, or leave it out.'],
  'pin-with-line-break': [
    '5:36: line-break: "because" contains a line break or a tab\n  Write it on one line.',
  ],
  'pin-with-unknown-key': [
    '5:49: unknown-key: no key "expire" here; did you mean "expires"?\n  Keys: choose, because, owner, approver, expires.',
  ],
  'pin-without-because': ['5:9: missing-because: "because" is missing\n  Say why in one sentence.'],
  'pin-without-map': ['5:9: wrong-type: "mesh" is "linkerd"; write a map such as {choose: …, because: …}'],
  prose: ['1:1: wrong-type: an answers file is a map, not "cloud is aws"\n  It begins with chartroom: 1.'],
  prototype: [
    '3:11: bad-key: this key is not a word\n  Keys are words; put quotes around it if it is meant as text.',
    '3:48: unknown-question: no question "constructor"\n  Known: cloud, services, windows, compliance, drivers.',
  ],
  'same-answer-twice': ['5:15: duplicate-answer: "compliance" lists "hipaa" twice\n  Keep one.'],
  'sections-of-wrong-type': [
    '2:10: wrong-type: "project" is a map, not "shop"\n  Such as project: {name: shop}.',
    '3:10: wrong-type: "answers" is a map, not a list\n  Such as answers: {cloud: aws}.',
    '4:7: wrong-type: "pins" is a map, not "none"\n  Such as pins: {mesh: {choose: none, because: We have no need for one.}}.',
  ],
  'tab-indentation': ['4:1: tab: a tab is used to indent\n  Indent with spaces.'],
  tag: ['3:27: tag: the tag !!binary is not read\n  Remove the tag.'],
  'too-many-drivers': ['5:12: too-many: "drivers" takes at most 2\n  Keep the first ones.'],
  'two-clouds': [
    '4:10: wrong-type: "cloud" takes one answer, not a list\n  It has aws, azure, gcp, on-prem; or unsure.',
  ],
  'two-documents': ['4:1: yaml: a second document begins here\n  Keep one document in a file.'],
  'unclosed-brace': [
    '3:1: yaml: flow map in block collection must be sufficiently indented and end with a }',
  ],
  'unknown-answer': [
    '4:10: unknown-answer: "cloud" has no answer "amazon"\n  It has aws, azure, gcp, on-prem; or unsure.',
  ],
  'unknown-question': [
    '5:3: unknown-question: no question "servces"; did you mean "services"?\n  Known: cloud, services, windows, compliance, drivers.',
  ],
  'unsure-and-something-else': [
    '5:15: wrong-type: "compliance" cannot be unsure and something else\n  Write compliance: unsure.',
  ],
  'wrong-types': [
    '5:13: wrong-type: "services" is a number, not "many"\n  A whole number from 1 to 500, or unsure.',
    '6:12: wrong-type: "windows" takes one answer, not true\n  Write yes.',
    '7:15: wrong-type: "compliance" takes a list, not "pci-dss"\n  Write [pci-dss].',
  ],
  'yaml-1.1': [
    '1:1: yaml-version: the %YAML directive asks for another version\n  Remove it; YAML 1.2 is read.',
  ],
  'zero-bytes': [' not-text: this is no text file: it holds a zero byte\n  Name the answers file.'],
};

describe('an answers file that is wrong', () => {
  it.each(Object.entries(SAID))('%s: every mistake is named with its place', (name, said) => {
    const path = `${name}.yaml`;
    const { file, diagnostics } = parseAnswers(readFileSync(join(FOLDER, path), 'utf8'), path, SMALL);
    expect(file).toBeNull();
    expect(
      diagnostics.map(diagnostic => formatDiagnostic(diagnostic).replace(path, '').replace(/^:/, '')),
    ).toEqual(said);
  });

  it('has its line in the table above', () => {
    expect(readdirSync(FOLDER).toSorted()).toEqual(
      Object.keys(SAID)
        .map(name => `${name}.yaml`)
        .toSorted(),
    );
  });
});
