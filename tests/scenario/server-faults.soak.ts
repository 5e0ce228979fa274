import { jest } from '@jest/globals';
import { faultSuite } from '../support/fault-suite.ts';
import { MORE_REQUEST_KINDS } from '../support/more-request-kinds.ts';
import { REQUEST_KINDS } from '../support/request-kinds.ts';

jest.setTimeout(120_000);

faultSuite([...REQUEST_KINDS, ...MORE_REQUEST_KINDS], () => true);
