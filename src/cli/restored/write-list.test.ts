import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { written } from './write-list.ts';

it('an entry cannot say itself whether its event is lost, or where it was', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'panier-list-'));
  const path = join(directory, 'lost.jsonl');
  const fields = ['lost', 'true', 'entry', '9-9', 'stream', 'elsewhere', 'event_type', 'OrderShipped'];
  const missed = async function* () {
    yield { entry: { stream: 'ecommerce.orders.events', id: '1-1', fields }, isLost: false };
  };
  for await (const _ of written(missed(), path));
  const list: unknown = JSON.parse(readFileSync(path, 'utf8'));
  rmSync(directory, { recursive: true });
  expect(list).toEqual({ lost: false, entry: '1-1', stream: 'ecommerce.orders.events', event_type: 'OrderShipped' });
});
