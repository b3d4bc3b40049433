import { type ASTNode, GraphQLError } from 'graphql';
import type { Scope } from '../access/index.ts';

const failure = (code: string, message: string, at?: ASTNode): GraphQLError =>
  new GraphQLError(message, { nodes: at ?? null, extensions: { code } });

/** The request itself is wrong, in its document where one says so: no command was made of it. */
export const badUserInput = (message: string, at?: ASTNode): GraphQLError => failure('BAD_USER_INPUT', message, at);

/** Lists that turned out longer than they were counted. */
export const tooCostly = (fields: number, limit: number): GraphQLError =>
  failure(
    'TOO_COSTLY',
    `The answer would have ${Math.ceil(fields)} fields, and at most ${limit} are served: ask for smaller pages, or for less of each member.`,
  );

/** More at once than a page may hold. */
export const pageTooLarge = (message: string): GraphQLError => failure('PAGE_TOO_LARGE', message);

export const forbidden = (scope: Scope): GraphQLError =>
  failure('FORBIDDEN', `This needs the scope ${scope}: ask with a token that has it.`);

export const forCustomers = (): GraphQLError =>
  failure('FORBIDDEN', "This is for customers: ask with a customer's own token.");

/** There is nobody whom this could be for, or is it known who asks. */
export const unauthenticated = (message: string): GraphQLError => failure('UNAUTHENTICATED', message);

/** For subscriptions, which have no result union to say it with. */
export const notFound = (what: string): GraphQLError => failure('NOT_FOUND', `There is no ${what}.`);

export const readTimeout = (): GraphQLError =>
  failure('READ_TIMEOUT', 'The read side has not taken in that change yet. Ask again with the same consistencyToken.');
