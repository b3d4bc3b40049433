import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Admission } from '../../access/index.ts';
import { memoryAccess } from '../testing/memory-access.ts';
import { Admitted } from './admitted.ts';

const START_MS = Date.UTC(2026, 0, 1);
const ada = (expiresAtMs: number | null, issuedAtSeconds: number | null = 1): Admission => ({
  viewer: { kind: 'Customer', customerId: 'ada' },
  expiresAtMs,
  subject: 'ada',
  issuedAtSeconds,
});

let access: ReturnType<typeof memoryAccess>;
let admitted: Admitted;
let ended: string[];

const open = (name: string, admission: Admission) => admitted.open(admission, () => ended.push(name));

beforeEach(() => {
  vi.useFakeTimers({ now: START_MS });
  [access, ended] = [memoryAccess(), []];
  admitted = new Admitted(access.revocations);
});
afterEach(() => {
  admitted[Symbol.dispose]();
  vi.useRealTimers();
});

describe('what is open', () => {
  it('ends within a second after its token has expired, once, and not before', () => {
    open('soon', ada(START_MS + 3_000));
    open('in thirty days', ada(START_MS + 30 * 86_400_000));
    open('never', ada(null));
    vi.advanceTimersByTime(2_999);
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(ended).toEqual(['soon']);
    vi.advanceTimersByTime(60_000);
    expect(ended).toEqual(['soon']);
  });

  it('ends as soon as its token is revoked', async () => {
    open('old', ada(null, 4));
    open('new', ada(null, 5));
    open('of any time', ada(null, null));
    open("nobody's", { viewer: { kind: 'Nobody' }, expiresAtMs: null, subject: null, issuedAtSeconds: null });
    await access.revocations.revoke({ subject: 'bob', issuedBeforeMs: 9_000 });
    expect(ended).toEqual([]);
    await access.revocations.revoke({ subject: 'ada', issuedBeforeMs: 5_000 });
    expect(ended).toEqual(['old', 'of any time']);
  });

  it('goes on with a new token', () => {
    const opening = open('renewed', ada(START_MS + 1_000));
    opening.renew(ada(START_MS + 5_000));
    expect(opening.admission.expiresAtMs).toBe(START_MS + 5_000);
    vi.advanceTimersByTime(4_999);
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(ended).toEqual(['renewed']);
  });

  it('goes on as somebody else, and ends with their token alone', async () => {
    const nobody: Admission = { viewer: { kind: 'Nobody' }, expiresAtMs: null, subject: null, issuedAtSeconds: null };
    const opening = open('signed in later', nobody);
    opening.renew(ada(null, 4));
    opening.renew({ ...ada(null, 4), subject: 'bob' });
    await access.revocations.revoke({ subject: 'ada', issuedBeforeMs: 9_000 });
    expect(ended).toEqual([]);
    await access.revocations.revoke({ subject: 'bob', issuedBeforeMs: 9_000 });
    expect(ended).toEqual(['signed in later']);
  });

  it('ends when it was opened with a token that had just been revoked', async () => {
    await access.revocations.revoke({ subject: 'ada', issuedBeforeMs: 9_000 });
    open('late', ada(null, 4));
    vi.advanceTimersByTime(1_000);
    expect(ended).toEqual(['late']);
  });

  it('is not opened again by a token that comes when it has ended', () => {
    const opening = open('over', ada(START_MS + 1_000));
    vi.advanceTimersByTime(1_000);
    opening.renew(ada(START_MS + 2_000));
    vi.advanceTimersByTime(5_000);
    expect(ended).toEqual(['over']);
  });

  it('is forgotten when it closes by itself', () => {
    open('closed', ada(START_MS + 1_000))[Symbol.dispose]();
    vi.advanceTimersByTime(5_000);
    expect(ended).toEqual([]);
  });
});
