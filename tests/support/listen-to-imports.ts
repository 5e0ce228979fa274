import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll } from '@jest/globals';
import { IMPORT_CHANNEL, type ImportNotice } from '../../src/simulator/bamboo/rest/import-notice.ts';
import { keepSentImport, senderOf } from './sent-imports.ts';

/** Hears of every import that any simulator of this process is sent. */
function hear(message: unknown): void {
  const { sender, ...notice } = message as ImportNotice;
  keepSentImport({ ...notice, sender: senderOf(sender) });
}

// Channels are of the process: what one suite leaves behind would hear the imports of the next.
subscribe(IMPORT_CHANNEL, hear);
afterAll(() => {
  unsubscribe(IMPORT_CHANNEL, hear);
});
