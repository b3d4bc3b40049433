import type { OtlpSinkQuestion, Sent } from '../limits/otlp-sink.server.ts';
import { startChild } from './child.ts';

/** A receiver of traces in a process of its own. */
export interface OtlpSink extends AsyncDisposable {
  readonly url: () => Promise<string>;
  readonly sent: () => Promise<Sent>;
}

export const openOtlpSink = (): OtlpSink => {
  const child = startChild('limits/otlp-sink.server.ts');
  return {
    url: () => child.ask<string>({ type: 'url' } satisfies OtlpSinkQuestion),
    sent: () => child.ask<Sent>({ type: 'count' } satisfies OtlpSinkQuestion),
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
};
