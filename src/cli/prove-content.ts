/** Loads the YAML, ours and that of packs, and runs all proofs over it; findings come back with places and answers files. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import { writeAnswers } from '../answers/write.ts';
import type { Answers, Catalogue, Day } from '../content/catalogue.ts';
import type { Diagnostic } from '../content/diagnostic.ts';
import { createEngine } from '../engine/compile.ts';
import type { Finding } from '../proof/finding.ts';
import { prove } from '../proof/prove.ts';
import { loadFromSource } from './source-catalogue.ts';

export interface PlacedFinding extends Omit<Finding, 'reproduction'> {
  /** `file:line:column`, or what is meant where no file names it. */
  readonly place: string;
  /** Texts that `chartroom decide -` takes. */
  readonly reproduction: readonly string[];
}
export type ProvenContent =
  | { readonly diagnostics: readonly Diagnostic[] }
  | { readonly findings: readonly PlacedFinding[]; readonly counts: Readonly<Record<string, number>> };

export function proveContent(
  packs: readonly string[],
  day: Day,
  onPhase: (phase: string) => void,
): ProvenContent {
  const root = join(
    import.meta.dirname,
    existsSync(join(import.meta.dirname, 'catalogue.json')) ? '..' : '../..',
  );
  const { catalogue, diagnostics, places, scenarios } = loadFromSource(root, version, packs);
  if (catalogue === null) return { diagnostics };
  const proof = prove(createEngine(catalogue), scenarios, day, onPhase);
  const findings = proof.findings.map(finding => {
    const found = places.get(finding.subject);
    const place = found === undefined ? finding.subject : `${found.file}:${found.line}:${found.column}`;
    return {
      ...finding,
      place,
      reproduction: finding.reproduction.map(answers => answersText(answers, day)),
    };
  });
  return {
    findings,
    counts: {
      ...countsOf(catalogue),
      scenarios: scenarios.length,
      simulated: proof.simulated,
      solved: proof.solved,
    },
  };
}

const answersText = (answers: Answers, asOf: Day): string =>
  writeAnswers({ asOf, project: { name: 'reproduction' }, answers, pins: new Map() });

function countsOf({ decisions, questions, facts }: Catalogue): Record<string, number> {
  return {
    decisions: decisions.length,
    options: decisions.flatMap(({ options }) => options).length,
    rules: decisions.flatMap(({ rules }) => rules).length,
    questions: questions.length,
    facts: facts.length,
    invariants: decisions.flatMap(({ invariants }) => invariants).length,
    'monotone claims': decisions.flatMap(({ monotone }) => monotone).length,
  };
}
