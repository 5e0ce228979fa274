/** What the product promises, word by word, and what each promise rests on. Figures and mutations name one of these; `docs/reliability.md` has a section for each. */
export const PROMISES = {
  'old-or-new': 'At any moment each repository holds its old or its new credential',
  'snapshot-and-intent-first': 'Every write was preceded by a durable snapshot and intent',
  converges: 'Running the same command again converges',
  'nothing-else-changed': 'Nothing but the credential changed',
  'no-secret-readable': 'No secret is readable in anything we write',
  'fails-closed': 'What is not understood or not allowed is not written',
  'one-at-a-time': 'Two at once do no harm',
  pace: "The server's pace is kept, and the limit set is never passed",
} as const;

/** The short name of a promise. */
export type PromiseName = keyof typeof PROMISES;
