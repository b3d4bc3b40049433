import SchemaBuilder, {
  type SchemaTypes as AnySchemaTypes,
  type FieldNullability,
  type InputFieldMap,
  type TypeParam,
} from '@pothos/core';
import type { Decimal, Json } from '../events/index.ts';
import type { Access } from './access.ts';
import type { GatewayContext } from './context.ts';
import { dateTime } from './scalars/date-time.ts';
import { decimal } from './scalars/decimal.ts';
import { json } from './scalars/json.ts';

// Without it a field that forgot to say who may ask for it would be open to everybody, and compile.
declare global {
  namespace PothosSchemaTypes {
    interface QueryFieldOptions<
      Types extends AnySchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      readonly access: Access;
    }
    interface MutationFieldOptions<
      Types extends AnySchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      readonly access: Access;
    }
    interface SubscriptionFieldOptions<
      Types extends AnySchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
    > {
      readonly access: Access;
    }
  }
}

/** Every type of the schema is declared with this builder, in a file of its own. Fields are non-null unless they say so. */
export const builder = new SchemaBuilder<{
  Context: GatewayContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    Decimal: { Input: Decimal; Output: Decimal };
    DateTime: { Input: string; Output: string };
    JSON: { Input: Json; Output: Json };
  };
}>({ defaultFieldNullability: false });

builder.addScalarType('Decimal', decimal);
builder.addScalarType('DateTime', dateTime);
builder.addScalarType('JSON', json);

/** The builder's own type parameter, for functions that take references to its types. */
export type SchemaTypes = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : never;

/** What the fields of the root types are declared with. */
export type QueryFields = PothosSchemaTypes.QueryFieldBuilder<SchemaTypes, object>;
export type MutationFields = PothosSchemaTypes.MutationFieldBuilder<SchemaTypes, object>;
export type SubscriptionFields = PothosSchemaTypes.SubscriptionFieldBuilder<SchemaTypes, object>;
/** What the fields of an object type are declared with. */
export type ObjectFields<T> = PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, T>;
