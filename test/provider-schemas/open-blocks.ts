/**
 * Blocks that CDKTF leaves open because they hold themselves: the part of them that the starters use, read in the
 * provider's documentation (hashicorp/aws 6.25.0, MPL-2.0).
 */
import type { AttributeSchema, BlockSchema, NestedBlock } from './schema.ts';

const text: AttributeSchema = { type: 'string', optional: true };
const needed: AttributeSchema = { type: 'string', required: true };
const number: AttributeSchema = { type: 'number', optional: true };

function block(
  attributes: Readonly<Record<string, AttributeSchema>>,
  block_types: Readonly<Record<string, NestedBlock>> = {},
): BlockSchema {
  return { attributes, block_types };
}
const one = (inner: BlockSchema): NestedBlock => ({ nesting_mode: 'list', block: inner, max_items: 1 });
const some = (inner: BlockSchema): NestedBlock => ({ nesting_mode: 'list', block: inner });

const ACTION = block({}, { allow: one(block({})), block: one(block({})), count: one(block({})) });

const MANAGED_RULES = block(
  { name: needed, vendor_name: needed, version: text },
  {
    rule_action_override: some(block({ name: needed }, { action_to_use: { ...one(ACTION), min_items: 1 } })),
  },
);

const RATE = block({
  limit: { type: 'number', required: true },
  aggregate_key_type: text,
  evaluation_window_sec: number,
});

/** By type and the path of blocks to the open one; it takes the place of an attribute of that name. */
export const OPEN_BLOCKS: Readonly<Record<string, NestedBlock>> = {
  'aws_wafv2_web_acl rule statement': {
    ...one(block({}, { managed_rule_group_statement: one(MANAGED_RULES), rate_based_statement: one(RATE) })),
    min_items: 1,
  },
};
