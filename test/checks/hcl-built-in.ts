/** The one resource that OpenTofu and Terraform have without a provider. */
import type { BlockSchema } from '../provider-schemas/schema.ts';

const TERRAFORM_DATA: BlockSchema = {
  attributes: {
    id: { type: 'string', computed: true },
    input: { type: 'dynamic', optional: true },
    output: { type: 'dynamic', computed: true },
    triggers_replace: { type: 'dynamic', optional: true },
  },
  block_types: {},
};

/** Its name begins like that of a provider, and none has to be required for it. */
export const BUILT_IN_PROVIDER = 'terraform';

export function builtInSchema(type: string): BlockSchema | undefined {
  return type === 'terraform_data' ? TERRAFORM_DATA : undefined;
}
