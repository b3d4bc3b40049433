import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type Admission,
  askedByOperator,
  credentialsIn,
  type Gate,
  type Rates,
  refusalAtGate,
  tooFrequent,
} from '../access/index.ts';
import {
  type Answering,
  answerHealth,
  type Draining,
  isAboutHealth,
  type Probed,
  type Readiness,
  type Surface,
} from '../http/index.ts';
import { deadlineIn, type Logger } from '../platform/index.ts';
import { type Inventory, moveStock, sendStock, showStock } from './answer-stock.ts';
import { openApiText } from './open-api.ts';
import { refuse } from './problem.ts';
import { refusal, refusalOfThrown } from './refusals.ts';
import { methodsOf, type Route, routeOf } from './routes.ts';

/** What an inventory-api serves, and what it needs for that. */
export interface InventoryParts extends Probed {
  readonly inventory: Inventory;
  readonly gate: Pick<Gate, 'admit'>;
  readonly rates: Rates;
  readonly logger: Logger;
}

interface Answers extends InventoryParts {
  readonly surface: Surface;
  readonly draining: Draining;
  /** By when a request is answered. */
  readonly operationMs: number;
}

const NOT_HERE = refusal(
  'NOT_FOUND',
  'There is nothing here: ask for /stock/products/ and the id of a product; /openapi.json says what else there is.',
);

interface Arrived {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer | null;
}

type StockRoute = Exclude<Route, { readonly kind: 'Document' }>;

const sendDocument = ({ response }: Arrived): void => {
  const text = openApiText();
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
};

const serveStock = async (
  { inventory, rates, surface, operationMs }: Answers,
  route: StockRoute,
  { request, response, body, viewer }: Arrived & Pick<Admission, 'viewer'>,
): Promise<void> => {
  const weight = { points: 1, commands: route.kind === 'Move' ? 1 : 0, visits: 0 };
  const seconds = rates.run({ viewer, address: surface.proxies.addressOf(request) }, weight);
  if (seconds > 0) return refuse(response, tooFrequent(seconds));
  const asked = { request, body, viewer, deadline: deadlineIn(operationMs), encodedId: route.encodedId };
  const answer =
    route.kind === 'Stock' ? await showStock(inventory, asked) : await moveStock(inventory, route.move, asked);
  return answer.ok ? sendStock(response, answer.value) : refuse(response, answer.error);
};

const admit = async (gate: InventoryParts['gate'], { headers }: IncomingMessage): Promise<Admission> =>
  gate.admit(credentialsIn(headers, { cookieName: null, ticket: null }));

const answerStock = async (answers: Answers, route: StockRoute, arrived: Arrived): Promise<void> => {
  const { request, response } = arrived;
  let admission: Admission;
  try {
    admission = await admit(answers.gate, request);
  } catch (error) {
    return refuse(response, refusalAtGate(error));
  }
  try {
    await serveStock(answers, route, { ...arrived, viewer: admission.viewer });
  } catch (error) {
    refuse(response, refusalOfThrown(answers.logger, error));
  }
};

/** Answers a request whose body was read. */
export const answerRequests = (answers: Answers): Answering => {
  const { surface, draining, rates } = answers;
  const ready = async (): Promise<Readiness> =>
    draining.hasBegun ? { ...(await answers.ready()), inventory: false } : answers.ready();
  const serving = async (): Promise<boolean> => !draining.hasBegun && answers.serving();
  const byOperator = askedByOperator({ ...answers, page: null, addressOf: surface.proxies.addressOf });
  const mayKnowParts = surface.isProduction ? byOperator : () => true;
  return (request, response, body) => {
    if (isAboutHealth(request)) return answerHealth(request, response, { ready, serving, mayKnowParts });
    const seconds = rates.arrive(surface.proxies.addressOf(request));
    if (seconds > 0) return refuse(response, tooFrequent(seconds));
    const route = routeOf(request.url ?? '');
    if (route === null) return refuse(response, NOT_HERE);
    const [method = '', methods] = [request.method, methodsOf(route)];
    if (!methods.includes(method)) {
      const allow = methods.join(', ');
      return refuse(
        response,
        refusal('BAD_REQUEST', `There is no ${method} here: use ${allow}.`, { headers: { allow } }),
      );
    }
    const arrived = { request, response, body };
    if (route.kind === 'Document') return sendDocument(arrived);
    return answerStock(answers, route, arrived);
  };
};
