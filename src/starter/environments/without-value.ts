/** What no values of some clusters may say: a command, which looks at the example and at what people have made of it. */
import type { Cluster } from '../cluster-input.ts';
import type { Check } from '../part.ts';

export function withoutValue(
  clusters: readonly Cluster[],
  folder: string,
  line: string,
): Pick<Check, 'command' | 'path'> {
  const files = clusters.map(({ name }) => `${folder}/envs/${name}.tfvars`);
  const both = files.flatMap(file => [`${file}.example`, file]).join(' ');
  return { command: `! grep -qsE '^${line}$' ${both}`, path: `${files[0]}.example` };
}
