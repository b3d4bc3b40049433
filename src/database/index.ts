export { durabilityProblems } from './check.ts';
export type { DeadLetterTable } from './dead-letter-table.ts';
export { type Instance, takeInstanceNumber } from './instance.ts';
export { MigrationError, migrate, schemaProblems } from './migrate.ts';
export { type Database, type Db, openDatabase, type PoolOptions, sessionOptions, type Tx } from './open.ts';
export { orUnavailable } from './or-unavailable.ts';
export { isPassingDatabaseError, isUniqueViolation } from './passing-error.ts';
export { readModelTables } from './read-model-tables.ts';
export type * from './tables.ts';
