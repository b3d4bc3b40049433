import { Command, ReplyError } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { redirectionIn } from './redirection.ts';
import { holdingsOf, placed, slotOf, slotOfKey } from './slots.ts';

const Reply = ReplyError as new (message: string) => Error;

const STREAM = 'ecommerce.orders.events';
const MARK = `{${STREAM}}:published:write`;

const prefixed = (name: string, args: readonly string[], keyPrefix: string): Command =>
  new Command(name, [...args], { keyPrefix });

const markOf = (key: string) => ({ journal: 'write', stream: STREAM, key });

describe('a key of a cluster', () => {
  it('has its prefix inside the braces, so that a mark is in the slot of its stream', () => {
    const command = placed(prefixed('eval', ['return 1', '2', STREAM, MARK, `shop:${MARK}`], 'shop:'), 'shop:');
    expect(command.args.slice(2, 4)).toEqual([`shop:${STREAM}`, `{shop:${STREAM}}:published:write`]);
    expect(slotOfKey(String(command.args[2]))).toBe(slotOfKey(String(command.args[3])));
    expect(slotOf(prefixed('get', [MARK], 'shop:'), 'shop:')).toBe(slotOfKey(`shop:${STREAM}`));
  });

  it('is none where a command has none', () => {
    expect(slotOf(new Command('publish', ['channel', 'word']), '')).toBeNull();
    expect(slotOf(prefixed('ping', [], 'shop:'), 'shop:')).toBeNull();
  });

  it.each(['', 'shop:'])('is owned together with what is in its slot, behind the prefix "%s"', (prefix) => {
    const partition = `${STREAM}:{3}:published:write`;
    const holdings = holdingsOf([markOf(MARK), markOf(`{${STREAM}}:published:saga`), markOf(partition)], prefix);
    expect([...holdings.values()].map(({ identityKey, marks }) => [identityKey, marks.length])).toEqual([
      [`{${STREAM}}:database`, 2],
      ['panier:database:{3}', 1],
    ]);
    for (const [slot, { identityKey }] of holdings)
      expect(slotOf(prefixed('get', [identityKey], prefix), prefix)).toBe(slot);
  });
});

describe('a redirection', () => {
  const saidBy = { host: '10.0.0.9', port: 7_000 };

  it.each([
    ['MOVED 5 10.0.0.2:7001', { type: 'Moved', address: { host: '10.0.0.2', port: 7_001 } }],
    ['MOVED 5 :7001', { type: 'Moved', address: { host: '10.0.0.9', port: 7_001 } }],
    ['ASK 5 [::1]:7001', { type: 'Ask', address: { host: '::1', port: 7_001 } }],
    ['MOVED 5 ?', { type: 'Later' }],
    ['TRYAGAIN Multiple keys request during rehashing of slot', { type: 'Later' }],
    ['CLUSTERDOWN Hash slot not served', { type: 'Later' }],
    ['NOGROUP No such key', null],
  ])('is read from %s', (message, redirection) => {
    expect(redirectionIn(new Reply(message), saidBy)).toEqual(redirection);
    expect(redirectionIn(new Error(message), saidBy)).toBeNull();
  });
});
