export { durabilityProblems } from './check.ts';
export { type Instance, takeInstanceNumber } from './instance.ts';
export { migrate, MigrationError } from './migrate.ts';
export { readModelTables } from './migrations/0001-initial.ts';
export { type Database, type Db, openDatabase, type PoolOptions, sessionOptions, type Tx } from './open.ts';
export type * from './tables.ts';
export { isPassingDatabaseError, isUniqueViolation } from './unavailable.ts';
