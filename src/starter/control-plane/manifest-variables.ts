/** Values that are known before the infrastructure is: in manifests as they are, and put out by it to be compared. */
import type { HclExpression } from '../../files/hcl.ts';
import type { FileTree } from '../../files/tree.ts';
import type { Cluster, ClusterInput } from '../cluster-input.ts';
import type { ManifestVariables } from './control-plane.ts';

export interface KnownVariable {
  readonly name: string;
  /** What is put in the place of `${…}` in manifests. */
  readonly value: (input: ClusterInput, cluster: Cluster) => string;
  /** The same as the infrastructure knows it. */
  readonly output: string;
}

/** Of the table those that manifests use; `outputs` writes their page. */
export function knownVariables(
  input: ClusterInput,
  table: readonly KnownVariable[],
  used: ReadonlySet<string>,
  outputs: (input: ClusterInput, expressions: Readonly<Record<string, HclExpression>>) => FileTree,
): ManifestVariables {
  const variables = table.filter(({ name }) => used.has(name));
  const expressions = variables.map(({ name, output }): [string, HclExpression] => [
    name,
    { kind: 'expression', code: output },
  ]);
  return {
    files: outputs(input, Object.fromEntries(expressions)),
    of: cluster => Object.fromEntries(variables.map(({ name, value }) => [name, value(input, cluster)])),
    placeholders: [],
  };
}
