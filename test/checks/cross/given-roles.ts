/** Google Cloud: what a root module gives on the project is what the pipeline that applies it may give. */
import type { CrossCheck } from './cross-check.ts';

const PIPELINE = 'infra/gcp-project/pipeline.tf';
const MEMBERS = /^resource "google_project_iam_member"[\s\S]*?^\}$/gm;

export const givenRoles: CrossCheck = {
  code: 'given-roles',
  says: 'The pipeline may give every role of the project that an apply gives.',
  check: tree => {
    const pipeline = tree.get(PIPELINE);
    const given = /given_roles = \[([\s\S]*?)\]/.exec(pipeline ?? '')?.[1];
    if (given === undefined) return [];
    return [...tree].flatMap(([file, text]) =>
      /^infra\/(?:gke|machines)\/[^/]+\.tf$/.test(file)
        ? rolesIn(text)
            .filter(role => !given.includes(`"${role}"`))
            .map(role => ({
              code: 'given-roles',
              place: file,
              message: `gives ${role}, which the pipeline may not`,
            }))
        : [],
    );
  },
};

function rolesIn(text: string): readonly string[] {
  const members = text.match(MEMBERS) ?? [];
  return [
    ...new Set(
      members.flatMap(member => [...member.matchAll(/"(roles\/[\w.]+)"/g)].map(([, role = '']) => role)),
    ),
  ];
}
