import { type ASTNode, GraphQLError } from 'graphql';
import type { Scope } from '../access/index.ts';
import type { Path } from '../commands/index.ts';
import type { Allowed } from '../events/index.ts';

/** Which value an error is about: its place in the document, or among the arguments, and what would do there. */
interface About {
  readonly at?: ASTNode | undefined;
  readonly path?: Path;
  readonly allowed?: Allowed;
}

const failure = (code: string, message: string, { at, ...about }: About = {}): GraphQLError =>
  new GraphQLError(message, { nodes: at ?? null, extensions: { code, ...about } });

/** The request itself is wrong, in its document where one says so: no command was made of it. */
export const badUserInput = (message: string, about?: About): GraphQLError => failure('BAD_USER_INPUT', message, about);

/** Lists that turned out longer than they were counted. */
export const tooCostly = (fields: number, limit: number): GraphQLError =>
  failure(
    'TOO_COSTLY',
    `The answer would have ${Math.ceil(fields)} fields, and at most ${limit} are served: ask for smaller pages, or for less of each member.`,
  );

/** More at once than a page may hold. */
export const pageTooLarge = (message: string, about: About): GraphQLError => failure('PAGE_TOO_LARGE', message, about);

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
