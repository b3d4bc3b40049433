import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { type Client, connect } from '../../src/cli/client.ts';
import { STREAMS } from '../../src/events/index.ts';
import { documentAt, tableUnder } from '../docs/markdown.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, fillCart, placeOrder, shelve } from './shop.ts';
