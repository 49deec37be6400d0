/** All objects of a cluster together, under the default checks of kube-linter. */
import { type Check, merge, type Report } from '../check.ts';
import { run } from '../process.ts';
import { clustersOf, type RenderedCluster } from '../render.ts';
import { programOf } from '../tool.ts';
import { kubeLinter, kustomize } from '../tools.ts';

interface Output {
  readonly Reports:
    | readonly {
        readonly Check: string;
        readonly Diagnostic: { readonly Message: string };
        readonly Object: {
          readonly K8sObject: { readonly Name: string; readonly GroupVersionKind: { readonly Kind: string } };
        };
      }[]
    | null;
}

export const kubeLinterCheck: Check = {
  name: 'kube-linter',
  version: kubeLinter.version,
  tools: [kustomize, kubeLinter],
  run: async stacks => {
    const clusters = (await Promise.all(stacks.map(clustersOf))).flat();
    return merge(await Promise.all(clusters.map(lint)));
  },
};

async function lint({ name, yaml, paths }: RenderedCluster): Promise<Report> {
  const args = ['lint', '--format', 'json', '--fail-if-no-objects-found', '-'];
  const { code, stdout, stderr } = await run(programOf(kubeLinter), args, { input: yaml, on: name });
  const { Reports } = stdout.trim() === '' ? { Reports: null } : (JSON.parse(stdout) as Output);
  const errors = (Reports ?? []).map(({ Check, Diagnostic, Object: { K8sObject } }) => {
    const object = `${K8sObject.GroupVersionKind.Kind}/${K8sObject.Name}`;
    return `${name} ${object}: ${Check}: ${Diagnostic.Message}`;
  });
  if (code !== 0 && errors.length === 0) errors.push(`${name}: ${stderr.trim() || `exit ${code}`}`);
  return { files: paths, errors, notes: [] };
}
