/** Traces are asked for, and what sends them is not installed. */
export class TracingMissing extends Error {
  override readonly name = 'TracingMissing';
}

/** What the standard's variables say of the endpoint cannot be done. */
export class TracingMisconfigured extends Error {
  override readonly name = 'TracingMisconfigured';
}
