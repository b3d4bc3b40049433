import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client as PostgresClient } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dashboard } from '../../harness/observe/dashboard/dashboard.ts';
import { eventually } from '../../harness/support/eventually.ts';
import { AS_OPERATOR, OPERATOR_TOKEN, TOKEN_ENVIRONMENT } from '../../harness/support/tokens.ts';
import { connect } from '../../src/cli/client.ts';
import { openQuestions, type Questions } from '../observe/ask-prometheus.ts';
import { selectorsOf } from '../observe/promql.ts';
import { ALERTS, RECORDINGS } from '../observe/rules.ts';
import { withPrometheus } from '../observe/with-prometheus.ts';
import { playWithFaults } from './faulty-shop.ts';
import { type SpawnedPanier, spawnPanier } from './spawned-panier.ts';

const WITHIN_MS = 120_000;
const DATA_WITHIN_MS = 30_000;
/** Nobody listens there. */
const NO_COLLECTOR = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_BSP_SCHEDULE_DELAY: '500' };

/** What a round of the play ends with. */
const PLAYED = [
  'panier_saga_active_seconds_count{outcome="CONFIRMED"} > 1',
  'panier_saga_active_seconds_count{outcome="CANCELLED"}',
  'panier_saga_active_seconds_count{outcome="REJECTED"}',
  'panier_commands_total{outcome="failed"}',
  'panier_group_dead_letters_open > 0',
];

interface ActiveAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

let opened: AsyncDisposableStack;
let directory: string;
let panier: SpawnedPanier;
let observing: ChildProcess;
let printed = '';
let url = '';
let prometheus: Questions;

const observe = (dataDir: string): ChildProcess => {
  const env = { PATH: process.env['PATH'] ?? '', PANIER_DATA_DIR: dataDir };
  const child = spawn(process.execPath, ['harness/observe/run.ts', '--every', '1'], { env, stdio: 'pipe' });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => void (printed += text));
  return child;
};

const subscribe = async (): Promise<Response> =>
  fetch(`${panier.url}/graphql?query=${encodeURIComponent('subscription { stats(window: HOUR) { bucketSeconds } }')}`, {
    headers: { ...AS_OPERATOR, accept: 'text/event-stream' },
  });

const targets = dashboard().panels.flatMap((panel) => ('targets' in panel ? panel.targets : []));

const begin = async (): Promise<void> => {
  opened = new AsyncDisposableStack();
  directory = mkdtempSync(join(tmpdir(), 'panier-observe-'));
  opened.defer(() => rmSync(directory, { recursive: true }));
  panier = opened.use(
    await spawnPanier(join(directory, 'data'), { ...TOKEN_ENVIRONMENT, ...NO_COLLECTOR, LOG_LEVEL: 'fatal' }),
  );
  observing = observe(join(directory, 'data'));
  opened.defer(() => void observing.kill('SIGKILL'));
  url = await eventually(() => {
    const [, address] = /Prometheus {2}(\S+)/.exec(printed) ?? [];
    if (address === undefined || observing.exitCode !== null) throw new Error(`It printed no address:\n${printed}`);
    return address;
  }, WITHIN_MS);
  prometheus = openQuestions(url);
  const client = opened.use(connect({ url: panier.url, token: OPERATOR_TOKEN }));
  const redis = opened.adopt(new Redis(panier.redisUrl), (connection) => connection.disconnect());
  const administrator = opened.adopt(new PostgresClient({ connectionString: panier.administratorUrl }), (each) =>
    each.end(),
  );
  await administrator.connect();
  const watching = await subscribe();
  opened.defer(async () => await watching.body?.cancel());
  // Twice: a series begins with what it counts first, and the second is a rise.
  await playWithFaults({ client, redis, administrator });
  expect(await prometheus.stillWithout(PLAYED)).toEqual([]);
  await playWithFaults({ client, redis, administrator });
};

withPrometheus('npm run observe, beside a panier in which sagas are played', () => {
  beforeAll(begin, WITHIN_MS);
  afterAll(() => opened.disposeAsync());

  it('gives data for every query of the dashboard', async () => {
    expect(targets.length).toBeGreaterThan(50);
    expect(await prometheus.stillWithout(targets.map(({ expr }) => expr))).toEqual([]);
  });

  it('has every label by which the dashboard calls its lines', async () => {
    for (const { expr, legendFormat } of targets) {
      const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
      const [first] = await prometheus.asked(expr);
      expect([expr, named.filter((label) => first?.metric[label] === undefined)]).toEqual([expr, []]);
    }
  });

  it('gives data for every rule that records, and whatever an alert asks for', async () => {
    const recorded = RECORDINGS.map(({ record, labels }) => `${record}{slo="${labels['slo']}"}`);
    const selectors = [...RECORDINGS, ...ALERTS].flatMap(({ expr }) => selectorsOf(expr).map(({ text }) => text));
    expect(await prometheus.stillWithout([...recorded, ...new Set(selectors)])).toEqual([]);
  });

  it('takes every rule, without an error in evaluating it', async () => {
    const response = await fetch(`${url}/api/v1/rules`);
    const { data } = (await response.json()) as {
      readonly data: {
        readonly groups: readonly { readonly rules: readonly { readonly name: string; readonly health: string }[] }[];
      };
    };
    const rules = data.groups.flatMap((group) => group.rules);
    expect(rules).toHaveLength(RECORDINGS.length + ALERTS.length);
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  });

  it('sees what is wrong there, and says it in words', async () => {
    const wrong = ['PanierCommandsFail', 'PanierDeadLetters'];
    const described = await eventually(async () => {
      const response = await fetch(`${url}/api/v1/alerts`);
      const { data } = (await response.json()) as { readonly data: { readonly alerts: readonly ActiveAlert[] } };
      const texts = new Map(
        data.alerts.map(({ labels, annotations }) => [labels['alertname'], annotations['description']]),
      );
      expect([...texts.keys()]).toEqual(expect.arrayContaining(wrong));
      return texts;
    }, DATA_WITHIN_MS);
    expect(described.get('PanierDeadLetters')).toMatch(
      /^Entries of ecommerce\.carts\.events that event-audit-api could not handle wait .*; there are [12]\.$/,
    );
    expect(described.get('PanierCommandsFail')).toMatch(
      /^Of the commands of panier, \d+(\.\d+)?% are neither done nor rejected;/,
    );
    expect([...described.values()].filter((text = '<') => /[<{]/.test(text))).toEqual([]);
  });

  it('stops with Ctrl-C, and leaves no Prometheus behind', async () => {
    expect(printed).toContain('/alerts');
    observing.kill('SIGINT');
    const [code] = (await once(observing, 'exit')) as [number];
    expect(code).toBe(0);
    await expect(fetch(`${url}/-/ready`)).rejects.toThrow('fetch failed');
  });
});
