/** Plans in an account of AWS: whoever plans may read all that a plan reads, and no secret. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';

const PIPELINE = 'infra/aws-account/pipeline.tf';
const ADDRESS = /^ +tags += \{ holds = "address" \}$/m;
const READS_ADDRESSES =
  /actions += \["secretsmanager:GetSecretValue"\]\n +resources = \["\*"\]\n\n +condition \{\n +test += "StringEquals"\n +variable = "aws:ResourceTag\/holds"\n +values += \["address"\]/;

export const planRights: CrossCheck = {
  code: 'plan-rights',
  says: 'Whoever plans in an account of AWS may read what a plan reads there, and no secret.',
  check: tree => {
    const pipeline = tree.get(PIPELINE);
    if (pipeline === undefined) return [];
    const planned = [...tree].filter(([path]) => /^infra\/(?!aws-account\/).+\.tf$/.test(path));
    return planned.flatMap(([path, text]) => [
      ...parameters(path, text, pipeline),
      ...secrets(path, text, tree),
    ]);
  },
};

function parameters(path: string, text: string, pipeline: string): readonly Finding[] {
  const refused =
    (statementWith(pipeline, 'ssm:GetParameter') ?? '').match(/^ +not_resources = .+$/m)?.[0] ?? '';
  return [...text.matchAll(/^data "aws_ssm_parameter" "(\w+)" \{\n +name += "(.+)"/gm)]
    .filter(
      ([, , name = '']) => !name.startsWith('/aws/service/') || !refused.includes(':parameter/aws/service/*'),
    )
    .map(([, name = '']) => finding(path, `reads the parameter ${name}, which is refused to who plans`));
}

/** The provider reads the value of a version with each plan. */
function secrets(path: string, text: string, tree: FileTree): readonly Finding[] {
  return [...text.matchAll(/^resource "aws_secretsmanager_secret_version" "(\w+)"/gm)].flatMap(
    ([, name = '']) => {
      const secret = new RegExp(
        `^resource "aws_secretsmanager_secret" "${name}" \\{\\n[\\s\\S]*?^\\}`,
        'm',
      ).exec(text)?.[0];
      if (secret === undefined || !ADDRESS.test(secret) || !READS_ADDRESSES.test(tree.get(PIPELINE) ?? ''))
        return [finding(path, `reads the value of ${name}, which is refused to who plans`)];
      return /^ +kms_key_id/m.test(secret)
        ? [finding(path, `encrypts ${name} with a key that its readers have no right to`)]
        : [];
    },
  );
}

function statementWith(text: string, action: string): string | undefined {
  return text.split(/^ {2}statement \{$/m).find(statement => statement.includes(`"${action}`));
}

function finding(place: string, message: string): Finding {
  return { code: 'plan-rights', place, message };
}
