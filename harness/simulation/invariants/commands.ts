import type { Answered } from '../shop/history.ts';
import { EFFECTS, type Effect } from './effects.ts';
import type { Ended, Violation } from './violation.ts';

/** I-5: whoever asks again under the same key is answered the same. */
export const answersAreTheSame = ({ history }: Ended): readonly Violation[] =>
  [...Map.groupBy(history.answers, ({ key }) => key).values()].flatMap((answers) => {
    const [first] = answers;
    const other = answers.find((each) => JSON.stringify(each) !== JSON.stringify(first));
    if (first === undefined || other === undefined) return [];
    return [{ rule: 'one key, one answer', what: `${JSON.stringify(first)}, then ${JSON.stringify(other)}` }];
  });

/** I-5: a key creates one cart, a cart becomes one order. */
export const oneOrderPerCart = ({ told }: Ended): readonly Violation[] => {
  const created = told.filter(({ envelope }) => envelope.type === 'OrderCreated');
  return [...Map.groupBy(created, ({ envelope }) => envelope.data['cart_id'] as string)]
    .filter(([, orders]) => orders.length > 1)
    .map(([cartId, orders]) => ({ rule: 'one order per cart', what: `${orders.length} orders`, aggregateId: cartId }));
};

/** What was answered with a yes; each key once. */
const acknowledged = ({ history }: Ended): readonly Answered[] => [
  ...new Map(history.answers.filter(({ text }) => text === 'ok').map((answer) => [answer.key, answer])).values(),
];

/** One that nobody knows has none. */
const effectOf = (command: string): Effect => EFFECTS[command] ?? (() => false);

/** I-2: what was acknowledged is there, as it was asked for. */
export const acknowledgedIsThere = (ended: Ended): readonly Violation[] => {
  const stories = Map.groupBy(ended.told, ({ envelope }) => envelope.aggregateId);
  return acknowledged(ended).flatMap((answer) => {
    const { command, asked, id, key } = answer;
    if (asked.isMistake || effectOf(command)(answer, stories.get(id ?? '') ?? [])) return [];
    return [
      {
        rule: 'acknowledged is durable',
        what: `${command} ${key} ${JSON.stringify(asked)} was answered, but is not there`,
        ...(id !== null && { aggregateId: id }),
      },
    ];
  });
};

/** I-2: two additions are never the same event. */
export const eachAdditionCounts = (ended: Ended): readonly Violation[] => {
  const additions = acknowledged(ended).filter(({ command }) => command === 'addCartItem');
  return [...Map.groupBy(additions, ({ id, version }) => `${id} v${version}`)]
    .filter(([, same]) => same.length > 1)
    .map(([which, same]) => ({
      rule: 'each addition counts',
      what: `${same.map(({ key }) => key).join(' and ')} were both answered with ${which}`,
    }));
};

/** I-2: each delivery that was acknowledged came in once. */
export const deliveriesCount = (ended: Ended): readonly Violation[] => {
  const deliveries = acknowledged(ended).filter(({ command, asked }) => command === 'adjustStock' && !asked.isMistake);
  const adjusted = ended.told.filter(({ envelope }) => envelope.type === 'StockAdjusted');
  return [...Map.groupBy(deliveries, ({ id }) => id)].flatMap(([id, answers]) => {
    const wanted = answers.reduce((sum, { asked }) => sum + (asked.delta ?? 0), 0);
    const found = adjusted
      .filter(({ envelope }) => envelope.aggregateId === id)
      .reduce((sum, { envelope }) => sum + Number(envelope.data['delta']), 0);
    if (found === wanted) return [];
    return [
      {
        rule: 'deliveries count',
        what: `${wanted} delivered, ${found} recorded`,
        ...(id !== null && { aggregateId: id }),
      },
    ];
  });
};

/** What takes a thing for one of another kind is refused. */
export const mistakesAreRefused = ({ history }: Ended): readonly Violation[] =>
  history.answers
    .filter(({ asked, text }) => asked.isMistake && text === 'ok')
    .map(({ command, key }) => ({ rule: 'mistakes are refused', what: `${command} ${key} was done` }));

/** Whoever asks again and again is answered, once nothing fails any more. */
export const everythingIsAnswered = ({ history }: Ended): readonly Violation[] =>
  [...history.unanswered].map(([key, command]) => ({
    rule: 'every command is answered',
    what: `${command} ${key} never was`,
  }));

/** Only what passes is thrown at those who command. */
export const noDefects = ({ history }: Ended): readonly Violation[] =>
  history.defects.map((what) => ({ rule: 'no defects', what }));
