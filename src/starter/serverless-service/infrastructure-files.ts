/** Files under infra/, each opening with the record that it follows from. */
import type { Id } from '../../content/catalogue.ts';
import type { HclExpression } from '../../files/hcl.ts';
import type { FileTree } from '../../files/tree.ts';
import type { StarterInput } from '../part.ts';
import { terraformText } from '../terraform.ts';

export type InfrastructureFile = readonly [file: string, decision: Id, says: string, code: HclExpression];

export function infrastructureFiles(input: StarterInput, lines: readonly InfrastructureFile[]): FileTree {
  return new Map(
    lines.map(([file, decision, says, code]) => [
      file,
      // Nested pieces are indented as a whole, their empty lines too.
      terraformText(input, decision, says, code).replace(/^ +$/gm, ''),
    ]),
  );
}

/** The lines where they are wanted, else none. */
export const only = (
  wanted: boolean,
  ...lines: readonly InfrastructureFile[]
): readonly InfrastructureFile[] => (wanted ? lines : []);
