import UPNG from 'upng-js';

/** Enough for a page of few colours and the edges of its letters. */
const COLOURS = 32;

/** The same picture with few colours: a third of the bytes. */
export const lightened = (png: Buffer): Buffer => {
  const picture = UPNG.decode(png.buffer.slice(png.byteOffset, png.byteOffset + png.length) as ArrayBuffer);
  return Buffer.from(UPNG.encode(UPNG.toRGBA8(picture), picture.width, picture.height, COLOURS));
};
