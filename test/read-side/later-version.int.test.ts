import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { productHistory } from '../../harness/support/recorded.ts';
import { openAudit, rebuild, renewReadModels } from '../../src/audit/index.ts';
import { positionIn } from '../../src/events/index.ts';
import { Unavailable } from '../../src/platform/index.ts';
import { type Projection, type ReadSchema, versionsOf } from '../../src/projection/index.ts';
import { readProjections } from '../../src/read/index.ts';
import { logger, openReadSide, type ReadSide } from './read-side.ts';

let side: ReadSide;
beforeEach(async () => {
  side = await openReadSide();
});
afterEach(() => side[Symbol.asyncDispose]());

/** As a later version of panier has them: the first says something else of its rows. */
const laterProjections = (schema?: ReadSchema): readonly Projection[] =>
  readProjections(schema).map((each, index) => (index === 0 ? { ...each, version: each.version + 1 } : each));

const laterAudit = () =>
  openAudit({ database: side.database, projections: laterProjections(), announce: async () => {}, logger });

const stored = async (): Promise<bigint> => positionIn(await side.audit().heads(), 0);

describe('read models that a later version has built anew while this one runs', () => {
  beforeEach(async () => {
    await side.audit().handle(productHistory('prod_1'));
    await rebuild({ db: side.db, projections: laterProjections, dryRun: false, onProgress: () => {} });
  });

  it('take nothing in from this one, which asks again later', async () => {
    const before = await stored();
    await expect(side.audit().handle(productHistory('prod_2'))).rejects.toBeInstanceOf(Unavailable);
    expect(await stored()).toBe(before);
  });

  it('take in what the later version stores, and this one finds it done', async () => {
    const events = productHistory('prod_2');
    await laterAudit().handle(events);
    const after = await stored();
    await side.audit().handle(events);
    expect(await stored()).toBe(after);
  });

  it('are not built back by a start of this one', async () => {
    expect(await renewReadModels({ db: side.db, projections: readProjections, logger })).toBe('LaterVersions');
    await expect(side.audit().handle(productHistory('prod_3'))).rejects.toBeInstanceOf(Unavailable);
  });
});

describe('read models that this version has built', () => {
  it('are built anew by the start of a later one', async () => {
    await side.audit().handle(productHistory('prod_1'));
    expect(await renewReadModels({ db: side.db, projections: readProjections, logger })).toBe('Ours');
    expect(await renewReadModels({ db: side.db, projections: laterProjections, logger })).toBe('Ours');
    await expect(side.audit().handle(productHistory('prod_2'))).rejects.toThrow(versionsOf(laterProjections()));
    await laterAudit().handle(productHistory('prod_2'));
  });

  it('are built anew once a rebuild that changes nothing has ended', async () => {
    const renew = () => renewReadModels({ db: side.db, projections: laterProjections, logger });
    await side.audit().handle(productHistory('prod_1'));
    const renewed: Promise<unknown>[] = [];
    const onProgress = (): void => void renewed.push(renew());
    // As a verification does.
    await rebuild({ db: side.db, projections: readProjections, dryRun: true, onProgress, onStage: () => {} });
    expect(await renewed[0]).toBe('Earlier');
    expect(await renew()).toBe('Ours');
    await laterAudit().handle(productHistory('prod_2'));
  });
});
