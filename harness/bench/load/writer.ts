import { Redis } from 'ioredis';
import { AUDIT_GROUP, openAudit } from '../../../src/audit/index.ts';
import { type Handle, startConsumer } from '../../../src/bus/index.ts';
import { openDatabase } from '../../../src/database/index.ts';
import { openLogger } from '../../../src/platform/index.ts';
import { announceTo, readProjections } from '../../../src/read/index.ts';
import { answerWith } from '../stage/answer.ts';
import { type Question, WRITER } from './writer-question.ts';

/** A transaction, and the session that keeps dead letters. */
const CONNECTIONS = 2;

type Work = (events: number) => Promise<void>;

let work: Work | undefined;

const prepare = ({ databaseUrl, redisUrl, streams, name }: Extract<Question, { readonly type: 'prepare' }>): Work => {
  const logger = openLogger('warn');
  const database = openDatabase({ url: databaseUrl, name: WRITER, maxConnections: CONNECTIONS });
  const announce = announceTo(new Redis(redisUrl));
  const { handle } = openAudit({ database, projections: readProjections(), announce, logger });
  const shared = { redisServer: redisUrl, db: database.db, logger, group: AUDIT_GROUP, consumer: name };
  return async (events) => {
    const done = Promise.withResolvers<void>();
    let handled = 0;
    const counting: Handle = async (batch) => {
      await handle(batch);
      handled += batch.length;
      if (handled >= events) done.resolve();
    };
    if (events === 0) return;
    const limits = { claimIdleMs: 60_000, maxDeliveries: 3, rests: true };
    await using _consumer = startConsumer({ ...shared, ...limits, streams, handle: counting });
    await done.promise;
  };
};

answerWith(async (question: Question) => {
  if (question.type === 'prepare') {
    work = prepare(question);
    return;
  }
  await work?.(question.events);
});
