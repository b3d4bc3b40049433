import { type Servers, untilLevel, verifyDurability, verifyWritten } from '../stage/index.ts';

/** Of the cart that the load fills. */
const LINES = 2;

const COUNTS = `
  select (select count(*)::int from read."order" where status = 'CONFIRMED') as confirmed,
    (select count(*)::int from write.simulated_charge where not refunded) as charged,
    (select sum(sold)::int / ${LINES} from saga.stock) as sold,
    (select count(*)::int from saga.stock where available < 0 or reserved <> 0) as wrong`;

type Counts = Readonly<Record<'confirmed' | 'charged' | 'sold' | 'wrong', number>>;

/** @throws unless each checkout is one confirmed order, one charge, and its stock is sold */
export const verifyCheckouts = async (servers: Servers, checkouts: number): Promise<void> => {
  await verifyDurability(servers);
  await untilLevel(servers);
  const { rows } = await servers.pool.query<Counts>(COUNTS);
  const { confirmed, charged, sold, wrong } = rows[0] ?? { confirmed: 0, charged: 0, sold: 0, wrong: 0 };
  const isRight = [confirmed, charged, sold].every((count) => count === checkouts) && wrong === 0;
  if (isRight) await verifyWritten(servers, checkouts);
  if (!isRight || checkouts === 0)
    throw new Error(
      `${checkouts} checkouts, and ${confirmed} confirmed, ${charged} charged, ${sold} sold; ${wrong} wrong.`,
    );
};
