/** What a service mesh gives to a starter: its own parts, and what becomes of all others within it. */
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import type { WayIn } from '../way-in.ts';

export interface Mesh {
  readonly contribution: Contribution;
  /** What all modules gave, as it works within the mesh: marks of namespaces, ports of edges, policies that follow from edges. */
  readonly weave: (whole: Required<Contribution>) => Required<Contribution>;
}
/** A mesh may find that it does not fit the rest of the stack. */
export type MeshModule = (input: ModuleInput, wayIn: WayIn | null) => Mesh | NotGenerated;
