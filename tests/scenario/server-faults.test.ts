import { jest } from '@jest/globals';
import { faultSuite } from '../support/fault-suite.ts';
import { REQUEST_KINDS } from '../support/request-kinds.ts';

jest.setTimeout(120_000);

// Every third fault, each at one kind of request, and every kind of request. More of them: server-faults.slow.test.ts; all: server-faults.soak.ts.
faultSuite(REQUEST_KINDS, (row, column) => row % 3 === 1 && (row - 1) / 3 === column);
