import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import { STREAMS } from '../../src/events/index.ts';
import { startPanier, type TestInstance, type TestPanier } from './panier.ts';
import { shelve } from './shop.ts';

let panier: TestPanier;
let audit: TestInstance;

beforeAll(async () => {
  panier = await startPanier({ roles: ['gateway', 'relay', 'saga', 'payment'], maxDeliveries: 1, claimIdleMs: 200 });
  audit = await panier.another({ roles: ['audit'] });
});
afterAll(() => panier[Symbol.asyncDispose]());

interface Seen {
  readonly consumerGroups: readonly {
    readonly stream: string;
    readonly group: string;
    readonly role: string | null;
    readonly lag: number | null;
    readonly behindSeconds: number | null;
    readonly deadLetters: number;
  }[];
  readonly backlog: {
    readonly outboxes: readonly { readonly journal: string; readonly length: number; readonly oldestSeconds: number }[];
    readonly readSideSeconds: number | null;
  };
}

const QUERY = `{
  consumerGroups { stream group role lag pending behindSeconds deliveries consumers deadLetters }
  backlog { outboxes { journal length oldestSeconds } readSideSeconds }
}`;

const seen = async (): Promise<Seen> => {
  const response = await fetch(`${panier.url}/graphql`, {
    method: 'POST',
    headers: { ...AS_OPERATOR, 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  });
  return ((await response.json()) as { readonly data: Seen }).data;
};

const groupOf = ({ consumerGroups }: Seen, stream: string, role: string | null) =>
  consumerGroups.find((group) => group.stream === stream && group.role === role);

describe('how far panier is', () => {
  it('is told of each group of each stream, and of each outbox', async () => {
    await shelve(panier.client(), 1);
    await eventually(async () => {
      const { consumerGroups, backlog } = await seen();
      expect(consumerGroups.map(({ stream, role }) => `${stream} ${role}`).toSorted()).toEqual([
        `${STREAMS.carts} audit`,
        `${STREAMS.inventory} audit`,
        `${STREAMS.inventory} saga`,
        `${STREAMS.operations} audit`,
        `${STREAMS.orders} audit`,
        `${STREAMS.orders} payment`,
        `${STREAMS.orders} saga`,
        `${STREAMS.payments} audit`,
        `${STREAMS.payments} payment`,
        `${STREAMS.payments} saga`,
      ]);
      expect(consumerGroups.map(({ lag, behindSeconds }) => [lag, behindSeconds])).toEqual(
        consumerGroups.map(() => [0, 0]),
      );
      expect(backlog).toEqual({
        outboxes: ['write', 'saga'].map((journal) => ({ journal, length: 0, oldestSeconds: 0 })),
        readSideSeconds: 0,
      });
    });
  });

  it('shows which role does not run, and how old what queries lack is', async () => {
    await audit[Symbol.asyncDispose]();
    await panier.redis.xadd(STREAMS.carts, '*', 'event_type', 'CartEaten');
    await eventually(async () => {
      const now = await seen();
      expect(groupOf(now, STREAMS.carts, 'audit')).toMatchObject({ lag: 1, pending: 0, deadLetters: 0 });
      expect(groupOf(now, STREAMS.carts, 'audit')?.behindSeconds).toBeGreaterThan(0.5);
      expect(now.backlog.readSideSeconds).toBeGreaterThan(0.5);
    });
  });

  it('counts the dead letter that it becomes, and shows the groups of others', async () => {
    await panier.redis.xgroup('CREATE', STREAMS.carts, 'mailer', '0');
    audit = await panier.another({ roles: ['audit'] });
    await eventually(async () => {
      const now = await seen();
      expect(groupOf(now, STREAMS.carts, 'audit')).toMatchObject({ lag: 0, pending: 0, deadLetters: 1 });
      expect(now.consumerGroups.at(-1)).toMatchObject({ group: 'mailer', role: null, consumers: 0 });
      expect(now.backlog.readSideSeconds).toBe(0);
    });
  });
});
