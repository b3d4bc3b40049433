const FIRST_BYTES = 65_536;
const MOST_ASCII = 0x7f;
const BYTES_A_CHARACTER = 3;
/** A tag, a length, and how much a length may still grow. */
const AROUND = 16;
const HIGH = 2 ** 32;
const NANOS_PER_MS = 1e6;

const VARINT = 0;
const FIXED_64 = 1;
const NESTED = 2;

/** The value of each hexadecimal digit, by its code. */
const DIGITS = new Uint8Array(MOST_ASCII + 1);
for (let value = 0; value < 16; value += 1) DIGITS[value.toString(16).charCodeAt(0)] = value;

const valueOf = (digits: string, at: number): number => DIGITS[digits.charCodeAt(at)] ?? 0;

const sizeOfVarint = (value: number): number => {
  let size = 1;
  for (let left = value; left > MOST_ASCII; left = Math.floor(left / 128)) size += 1;
  return size;
};

/**
 * Writes messages field by field, of fields up to the fifteenth, whose tags are one byte. Without a copy of each that is nested:
 * for its length there is one byte, and the few that are longer move. Source: protobuf.dev/programming-guides/encoding.
 */
export class ProtobufWriter {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #at = 0;

  /** What was written; the next one begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const written = this.#bytes.subarray(0, this.#at);
    this.#at = 0;
    // It may wait for long: a little of much would keep all of it.
    if (written.length < this.#bytes.length / 2) return new Uint8Array(written);
    this.#bytes = Buffer.allocUnsafeSlow(this.#bytes.length);
    return written;
  }

  /** Begins a nested message, or text. @returns what `close` wants */
  open(field: number): number {
    this.#makeRoom(AROUND);
    this.#tag(field, NESTED);
    this.#at += 1;
    return this.#at;
  }

  close(begin: number): void {
    const length = this.#at - begin;
    const more = sizeOfVarint(length) - 1;
    if (more > 0) {
      this.#makeRoom(more);
      this.#bytes.copyWithin(begin + more, begin, this.#at);
    }
    this.#at = begin - 1;
    this.#varint(length);
    this.#at += length;
  }

  text(field: number, text: string): void {
    this.#makeRoom(AROUND + text.length * BYTES_A_CHARACTER);
    const begin = this.open(field);
    const bytes = this.#bytes;
    let at = begin;
    for (let nth = 0; nth < text.length; nth += 1) {
      const code = text.charCodeAt(nth);
      if (code > MOST_ASCII) {
        at = begin + bytes.write(text, begin);
        break;
      }
      bytes[at] = code;
      at += 1;
    }
    this.#at = at;
    this.close(begin);
  }

  /** As bytes, what stands there in hexadecimal digits. */
  digits(field: number, text: string, [from, to]: readonly [number, number]): void {
    this.#makeRoom(AROUND + (to - from));
    const begin = this.open(field);
    for (let nth = from; nth < to; nth += 2) {
      this.#bytes[this.#at] = (valueOf(text, nth) << 4) | valueOf(text, nth + 1);
      this.#at += 1;
    }
    this.close(begin);
  }

  /** Fields that are written already. */
  bytes(written: Uint8Array): void {
    this.#makeRoom(written.length);
    this.#bytes.set(written, this.#at);
    this.#at += written.length;
  }

  /** A whole number, not below 0. */
  whole(field: number, value: number): void {
    this.#makeRoom(AROUND);
    this.#tag(field, VARINT);
    this.#varint(value);
  }

  double(field: number, value: number): void {
    this.#makeRoom(AROUND);
    this.#tag(field, FIXED_64);
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
  }

  /** A time in nanoseconds, as 64 bits. */
  time(field: number, ms: number): void {
    this.#makeRoom(AROUND);
    this.#tag(field, FIXED_64);
    const nanos = ms * NANOS_PER_MS;
    this.#at = this.#bytes.writeUInt32LE(nanos % HIGH, this.#at);
    this.#at = this.#bytes.writeUInt32LE(Math.floor(nanos / HIGH), this.#at);
  }

  #tag(field: number, type: number): void {
    this.#bytes[this.#at] = (field << 3) | type;
    this.#at += 1;
  }

  #varint(value: number): void {
    let left = value;
    for (; left > MOST_ASCII; left = Math.floor(left / 128)) {
      this.#bytes[this.#at] = (left % 128) | 0x80;
      this.#at += 1;
    }
    this.#bytes[this.#at] = left;
    this.#at += 1;
  }

  #makeRoom(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#at + bytes));
    this.#bytes.copy(grown, 0, 0, this.#at);
    this.#bytes = grown;
  }
}
