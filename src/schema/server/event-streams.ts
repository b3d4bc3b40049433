import type { ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Admission } from '../../access/index.ts';
import { guarded, ignored } from '../../platform/index.ts';
import type { Admitted } from './admitted.ts';
import { FULL_HEADERS, fullOf } from './connection-limits.ts';

interface Asked {
  readonly res?: ServerResponse;
  readonly admission: Admission;
}

/** The answers that are streams of server-sent events, as long as they are open: whatever a request accepts or leaves out. */
export class EventStreams {
  readonly #open = new Set<ServerResponse>();
  readonly #limit: number;
  readonly #admitted: Admitted;

  constructor(limit: number, admitted: Admitted) {
    this.#limit = limit;
    this.#admitted = admitted;
  }

  /** Of Yoga's operations, those that stream are subscriptions. */
  get plugin(): Plugin<Asked> {
    return {
      onSubscribe: ({ args, setResultAndStopExecution }) => {
        const { res, admission } = args.contextValue;
        if (res !== undefined && !this.#admit(res, admission)) setResultAndStopExecution({ errors: [this.#full()] });
      },
    };
  }

  breakOff(): void {
    for (const response of this.#open) response.destroy();
  }

  #admit(response: ServerResponse, admission: Admission): boolean {
    if (this.#open.size >= this.#limit) return false;
    this.#open.add(response);
    // Broken off, not completed: that would tell of an order that its story is over.
    const opening = this.#admitted.open(admission, () => response.destroy());
    const close = (): void => {
      this.#open.delete(response);
      opening[Symbol.dispose]();
    };
    response.once('close', guarded(close, ignored));
    return true;
  }

  #full(): GraphQLError {
    const http = { status: 503, headers: FULL_HEADERS };
    return new GraphQLError(fullOf('event streams', this.#limit), { extensions: { code: 'UNAVAILABLE', http } });
  }
}
