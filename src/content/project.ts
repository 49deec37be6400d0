/** Project details: free text that names things. Conditions never read it. Everything but the name may be absent. */

import { networkProblems, projectShape } from './project-shape.ts';
import { checkValue } from './shape.ts';

export interface Project {
  readonly name: string;
  readonly organisation?: string;
  readonly domain?: string;
  /** https URL of the Git repository that the starter will live in. */
  readonly repository?: string;
  readonly regions?: readonly string[];
  readonly teams?: readonly string[];
  /** Name of the OIDC group per role. */
  readonly oidcGroups?: { readonly platform?: string; readonly developers?: string };
  readonly deciders?: readonly string[];
  /** E-mail address or https webhook that alerts go to. */
  readonly alertReceiver?: string;
  /** IPv4 CIDRs. */
  readonly network?: { readonly vpc?: string; readonly pods?: string; readonly services?: string };
}

export interface ProjectProblem {
  /** Keys as in the answers file, list positions as digits: `['teams', '0']`. Empty for the project itself. */
  readonly path: readonly string[];
  readonly code: string;
  readonly message: string;
  readonly help: string;
}
export type CheckedProject = { readonly project: Project } | { readonly problems: readonly ProjectProblem[] };

/** `raw` has the kebab-case keys of the answers file. */
export function checkProject(raw: unknown): CheckedProject {
  const checked = checkValue(raw, projectShape, 'project');
  if ('problems' in checked) {
    const problems = checked.problems.map(({ path, code, message, help }) => ({
      path: path.map(String),
      code,
      message,
      help,
    }));
    return { problems };
  }
  const { 'oidc-groups': oidcGroups, 'alert-receiver': alertReceiver, network, ...same } = checked.data;
  const problems = networkProblems(network ?? {});
  if (problems.length > 0) return { problems };
  return {
    project: {
      ...same,
      ...(oidcGroups && { oidcGroups }),
      ...(alertReceiver !== undefined && { alertReceiver }),
      ...(network && { network }),
    },
  };
}
