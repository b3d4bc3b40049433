import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ForeignInventory, startForeignInventory, type TroubleKind } from './index.ts';
import { openLogFile } from './log-file.ts';

const PRODUCT = 'prod_1';
const FULL = 1_000;
const MAX_DELAY_MS = 400;

describe('the foreign inventory', () => {
  let inventory: ForeignInventory;
  let keys = 0;
  beforeAll(async () => {
    inventory = await startForeignInventory();
    await inventory.stock({ [PRODUCT]: FULL });
  });
  afterEach(async () => {
    await inventory.calm();
    await inventory.stock({ [PRODUCT]: FULL });
  });
  afterAll(() => inventory[Symbol.asyncDispose]());

  const freshKey = (): string => {
    keys += 1;
    return `key_${keys}`;
  };
  const reduce = async (key: string): Promise<Response> =>
    fetch(`${inventory.url}/stock/products/${PRODUCT}/stock/reduce`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${inventory.token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: '{"quantity":1}',
      redirect: 'manual',
    });
  const left = async (): Promise<number | undefined> => (await inventory.levels())[PRODUCT];
  const always = (kind: TroubleKind, seed = 1): Promise<void> =>
    inventory.trouble({ seed, chances: { [kind]: 1 }, maxDelayMs: MAX_DELAY_MS });

  const fates = async (): Promise<readonly unknown[]> => {
    await inventory.trouble({ seed: 7, chances: { 'lost-request': 0.5 }, maxDelayMs: 0 });
    const told: unknown[] = [];
    for (let nth = 0; nth < 10; nth += 1) {
      const fate = reduce(freshKey()).then(
        ({ status }) => status,
        () => 'lost',
      );
      told.push(await fate);
    }
    return told;
  };

  it('keeps what it answered for when it is killed, and answers the same again', async () => {
    const names = Array.from({ length: 40 }, freshKey);
    const answers = names.map(async (key) => (await reduce(key)).text());
    await Promise.race(answers);
    await inventory.kill();
    const heard = await Promise.all(answers.map((answer) => answer.catch(() => null)));
    await inventory.start();
    const again: string[] = [];
    for (const key of names) again.push(await (await reduce(key)).text());
    expect(heard.map((text, index) => text ?? again[index])).toEqual(again);
    expect(heard.some((text) => text !== null)).toBe(true);
    expect(await left()).toBe(FULL - 40);
  });

  it('keeps the keys of calls that nobody heard the answer of', async () => {
    const key = freshKey();
    await always('lost-answer');
    await expect(reduce(key)).rejects.toThrow('fetch failed');
    await inventory.kill();
    await inventory.start();
    expect((await reduce(key)).status).toBe(200);
    expect(await left()).toBe(FULL - 1);
    const own = (await inventory.history()).filter((entry) => JSON.stringify(entry).includes(`"${key}"`));
    expect(own.map(({ type }) => type)).toEqual(['Troubled', 'Answered', 'Repeated']);
  });

  it('loses a request before it does anything', async () => {
    await always('lost-request');
    await expect(reduce(freshKey())).rejects.toThrow('fetch failed');
    expect(await left()).toBe(FULL);
  });

  it.each(['late-request', 'late-answer', 'trickled'] as const)('is slow, and does it once: %s', async (kind) => {
    await always(kind);
    const response = await reduce(freshKey());
    expect(await response.json()).toEqual({ productId: PRODUCT, available: FULL - 1 });
    expect(await left()).toBe(FULL - 1);
  });

  it('does a request again that a proxy doubles, and changes nothing by that', async () => {
    const key = freshKey();
    await always('doubled');
    expect((await reduce(key)).status).toBe(200);
    await eventually(async () => {
      expect(await inventory.history()).toContainEqual(expect.objectContaining({ type: 'Repeated', key }));
    });
    expect(await left()).toBe(FULL - 1);
  });

  it('refuses with the time after which to come again, and does nothing', async () => {
    for (let seed = 1; seed <= 6; seed += 1) {
      await always('refused', seed);
      const response = await reduce(freshKey());
      expect([429, 503]).toContain(response.status);
      expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    }
    expect(await left()).toBe(FULL);
  });

  it('fails after it has done something, too', async () => {
    const changes: unknown[] = [];
    for (let seed = 1; seed <= 12; seed += 1) {
      const before = (await left()) ?? 0;
      await always('failed', seed);
      expect((await reduce(freshKey())).status).toBeGreaterThanOrEqual(500);
      changes.push(before - ((await left()) ?? 0));
    }
    expect(new Set(changes)).toEqual(new Set([0, 1]));
  });

  it('answers what nobody can read', async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      await always('garbled', seed);
      const own = { productId: PRODUCT, available: (await left()) ?? 0 };
      const answered = await reduce(freshKey())
        .then((response) => response.text())
        .catch(String);
      expect(answered).not.toBe(JSON.stringify(own));
      expect(answered).not.toBe(JSON.stringify({ ...own, available: own.available - 1 }));
    }
  });

  it('has the same troubles for the same seed', async () => {
    const first = await fates();
    expect(await fates()).toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 'lost']));
  });
});

describe('whoever starts a foreign inventory', () => {
  it('takes it along, also when killed', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'panier-inventory-'));
    const module = JSON.stringify(join(import.meta.dirname, 'index.ts'));
    const program = `const { startForeignInventory } = await import(${module});
      console.log((await startForeignInventory(${JSON.stringify(directory)})).url);`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [url] = (await once(createInterface(starter.stdout), 'line')) as [string];
    expect((await fetch(url)).status).toBe(401);
    starter.kill('SIGKILL');
    await eventually(() => expect(fetch(url)).rejects.toThrow('fetch failed'));
    rmSync(directory, { recursive: true });
  });
});

describe('the log', () => {
  it('forgets half a line, and goes on after the last whole one', () => {
    const directory = mkdtempSync(join(tmpdir(), 'panier-inventory-log-'));
    const path = join(directory, 'log.jsonl');
    const entry = { type: 'Repeated', atMs: 1, key: 'ä' } as const;
    {
      using log = openLogFile(path);
      log.append(entry);
    }
    appendFileSync(path, '{"type":"Repea');
    {
      using log = openLogFile(path);
      expect(log.entries).toEqual([entry]);
      log.append(entry);
    }
    expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(entry)}\n`.repeat(2));
    rmSync(directory, { recursive: true });
  });
});
