import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, upTo, valueOf, type WebhooksAtWork, webhooksAtWork } from './webhooks.fixture.ts';

let atWork: WebhooksAtWork;
beforeAll(async () => {
  atWork = await webhooksAtWork();
});
afterAll(() => atWork[Symbol.asyncDispose]());

const URL_OF = 'https://shop.example/hooks';

describe('the endpoints', () => {
  it('are found as they were made, in that order, and tell no secret', async () => {
    const made = [];
    for (const url of ['https://a.example', 'https://b.example']) made.push(await atWork.create({ url }));
    const all = await atWork.endpoints.all();
    expect(all.map(({ id }) => id)).toEqual(made.map(({ endpoint }) => endpoint.id));
    expect(all[0]).toMatchObject({
      url: 'https://a.example/',
      eventTypes: null,
      format: 'STRUCTURED',
      status: 'ACTIVE',
    });
    const shown = JSON.stringify(all, (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    for (const { secret } of made) expect(shown).not.toContain(secret.slice(6));
  });

  it.each([
    ['update', (id: string) => atWork.endpoints.update(id, { url: URL_OF })],
    ['rotateSecret', (id: string) => atWork.endpoints.rotateSecret(id, 1)],
    ['resume', (id: string) => atWork.endpoints.resume(id)],
    ['redeliver', (id: string) => atWork.endpoints.redeliver(id, upTo())],
    ['remove', (id: string) => atWork.endpoints.remove(id)],
  ] as const)('that are unknown are refused: %s', async (_name, command) => {
    for (const id of ['hook_unknown', 'order_1', '', 'hook_\u0000', '\ud800'])
      expect(codeOf(await command(id))).toBe('NOT_FOUND');
  });

  it('are refused where they cannot be: nothing changes', async () => {
    const { endpoint } = await atWork.create({ url: URL_OF });
    const update = (url: string) => atWork.endpoints.update(endpoint.id, { url });
    expect(codeOf(await update('http://10.0.0.1'))).toBe('INVALID_INPUT');
    expect(codeOf(await atWork.endpoints.update(endpoint.id, { eventTypes: ['OrderEaten'] }))).toBe('INVALID_INPUT');
    for (const hours of [-1, 169])
      expect(codeOf(await atWork.endpoints.rotateSecret(endpoint.id, hours))).toBe('INVALID_INPUT');
    expect(await atWork.endpoints.find(endpoint.id)).toMatchObject({ url: URL_OF, eventTypes: null });
  });

  it('that several operators change at once keep every change', async () => {
    const { endpoint } = await atWork.create({ url: URL_OF });
    const { update } = atWork.endpoints;
    const changes = [{ url: 'https://new.example/' }, { format: 'BINARY' }, { eventTypes: ['OrderCreated'] }] as const;
    for (const result of await Promise.all(changes.map((change) => update(endpoint.id, change)))) valueOf(result);
    expect(await atWork.endpoints.find(endpoint.id)).toMatchObject({
      url: 'https://new.example/',
      format: 'BINARY',
      eventTypes: ['OrderCreated'],
    });
  });

  it('have two secrets at most, however often they are rotated, and by how many at once', async () => {
    const { endpoint } = await atWork.create({ url: URL_OF });
    const rotate = () => atWork.endpoints.rotateSecret(endpoint.id, 24);
    for (const result of await Promise.all([rotate(), rotate(), rotate()])) valueOf(result);
    const valid =
      'select expires_at from webhook.secret where endpoint_id = $1 and (expires_at is null or expires_at > now())';
    const { rows } = await atWork.database.pool.query<{ expires_at: Date | null }>(valid, [endpoint.id]);
    expect(rows).toHaveLength(2);
    expect(rows.filter(({ expires_at: at }) => at === null)).toHaveLength(1);
  });
});
