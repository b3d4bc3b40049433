import type { Limits } from '../../platform/index.ts';

const SECOND_MS = 1_000;

type Bounds = Pick<Limits, 'framesPerSecond' | 'frameBytesPerSecond'>;

/** Counts what one WebSocket sends within a second. Pings count, too: each is answered. */
export const frameRate = ({ framesPerSecond, frameBytesPerSecond }: Bounds): ((bytes: number) => boolean) => {
  let beganMs = 0;
  let frames = 0;
  let received = 0;
  /** Whether the frame is within bounds. */
  return (bytes) => {
    const nowMs = performance.now();
    if (nowMs - beganMs >= SECOND_MS) [beganMs, frames, received] = [nowMs, 0, 0];
    frames += 1;
    received += bytes;
    return frames <= framesPerSecond && received <= frameBytesPerSecond;
  };
};
