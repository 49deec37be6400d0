import { describe, expect, it } from 'vitest';
import { applySet } from '../../src/answers/set.ts';
import { formatDiagnostic } from '../../src/content/diagnostic.ts';
import { SMALL } from './small-catalogue.ts';

const BEFORE = new Map<string, string | number>([
  ['cloud', 'aws'],
  ['services', 3],
]);

describe('--set', () => {
  it.each([
    ['services=40', 'services', 40],
    ['services=unsure', 'services', 'unsure'],
    ['cloud = gcp', 'cloud', 'gcp'],
    ['windows=no', 'windows', 'no'],
    ['compliance=hipaa,pci-dss', 'compliance', ['pci-dss', 'hipaa']],
    ['compliance=[hipaa, pci-dss]', 'compliance', ['pci-dss', 'hipaa']],
    ['compliance=', 'compliance', []],
    ['compliance=unsure', 'compliance', 'unsure'],
    ['drivers=security,cost', 'drivers', ['security', 'cost']],
  ])('%s answers the question', (assignment, id, answer) => {
    const { answers, changed, diagnostics } = applySet(BEFORE, [assignment], SMALL);
    expect(diagnostics).toEqual([]);
    expect(answers.get(id)).toEqual(answer);
    expect(changed).toEqual(new Map([[id, answer]]));
    expect(answers.size).toBe(new Set([...BEFORE.keys(), id]).size);
  });

  it.each([
    ['services', '--set services: usage: no = between question and answer\n  Such as --set services=12.'],
    [
      'servces=3',
      '--set servces=3: unknown-question: no question "servces"; did you mean "services"?\n  Known: cloud, services, windows, compliance, drivers.',
    ],
    [
      'services=many',
      '--set services=many: wrong-type: "services" is a number, not "many"\n  A whole number from 1 to 500, or unsure.',
    ],
    [
      'services=0',
      '--set services=0: out-of-range: "services" cannot be 0\n  A whole number from 1 to 500, or unsure.',
    ],
    [
      'services=',
      '--set services=: wrong-type: "services" is a number, not ""\n  A whole number from 1 to 500, or unsure.',
    ],
    [
      'cloud=azzure',
      '--set cloud=azzure: unknown-answer: "cloud" has no answer "azzure"; did you mean "azure"?\n  It has aws, azure, gcp, on-prem; or unsure.',
    ],
    [
      'pins.mesh=none',
      '--set pins.mesh=none: unknown-question: no question "pins.mesh"\n  Known: cloud, services, windows, compliance, drivers.',
    ],
    [
      '__proto__=x',
      '--set __proto__=x: unknown-question: no question "__proto__"\n  Known: cloud, services, windows, compliance, drivers.',
    ],
  ])('%s is refused with its place', (assignment, said) => {
    const { answers, diagnostics } = applySet(BEFORE, [assignment], SMALL);
    expect(diagnostics.map(formatDiagnostic)).toEqual([said]);
    expect(answers).toEqual(BEFORE);
  });

  it('names all that is wrong at once', () => {
    const { diagnostics } = applySet(BEFORE, ['services=0', 'clod=aws', 'services=4', 'services=5'], SMALL);
    expect(diagnostics.map(({ code }) => code)).toEqual([
      'out-of-range',
      'unknown-question',
      'duplicate-key',
    ]);
  });
});
