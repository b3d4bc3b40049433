import { type ExecutionArgs, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { openSpanNotes, traceparentIn } from '../../../harness/support/span-notes.ts';
import { recordSpans } from '../../platform/index.ts';
import type { GatewayContext } from '../context.ts';
import { schema } from '../schema.ts';
import type { LabelOf } from './operation-name.ts';
import { tracedOverSocket, tracedRun } from './trace-operation.ts';

const DOCUMENT = parse('{ serverTime }');
const named: LabelOf = () => ({ type: 'query', name: 'serverTime' });

const argsFor = (traceparent: string | null): ExecutionArgs => ({
  schema,
  document: DOCUMENT,
  contextValue: { traceparent },
});

/** What resolvers are told. */
const told = async (traced: typeof tracedRun, traceparent: string | null): Promise<string | null> =>
  traced(named, argsFor(traceparent), (args) => (args.contextValue as GatewayContext).traceparent);

const leavingOut = () => recordSpans({ begin: () => undefined });

describe('an operation of a request', () => {
  it('is a part of that, where it is recorded', async () => {
    using spans = openSpanNotes();
    expect(await told(tracedRun, traceparentIn('a'))).toMatch(/^00-a{32}-0{15}1-01$/);
    expect(spans.begun()).toEqual([['query serverTime', traceparentIn('a')]]);
  });

  it.each([null, traceparentIn('a', '00')])('begins no trace where the request is not recorded: %s', async (asked) => {
    using spans = openSpanNotes();
    expect(await told(tracedRun, asked)).toBe(asked);
    expect(spans.begun()).toEqual([]);
  });
});

describe('an operation over a WebSocket', () => {
  it.each([null, traceparentIn('a')])(
    'is the sampler’s to record, below what the upgrade came with: %s',
    async (asked) => {
      using spans = openSpanNotes();
      expect(await told(tracedOverSocket, asked)).toMatch(/0{15}1-01$/);
      expect(spans.begun()).toEqual([['query serverTime', asked]]);
    },
  );

  it('goes on as its client named it, as not recorded, where the sampler leaves it out', async () => {
    using _none = leavingOut();
    expect(await told(tracedOverSocket, traceparentIn('a'))).toBe(traceparentIn('a', '00'));
    expect(await told(tracedOverSocket, null)).toBeNull();
  });
});
