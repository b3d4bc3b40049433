import type { Row } from '../measure/index.ts';
import { i1 } from './i1.ts';
import { p1 } from './p1.ts';
import { p2 } from './p2.ts';
import { p3 } from './p3.ts';
import { p4 } from './p4.ts';
import { p5 } from './p5.ts';
import { p6 } from './p6.ts';
import { p7 } from './p7.ts';
import { p8 } from './p8.ts';
import { p9 } from './p9.ts';
import { s1 } from './s1.ts';
import { s2 } from './s2.ts';
import { s3 } from './s3.ts';
import { s4 } from './s4.ts';
import type { Scale } from './scale.ts';
import { t1 } from './t1.ts';
import { t6 } from './t6.ts';
import { w1 } from './w1.ts';
import { w2 } from './w2.ts';

/** Every row, in the order of the goals. */
export const ROWS: readonly ((scale: Scale) => Row)[] = [
  p1,
  p2,
  p3,
  p4,
  p5,
  p6,
  p7,
  p8,
  p9,
  i1,
  s1,
  s2,
  s3,
  s4,
  t1,
  t6,
  w1,
  w2,
];
