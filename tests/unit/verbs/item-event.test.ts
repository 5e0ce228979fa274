import { describe, expect, it } from '@jest/globals';
import { itemEvent } from '../../../src/verbs/item-event.ts';
import { change } from '../../support/core-samples.ts';

describe('the event of an item', () => {
  it.each([
    [25, 25],
    // The clock was set back while the item was written.
    [-172_800_000, 0],
  ])('that took %i ms by the clock tells %i', (took, told) => {
    expect(itemEvent(change(), { kind: 'changed' }, took)).toMatchObject({ event: 'ITEM', outcome: 'changed', ms: told });
  });
});
