import { jest } from '@jest/globals';
import { faultSuite } from '../support/fault-suite.ts';
import { MORE_REQUEST_KINDS } from '../support/more-request-kinds.ts';

jest.setTimeout(120_000);

const DAY_MS = 86_400_000;
/** Each day other cells, three of each column, so that all have had their turn after thirteen days. */
const turn = Math.floor(Date.now() / DAY_MS) % 13;

// All of them at once: server-faults.soak.ts.
faultSuite(MORE_REQUEST_KINDS, (row, column) => (row + 5 * column + turn) % 13 === 0);
