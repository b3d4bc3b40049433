import type { ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Rejection, RejectionCode } from '../../events/index.ts';
import type { Result } from '../../platform/index.ts';
import type { OrderSnapshot } from '../../write/index.ts';
import { answeredOrder } from '../answered-order.ts';
import { builder, type SchemaTypes } from '../builder.ts';
import type { GatewayContext } from '../context.ts';
import type { OrderSource } from '../order-source.ts';
import { ERROR_TYPES } from '../types/user-error.ts';

interface ResultUnion<T extends object> {
  readonly of: ObjectRef<SchemaTypes, T>;
  /** The refusals that can happen. */
  readonly refusals: readonly RejectionCode[];
}

const isRejection = (value: object): value is Rejection => 'code' in value && 'message' in value;

/** `<Name>Result`: the object that the command answers with, or one of the refusals that can happen. */
export const resultUnion = <T extends object>(name: string, { of, refusals }: ResultUnion<T>) =>
  builder.unionType(`${name}Result`, {
    description: `What ${name.charAt(0).toLowerCase()}${name.slice(1)} answers: the ${of.name}, or why it was refused.`,
    types: [of, ...refusals.map((code) => ERROR_TYPES[code])],
    resolveType: (value) => (isRejection(value) ? ERROR_TYPES[value.code].name : of.name),
  });

/** Where a value of a command stands among the mutation's arguments, when that is not in `input` under its own name. */
type Places = Readonly<Record<string, readonly string[]>>;

const placed = ([field = '', ...rest]: readonly string[], places: Places): readonly string[] => [
  ...(places[field] ?? ['input', field]),
  ...rest,
];

/** As the mutation tells it: with the path of its own argument. */
export const refused = (rejection: Rejection, places: Places = {}): Rejection =>
  rejection.path === undefined ? rejection : { ...rejection, path: placed(rejection.path, places) };

/** The member of a result union that a command's result is. */
export const memberOf = <T>(result: Result<T, Rejection>, places?: Places): T | Rejection =>
  result.ok ? result.value : refused(result.error, places);

/** As {@link memberOf}, for commands that answer with an order, of one moment whichever fields are selected. */
export const orderMemberOf = async (
  result: Result<OrderSnapshot, Rejection>,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<OrderSource | Rejection> => (result.ok ? answeredOrder(context, result.value, info) : refused(result.error));
