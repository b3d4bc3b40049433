import { Client, gql } from '@urql/core';
import type { Client as Socket } from 'graphql-ws';
import { describe, expect, it } from 'vitest';
import { subscribing } from './open-client.ts';
import { watch } from './watch.ts';

const ANYTHING = gql`
  subscription {
    anything
  }
`;

/** A gateway that answers with these, and then that nothing more will come. */
const answering = (...updates: readonly object[]): Pick<Socket, 'subscribe'> => ({
  subscribe: (_payload, sink) => {
    for (const data of updates) sink.next({ data: { ...data } as Parameters<typeof sink.next>[0]['data'] });
    sink.complete();
    return () => {};
  },
});

const watched = (socket: Pick<Socket, 'subscribe'>): Promise<readonly unknown[]> =>
  new Promise((resolve) => {
    const told: unknown[] = [];
    const client = new Client({ url: 'http://panier', preferGetMethod: false, exchanges: [subscribing(socket)] });
    const onUpdate = (data: unknown): void => void told.push(data);
    const onError = (error: unknown): void => void told.push(error);
    watch(client, { document: ANYTHING, variables: {} }, { onUpdate, onError, onEnd: () => resolve([...told, 'end']) });
  });

describe('a watched subscription', () => {
  it('tells of each update once, and of the end', async () => {
    expect(await watched(answering({ anything: 1 }, { anything: 2 }))).toEqual([
      { anything: 1 },
      { anything: 2 },
      'end',
    ]);
  });

  it('tells of the end also where nothing came before it', async () => {
    expect(await watched(answering())).toEqual(['end']);
  });
});
