/** Runs all proofs over content that was loaded; the findings that weigh most come first. */
import { relative } from 'node:path';
import type { Catalogue, Day } from '../content/catalogue.ts';
import type { Resolved } from '../content/resolve.ts';
import { createEngine } from '../engine/compile.ts';
import type { Finding, Severity } from '../proof/finding.ts';
import type { Phase } from '../proof/property.ts';
import { type Proof, prove } from '../proof/prove.ts';

export interface ContentToProve extends Pick<Resolved, 'scenarios' | 'places'> {
  readonly catalogue: Catalogue;
  /** Folders of the packs beside ours. */
  readonly packs: readonly string[];
}
export interface ProvenContent extends ContentToProve {
  readonly day: Day;
  readonly proof: Proof;
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

export function proveContent(
  content: ContentToProve,
  day: Day,
  onPhase: (phase: Phase) => void,
): ProvenContent {
  const proof = prove(createEngine(content.catalogue), content.scenarios, day, onPhase);
  const graded = proof.findings.map(finding => withPacks(finding, content));
  const findings = SEVERITIES.flatMap(severity => graded.filter(finding => finding.severity === severity));
  return { ...content, day, proof: { ...proof, findings } };
}

/** What a ban or a mandate makes idle on purpose. */
const IDLE = new Set([
  'always-fires',
  'answer-changes-nothing',
  'changes-nothing',
  'never-asked',
  'never-fires',
  'never-matters',
  'never-needed',
  'never-wins',
  'scenario-failed',
]);

/** Our content holds by itself. Where packs take from it what somebody else needs, that is for reading, not a mistake. */
function withPacks(finding: Finding, { packs, places }: ContentToProve): Finding {
  if (packs.length === 0 || !IDLE.has(finding.code)) return finding;
  const file = places.get(finding.subject)?.file;
  if (file === undefined || packs.some(pack => !relative(pack, file).startsWith('..'))) return finding;
  const message = `with these packs, ${finding.message}`;
  return { ...finding, severity: 'note', message, help: 'Nothing to do where the packs mean it so.' };
}
