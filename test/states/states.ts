/** A state of PostgreSQL or Redis that others bring about: a row of docs/reliability.md, "What is not ours". */
export interface State {
  readonly state: string;
  /** The sentence that the start is refused with; what happens instead, in brackets, when it is not. */
  readonly start: string;
  /** What clients see when it comes about while panier runs. */
  readonly later: string;
  /** Which parts of /health/ready say so. */
  readonly readiness: string;
  readonly file: string;
  readonly test: string;
}

const POSTGRES = 'test/states/postgres-at-start.int.test.ts';
const OWNERSHIP = 'test/states/ownership.int.test.ts';
const RUNNING = 'test/states/while-running.int.test.ts';
const CHECK = 'src/database/server-check.test.ts';
const RIGHTS = 'test/states/rights-under-way.int.test.ts';
const REDIS = 'test/states/redis-at-start.int.test.ts';
const NOT_LATER = 'not noticed until the next start';
const NONE = '–';

type AtStart = Pick<State, 'state' | 'start' | 'test'> & Partial<Pick<State, 'later'>>;

const atStart = ({ later = NOT_LATER, ...row }: AtStart): State => ({ ...row, later, readiness: NONE, file: POSTGRES });

const onRedis = ({ state, start, test }: AtStart): State => ({
  state,
  start,
  test,
  later: 'commands are answered; what is to be published waits, and goes on after',
  readiness: '`redis`',
  file: REDIS,
});

/** All of them; the tests take their names and their sentences from here, and so does the page. */
export const STATES = {
  settings: atStart({
    state:
      'DateStyle, TimeZone, IntervalStyle, search_path, isolation, read-only default, time limits … set on the role, the database, the server or in the URL',
    start: '(taken: each session sets what it needs)',
    test: 'are overruled by what each session sets for itself',
    later: 'nothing',
  }),
  encoding: atStart({
    state: 'a database that is not encoded in UTF8',
    start:
      "The database is encoded in LATIN1, and cannot hold every text: create one with encoding 'UTF8' (create database panier encoding 'UTF8' template template0) and set DATABASE_URL to it.",
    test: 'an encoding other than UTF8: %s',
    later: 'cannot change',
  }),
  cannotCreate: atStart({
    state: 'a role that may not create the tables',
    start:
      'The role shop may not create panier\'s tables: run "grant create on database … to shop" and "grant create on schema public to shop" as the database\'s owner.',
    test: 'a role without the right to create',
  }),
  cannotUse: atStart({
    state: 'a role that may not use the tables',
    start:
      'The role of DATABASE_URL may not read and write write.journal: grant it select, insert, update and delete on them, or make it their owner.',
    test: 'a role without the right to write',
    later: '`UNAVAILABLE` for what needs it, until the right is back',
  }),
  unlogged: atStart({
    state: 'a table that was set unlogged',
    start: 'A crash would empty write.idempotency: run "alter table … set logged" on each.',
    test: 'an unlogged table',
  }),
  replicationRole: atStart({
    state: 'triggers switched off by session_replication_role',
    start:
      'PostgreSQL runs with session_replication_role = replica, and the trigger that protects events would not fire: reset it for the role, the database and the server.',
    test: 'a session that fires no triggers',
  }),
  transactionTimeout: atStart({
    state: 'a short transaction_timeout',
    start:
      "PostgreSQL runs with transaction_timeout = 2000 ms, and would cut panier's own work off: set it to 0, or to a minute or more, for the role of DATABASE_URL.",
    test: 'a short limit for transactions',
  }),
  rowSecurity: atStart({
    state: 'row security that hides rows',
    start:
      'Row security hides rows of read.cart from the role of DATABASE_URL: disable it on them, or take their owner.',
    test: 'row security',
    later: '`UNAVAILABLE`: hidden rows are an error, never left out',
  }),
  tablesChanged: atStart({
    state:
      'a table that lacks a column, an index, a constraint or a trigger, or has one that may refuse what panier writes',
    start:
      'The trigger keep_forever of write.journal is missing, or disabled, and events would not be kept: run "alter table write.journal enable trigger keep_forever", or make it anew.',
    test: 'a table with something missing, or too much',
  }),
  tablesAdded: atStart({
    state: 'a table with a column, an index or a name more, which refuse nothing',
    start: '(taken)',
    test: 'a table that somebody added to, without harm',
    later: 'nothing',
  }),
  collation: {
    state: 'a database that orders texts in another way (digits by value, case, punctuation)',
    start: '(taken: pages and locks are in the order of code points)',
    later: 'cannot change',
    readiness: NONE,
    file: 'test/states/collations.int.test.ts',
    test: 'leave nothing out and repeat nothing, on and back, in the order of code points',
  },
  fewConnections: atStart({
    state: 'too few connections',
    start:
      'PostgreSQL lets this role have 17 connections, and a process of panier needs up to 38: raise max_connections, or the connection limit of the role or the database.',
    test: 'a limit of connections that is too low',
    later: '`UNAVAILABLE` within 5 s for who gets none',
  }),
  foreignRedis: {
    state: 'a Redis of another database',
    start:
      "This Redis belongs to another panier (its database is …, this one's is …), and each would take the other's events: set REDIS_URL to a Redis of this panier's own, or PANIER_REDIS_PREFIX to a name that only this one uses.",
    later: 'commands are answered; nothing is read, acknowledged or published until the right one is back',
    readiness: '`redis`',
    file: OWNERSHIP,
    test: 'is refused at the start, and the one whose it is goes on undisturbed',
  },
  newerRedis: {
    state: 'a Redis that is newer than the database (an older backup was restored)',
    start:
      'Redis is newer than the database, or another panier\'s: what was published to … is not in the journal. If PostgreSQL was restored to an earlier moment, or failed over to a standby that lagged, "npm run restored" tells what was lost, and makes this Redis fit; emptied (redis-cli FLUSHDB), it fits, too, where all is in one database. If another panier uses it, set REDIS_URL to another Redis, or PANIER_REDIS_PREFIX.',
    later: 'commands are answered; nothing is read, acknowledged or published until Redis is emptied',
    readiness: '`redis`',
    file: OWNERSHIP,
    test: 'is refused beside an older backup, and taken when it is empty',
  },
  replica: onRedis({
    state: 'a replica',
    start: 'This Redis is a replica, and takes no writes: set REDIS_URL to the primary, or promote this one.',
    test: 'a replica',
  }),
  outOfMemory: onRedis({
    state: 'memory that is used up',
    start:
      "Redis does not take what panier writes (OOM command not allowed when used memory > 'maxmemory'.): give it memory and disk, and its user all commands on all keys and channels.",
    test: 'memory that is used up',
  }),
  fewReplicas: onRedis({
    state: 'fewer replicas than it may write with (min-replicas-to-write)',
    start:
      'Redis does not take what panier writes (NOREPLICAS Not enough good replicas to write.): start as many replicas as its min-replicas-to-write asks for, or lower that.',
    test: 'fewer replicas than it may write with',
  }),
  redisRights: onRedis({
    state: 'a user without rights',
    start:
      "Redis does not take what panier writes (ERR The user executing the script can't run this command or subcommand): give it memory and disk, and its user all commands on all keys and channels.",
    test: 'a user who may not do all that panier does',
  }),
  redisCluster: {
    ...onRedis({
      state: 'cluster mode',
      start:
        'Redis runs in cluster mode: let REDIS_URL begin with redis+cluster:// (or rediss+cluster://), and name its nodes.',
      test: 'cluster mode',
    }),
    later: 'cannot come about',
    readiness: NONE,
  },
  redisEviction: {
    ...onRedis({
      state: 'a policy that evicts',
      start:
        'Redis evicts (maxmemory-policy allkeys-lru), and would drop events that nobody has read: run CONFIG SET maxmemory-policy noeviction, and put it into redis.conf.',
      test: 'a policy that evicts',
    }),
    later: NOT_LATER,
    readiness: NONE,
  },
  redisPassword: onRedis({
    state: 'a wrong password',
    start:
      'REDIS_URL (redis://default:***@…) cannot be used: WRONGPASS invalid username-password pair or user is disabled.\nStart that server or correct REDIS_URL; without REDIS_URL, panier brings its own.',
    test: 'a wrong password',
  }),
  redisNumber: onRedis({
    state: 'a database number that there is not',
    start:
      'REDIS_URL (redis://default:***@…/99) cannot be used: ERR DB index is out of range\nStart that server or correct REDIS_URL; without REDIS_URL, panier brings its own.',
    test: 'a database number that there is not',
  }),
  noSentinel: onRedis({
    state: 'Sentinels of which none answers, or knows the master',
    start:
      'REDIS_URL (redis+sentinel://default:***@…,…/mymaster?sentinelPassword=***) cannot be used: No Sentinel says which Redis is master of mymaster: …: connect ECONNREFUSED …; …: connect ECONNREFUSED …\nStart that server or correct REDIS_URL; without REDIS_URL, panier brings its own.',
    test: 'Sentinels of which none answers',
  }),
  noNode: onRedis({
    state: 'a cluster of which no node answers',
    start:
      'REDIS_URL (redis+cluster://default:***@…,…) cannot be used: No node says which of the cluster has which keys: …: connect ECONNREFUSED …; …: connect ECONNREFUSED …\nStart that server or correct REDIS_URL; without REDIS_URL, panier brings its own.',
    test: 'a cluster of which no node answers',
  }),
  noCluster: onRedis({
    state: 'one Redis that is named as a cluster',
    start:
      'REDIS_URL (redis+cluster://default:***@…) cannot be used: No node says which of the cluster has which keys: …: ERR This instance has cluster support disabled\nStart that server or correct REDIS_URL; without REDIS_URL, panier brings its own.',
    test: 'one Redis that is named as a cluster',
  }),
  maxClients: onRedis({
    state: 'too many clients',
    start:
      'REDIS_URL (redis://default:***@…) cannot be used: ERR max number of clients reached\nStart that server or correct REDIS_URL; without REDIS_URL, panier brings its own.',
    test: 'too many clients',
  }),
  oldPostgres: {
    ...atStart({
      state: 'a PostgreSQL that is too old',
      start: 'PostgreSQL 13.9 is too old: panier needs 14 or newer. Upgrade it, or set DATABASE_URL to another one.',
      test: 'a version that is too old',
      later: 'cannot come about',
    }),
    file: CHECK,
  },
  standby: {
    state: 'a standby in the place of the primary',
    start:
      'PostgreSQL is a standby, or still recovering, and takes no writes: set DATABASE_URL to the primary, or promote this one.',
    later: '`UNAVAILABLE` until it is promoted',
    readiness: '`commands`',
    file: POSTGRES,
    test: 'a standby',
  },
  standbyLater: {
    state: 'a primary that becomes a standby under way, and is promoted',
    start: '(as above)',
    later: '`UNAVAILABLE` for commands, until it is promoted; all goes on after',
    readiness: '`commands`',
    file: RUNNING,
    test: 'while $name, who asks is answered within five seconds',
  },
  formerPrimary: {
    state: 'a primary in whose place another one was promoted, and which comes back',
    start:
      'PostgreSQL is on timeline 1, and this panier has been on timeline 2: another server was promoted in this one\'s place, and what this one took would be lost. Lead its URL (DATABASE_URL, or that of its service) to the one that was promoted, and make this one its standby (pg_rewind). If it is the one that is to stay, stop every process of panier: "npm run restored -- --mend" takes it as it is.',
    later: '`UNAVAILABLE` until the address leads to the one that was promoted',
    readiness: '`postgresql`, `commands`',
    file: 'test/states/former-primary.int.test.ts',
    test: 'gets no write when it comes back under the same address',
  },
  rightsLater: {
    state: 'rights that are revoked, or row security that is put on, under way',
    start: '(as above)',
    later: '`UNAVAILABLE` for what needs it, until the right is back; the same key tells what became of it',
    readiness: '`commands`, or `postgresql` for what is read',
    file: RIGHTS,
    test: 'of $table is $name, who asks is told UNAVAILABLE, it is told, and all goes on after',
  },
  locked: {
    state: 'a table that another session has locked',
    start: '(waits, and steps back)',
    later: '`UNAVAILABLE` within 5 s; the same key tells what became of it; all goes on after',
    readiness: '`commands`, and `relay` for an outbox',
    file: RUNNING,
    test: 'while $name, who asks is answered within five seconds',
  },
  frozen: {
    state: 'a PostgreSQL that is frozen, or cannot be reached',
    start: '(refused when it does not answer within 5 s)',
    later: '`UNAVAILABLE` or `READ_TIMEOUT` within 5 s; all goes on after',
    readiness: '`postgresql`, `commands`',
    file: RUNNING,
    test: 'while $name, who asks is answered within five seconds',
  },
  redisLater: {
    state:
      'a Redis that becomes a replica, whose memory is used up, or that has fewer replicas than it may write with, under way',
    start: '(as above)',
    later: 'commands are answered; what is to be published waits, and goes on after',
    readiness: '`redis`',
    file: RUNNING,
    test: 'while $name, commands are taken, it is told, and all goes on after',
  },
  swapped: {
    state: 'a Redis that is swapped for another’s under way',
    start: '(as above)',
    later: 'commands are answered; nothing is read, acknowledged or published until the right one is back',
    readiness: '`redis`',
    file: OWNERSHIP,
    test: 'is neither read nor written while it is another database’s, and everything goes on when the right one is back',
  },
  restored: {
    state: 'a database that is restored to an older state under way',
    start: '(as a Redis that is newer)',
    later: 'commands are answered; nothing is read, acknowledged or published until Redis is emptied',
    readiness: '`redis`',
    file: OWNERSHIP,
    test: 'is told by its journal: nothing is published or read until Redis is emptied',
  },
  mark: {
    state: 'something else where a mark is to be: `149`, `junk`, a list',
    start: '(taken)',
    later: 'nothing: it counts as lost, the events of that stream are published again',
    readiness: 'nothing',
    file: 'src/relay/relay-holds.int.test.ts',
    test: 'by %s holds up nothing, and is written anew',
  },
  stream: {
    state: 'a stream’s key that holds something else',
    start: '(taken)',
    later: 'that stream alone waits, the others go on',
    readiness: '`relay` after ten seconds',
    file: 'src/relay/relay-holds.int.test.ts',
    test: 'because its key holds something else does not hold up the others',
  },
  channel: {
    state: 'others who write to the channel of changes',
    start: '(taken)',
    later: 'nothing: what is no announcement is passed over',
    readiness: 'nothing',
    file: 'src/read/live/announcement.test.ts',
    test: 'is not what %j is',
  },
  strangers: {
    state: 'a consumer group that nobody reads for',
    start: '(taken)',
    later: 'nothing; the log names it, once, with the stream that it keeps from being trimmed',
    readiness: 'nothing',
    file: 'src/relay/janitor.int.test.ts',
    test: 'is told of once, with the stream that it keeps from being trimmed',
  },
} as const satisfies Readonly<Record<string, State>>;

const cell = (text: string): string => text.replaceAll('\n', ' ').replaceAll('|', '\\|');

/** The rows of the page. */
export const rowsOf = (states: readonly State[]): readonly string[] =>
  states.map(({ state, start, later, readiness, file, test }) =>
    ['', state, start, later, readiness, `\`${file}\`: ${test}`, ''].map(cell).join(' | ').trim(),
  );
