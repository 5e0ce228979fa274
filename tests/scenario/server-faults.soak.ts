import { jest } from '@jest/globals';
import { faultSuite } from '../support/fault-suite.ts';

jest.setTimeout(120_000);

faultSuite(() => true);
