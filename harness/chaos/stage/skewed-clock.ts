// Loaded into a process before its own code, with `--import`: its wall clock goes wrong, its monotonic clocks stay.
const skewMs = Number(new URL(import.meta.url).searchParams.get('ms'));
const rightNow = Date.now;
const { timeOrigin } = performance;

Date.now = () => rightNow() + skewMs;
Object.defineProperty(performance, 'timeOrigin', { value: timeOrigin + skewMs });

const SkewedDate = new Proxy(Date, {
  apply: () => new SkewedDate().toString(),
  construct: (target, args: readonly unknown[], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [Date.now()] : args, newTarget) as Date,
});
Reflect.set(Date.prototype, 'constructor', SkewedDate);
globalThis.Date = SkewedDate;
