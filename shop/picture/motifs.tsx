import type { ReactNode } from 'react';
import styles from './picture.module.css';

const tone = styles['tone'];
const ink = styles['ink'];
const light = styles['light'];
const line = styles['line'];

const espresso = (
  <>
    <rect x="62" y="36" width="76" height="22" rx="6" className={ink} />
    <rect x="70" y="58" width="60" height="50" className={tone} />
    <rect x="58" y="106" width="84" height="12" rx="4" className={ink} />
    <rect x="90" y="58" width="20" height="12" className={ink} />
    <path d="M88 84h24v10a12 12 0 0 1-24 0z" className={light} />
    <circle cx="78" cy="47" r="4" className={light} />
    <path d="M96 74v8M104 74v8" className={line} />
  </>
);

const grinder = (
  <>
    <path d="M76 38h48l-10 26H86z" className={light} />
    <rect x="80" y="64" width="40" height="52" rx="6" className={tone} />
    <rect x="76" y="60" width="48" height="10" rx="4" className={ink} />
    <path d="M100 36V28h26" className={line} />
    <circle cx="128" cy="28" r="6" className={ink} />
    <rect x="90" y="84" width="20" height="22" rx="4" className={ink} />
  </>
);

const kettle = (
  <>
    <path d="M72 112c-6-26 4-50 32-50s36 24 30 50z" className={tone} />
    <path d="M76 100c-26 0-20-46-36-52" className={line} />
    <path d="M128 70c26-6 30 28 8 34" className={line} />
    <rect x="92" y="54" width="24" height="9" rx="4" className={ink} />
    <circle cx="104" cy="49" r="5" className={ink} />
    <rect x="66" y="110" width="74" height="8" rx="4" className={ink} />
  </>
);

const wheel = (
  <>
    <circle cx="100" cy="76" r="46" className={tone} />
    <circle cx="100" cy="76" r="34" className={styles['paper']} />
    <path d="M100 42v68M66 76h68M76 52l48 48M124 52l-48 48" className={line} />
    <circle cx="100" cy="76" r="8" className={ink} />
  </>
);

const jersey = (
  <>
    <path d="M78 36h44l26 20-12 22-12-8v46H76V70l-12 8-12-22z" className={tone} />
    <path d="M86 36a14 14 0 0 0 28 0z" className={styles['paper']} />
    <rect x="76" y="78" width="48" height="12" className={ink} />
    <path d="M100 52v26" className={line} />
  </>
);

const bag = (
  <>
    <path d="M80 58c0-28 40-28 40 0" className={line} />
    <rect x="60" y="56" width="80" height="58" rx="12" className={tone} />
    <path d="M60 72a16 16 0 0 1 16-16h48a16 16 0 0 1 16 16v8H60z" className={ink} />
    <rect x="92" y="72" width="16" height="18" rx="4" className={light} />
  </>
);

const board = (
  <>
    <rect x="52" y="44" width="76" height="66" rx="12" className={tone} />
    <rect x="124" y="68" width="34" height="18" rx="9" className={tone} />
    <circle cx="148" cy="77" r="4" className={styles['paper']} />
    <path d="M62 60h46M62 76h54M62 92h40" className={line} />
  </>
);

const apron = (
  <>
    <path d="M84 34c0 16 32 16 32 0l12 30 8 52H64l8-52z" className={tone} />
    <path d="M72 64l-20 12M128 64l20 12" className={line} />
    <rect x="84" y="80" width="32" height="20" rx="4" className={ink} />
    <path d="M84 34c0-12 32-12 32 0" className={line} />
  </>
);

const knife = (
  <>
    <path d="M44 92c20-34 60-46 84-48v32H66z" className={light} />
    <path d="M44 92c20-34 60-46 84-48v10c-30 2-58 14-84 38z" className={tone} />
    <path d="M128 44h10l26 12-4 16-32 4z" className={ink} />
    <circle cx="142" cy="60" r="2.5" className={light} />
    <circle cx="152" cy="63" r="2.5" className={light} />
  </>
);

const pan = (
  <>
    <circle cx="86" cy="80" r="38" className={ink} />
    <circle cx="86" cy="80" r="29" className={tone} />
    <rect x="116" y="46" width="54" height="12" rx="6" transform="rotate(-24 116 52)" className={ink} />
    <path d="M70 72c6-12 18-14 26-10" className={line} />
  </>
);

const beans = (
  <>
    <path d="M66 46h68l6 70H60z" className={tone} />
    <path d="M66 46l8-12h52l8 12z" className={ink} />
    <ellipse cx="100" cy="82" rx="22" ry="26" className={light} />
    <ellipse cx="100" cy="82" rx="10" ry="15" transform="rotate(28 100 82)" className={ink} />
    <path d="M94 94c8-6 4-16 12-24" className={styles['thin']} />
  </>
);

const book = (
  <>
    <path d="M64 38a10 10 0 0 1 10-8h62v82H74a10 10 0 0 0-10 8z" className={tone} />
    <path d="M64 120a9 9 0 0 1 9-9h63v10H74a10 10 0 0 1-10-1z" className={light} />
    <rect x="84" y="48" width="40" height="5" rx="2" className={ink} />
    <rect x="84" y="60" width="26" height="5" rx="2" className={ink} />
    <path d="M86 92c6-12 10 8 16-2s8 4 18-4" className={line} />
  </>
);

const parcel = (
  <>
    <path d="M100 34l44 20v44l-44 22-44-22V54z" className={tone} />
    <path d="M100 76l44-22v44l-44 22z" className={ink} />
    <path d="M76 45l44 21v16l12-6V60L88 39z" className={light} />
  </>
);

const MOTIFS: readonly (readonly [RegExp, ReactNode])[] = [
  [/grinder|mill/i, grinder],
  [/bean/i, beans],
  [/espresso|coffee|machine/i, espresso],
  [/kettle|pot\b/i, kettle],
  [/wheel|tyre|tire/i, wheel],
  [/jersey|shirt|sweater/i, jersey],
  [/bag|pack/i, bag],
  [/board|tray/i, board],
  [/apron/i, apron],
  [/knife|blade/i, knife],
  [/\bpan\b|skillet/i, pan],
  [/book|edition|novel/i, book],
];

/** What a product of that name looks like; a parcel when nobody drew it. */
export const motifOf = (name: string): ReactNode => MOTIFS.find(([words]) => words.test(name))?.[1] ?? parcel;
