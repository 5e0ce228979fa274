import { jest } from '@jest/globals';
import { faultSuite } from '../support/fault-suite.ts';
import { REQUEST_KINDS } from '../support/request-kinds.ts';

jest.setTimeout(120_000);

// A third of the cells, so that each fault meets three or four kinds of request, and each kind of request a dozen faults. All of them: server-faults.soak.ts.
faultSuite(REQUEST_KINDS, (row, column) => (row + column) % 3 === 0);
