/** Something panier needs is away or overloaded. Trying again later is right; whether the attempt took effect is unknown. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** Others changed the same thing at the same time, more often than we try again. Nothing was done. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}
