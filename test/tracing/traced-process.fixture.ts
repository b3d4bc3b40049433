import { registerHooks } from 'node:module';

/** What a process loads of OpenTelemetry, told on its output; with `missing`, as if it were not installed. */
const [, , mode = ''] = process.argv;
const loaded = new Set<string>();
registerHooks({
  resolve: (specifier, context, next) => {
    // prom-client asks for the API by itself, an empty shell, and brings it along.
    const isOurs = specifier.startsWith('@opentelemetry/') && !context.parentURL?.includes('/prom-client/');
    if (!isOurs) return next(specifier, context);
    loaded.add(specifier);
    if (mode !== 'missing') return next(specifier, context);
    throw Object.assign(new Error(`Cannot find package '${specifier}'`), { code: 'ERR_MODULE_NOT_FOUND' });
  },
});

const { readConfig, openLogger, beginRoot } = await import('../../src/platform/index.ts');
// All that a process can load, where it matters; of the rest a part is enough, and quicker.
if (mode === 'off') await import('../../src/main.ts');
const { openTracing } = await import('../../src/tracing/index.ts');
const { traces, roles } = readConfig(process.env);
try {
  const tracing = await openTracing({ traces, roles, logger: openLogger('warn') });
  beginRoot(null, () => ({ name: 'a span', attributes: { 'panier.order.id': 'order_1' } }))?.end();
  const stopsAtMs = performance.now();
  await tracing[Symbol.asyncDispose]();
  const stopMs = performance.now() - stopsAtMs;
  console.log(JSON.stringify({ loaded: [...loaded].toSorted(), stopMs }));
} catch (error) {
  console.log(JSON.stringify({ error: String(error) }));
}
// As a process that was told to stop: what an endpoint still holds on to is cut off.
process.exit();
