import { type Statement, statement, type Tx } from '../database/index.ts';

/** What processes do one after the other. */
const TURNS = { keys: 0x70_61_6e_69_65_72_05n, revocations: 0x70_61_6e_69_65_72_06n } as const;

const TURN = statement('select pg_advisory_xact_lock($1::bigint)');

/** Waits until no other transaction has this turn, and keeps it until the transaction ends. */
export const takeTurn = (tx: Tx, of: keyof typeof TURNS): ReturnType<Statement<unknown>> => TURN(tx, [TURNS[of]]);
