import type { ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { guarded, ignored } from '../../platform/index.ts';
import { FULL_HEADERS, fullOf } from './connection-limits.ts';

/** The answers that are streams of server-sent events, as long as they are open: whatever a request accepts or leaves out. */
export class EventStreams {
  readonly #open = new Set<ServerResponse>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Of Yoga's operations, those that stream are subscriptions. */
  get plugin(): Plugin<{ readonly res?: ServerResponse }> {
    return {
      onSubscribe: ({ args, setResultAndStopExecution }) => {
        const { res } = args.contextValue as { readonly res?: ServerResponse };
        if (res !== undefined && !this.#admit(res)) setResultAndStopExecution({ errors: [this.#full()] });
      },
    };
  }

  breakOff(): void {
    for (const response of this.#open) response.destroy();
  }

  #admit(response: ServerResponse): boolean {
    if (this.#open.size >= this.#limit) return false;
    this.#open.add(response);
    response.once(
      'close',
      guarded(() => this.#open.delete(response), ignored),
    );
    return true;
  }

  #full(): GraphQLError {
    const http = { status: 503, headers: FULL_HEADERS };
    return new GraphQLError(fullOf('event streams', this.#limit), { extensions: { code: 'UNAVAILABLE', http } });
  }
}
