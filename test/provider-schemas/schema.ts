/** The shape of the derived provider schemas: that of `terraform providers schema -json`, one provider per file. */

export type SchemaType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', SchemaType]
  | readonly ['object', Readonly<Record<string, SchemaType>>];

export interface AttributeSchema {
  readonly type: SchemaType;
  readonly required?: true;
  readonly optional?: true;
  /** Set by the provider alone: may be referred to, never written. */
  readonly computed?: true;
}
export interface NestedBlock {
  readonly nesting_mode: 'single' | 'list' | 'set';
  readonly block: BlockSchema;
  readonly min_items?: number;
  readonly max_items?: number;
}
export interface BlockSchema {
  readonly attributes: Readonly<Record<string, AttributeSchema>>;
  readonly block_types: Readonly<Record<string, NestedBlock>>;
}
export interface ProviderSchemas {
  readonly derived: {
    readonly provider: string;
    readonly version: string;
    readonly from: string;
    readonly licence: string;
  };
  readonly provider: { readonly block: BlockSchema };
  readonly resource_schemas: Readonly<Record<string, { readonly block: BlockSchema }>>;
  readonly data_source_schemas: Readonly<Record<string, { readonly block: BlockSchema }>>;
}
