import { describe } from '@jest/globals';
import { tellEveryPlace } from '../support/every-place.ts';

describe('every place of a server of the standard kind', () => tellEveryPlace('standard'));

describe('every place of a modern server', () => tellEveryPlace('modern'));
