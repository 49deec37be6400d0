/** Runs all proofs over content that was loaded; the findings that weigh most come first. */
import type { Catalogue, Day } from '../content/catalogue.ts';
import type { Resolved } from '../content/resolve.ts';
import { createEngine } from '../engine/compile.ts';
import type { Phase } from '../proof/property.ts';
import { type Proof, prove } from '../proof/prove.ts';

export interface ContentToProve extends Pick<Resolved, 'scenarios' | 'places'> {
  readonly catalogue: Catalogue;
}
export interface ProvenContent extends ContentToProve {
  readonly day: Day;
  readonly proof: Proof;
}

export function proveContent(
  content: ContentToProve,
  day: Day,
  onPhase: (phase: Phase) => void,
): ProvenContent {
  const proof = prove(createEngine(content.catalogue), content.scenarios, day, onPhase);
  const findings = (['error', 'warning', 'note'] as const).flatMap(severity =>
    proof.findings.filter(finding => finding.severity === severity),
  );
  return { ...content, day, proof: { ...proof, findings } };
}
