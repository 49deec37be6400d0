/** Pieces of HCL put together. */
import { type HclExpression, isHclIdentifier } from '../../files/hcl.ts';

/** The pieces that are there, an empty line between them. */
export function together(...pieces: readonly (HclExpression | null)[]): HclExpression {
  const code = pieces.map(piece => piece?.code.trim() ?? '').filter(piece => piece !== '');
  return { kind: 'expression', code: code.join('\n\n') };
}

/** A name as code, for instance that of a workload in an address. */
export function identifier(name: string): HclExpression {
  if (!isHclIdentifier(name)) throw new Error(`not an HCL identifier: ${name}`);
  return { kind: 'expression', code: name };
}
