/** Runbook: who is in the mesh and why, how a namespace comes in, and how one sees that it holds. */
import { markdownCode } from '../../files/markdown.ts';
import type { Runbook } from '../contribution.ts';

export interface MeshPage {
  readonly title: string;
  /** What marks a namespace, as it stands in its file. */
  readonly mark: string;
  /** How the proxies of the edge come to be part of it: sentences. */
  readonly edge: string;
  /** Commands that show it, each with what it is to say. */
  readonly seen: string;
  /** What goes wrong, as paragraphs. */
  readonly trouble: string;
}

export function meshPage({ title, mark, edge, seen, trouble }: MeshPage): Runbook {
  return {
    id: 'mesh',
    title,
    text: `**In the mesh** are the namespaces of the teams. ${edge}

**Outside** stays what must work when the mesh does not: the network, certificates (the mesh itself waits for them), delivery, admission policies,
metrics, logs and traces. They reach workloads at the few ports that name no identity, and the network policies say who may.

Who may call whom is written once, as an edge with its reason; network policies and policies of the mesh both follow from it. A call needs both.

**A namespace comes in** with ${markdownCode(mark)} in its file under \`platform/namespaces\`, a deny-all and an allowing policy for every port in
\`platform-config/base/mesh\`; copy those of \`demo\`. Pods join when they start again.

**Seeing it:**

${seen}

${trouble}
`,
  };
}
