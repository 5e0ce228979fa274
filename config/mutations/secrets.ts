import type { Mutation } from './mutation.ts';

const REDACTOR = 'tests/property/redactor.test.ts';

/** Protections of secrets, and of the terminal that shows what a server says. */
export const SECRETS: readonly Mutation[] = [
  {
    promise: 'no-secret-readable',
    without: 'looking for the base64 forms of a secret',
    file: 'src/core/redactor.ts',
    text: '    ...base64Forms(value),\n',
    instead: '',
    tests: [REDACTOR, 'tests/unit/core/redactor.test.ts'],
  },
  {
    promise: 'no-secret-readable',
    without: 'looking for the URL-encoded forms of a secret',
    file: 'src/core/redactor.ts',
    text: '    ...urls,\n    ...urls.map(lowerCaseEscapes),\n',
    instead: '',
    tests: [REDACTOR],
  },
  {
    promise: 'no-secret-readable',
    without: 'a class of its own for secrets that does not print',
    file: 'src/core/secret.ts',
    text: 'toJSON(): string {\n    return PRINTED;',
    instead: 'toJSON(): string {\n    return this.#value;',
    tests: ['tests/unit/core/secret.test.ts'],
  },
  {
    promise: 'no-secret-readable',
    without: 'taking secrets out of the reasons in the journal',
    file: 'src/store/with-redaction.ts',
    text: 'why: redact(entry.outcome.why)',
    instead: 'why: entry.outcome.why',
    tests: ['tests/unit/store/with-redaction.test.ts'],
  },
  {
    promise: 'no-secret-readable',
    without: 'taking secrets out of the settings in the snapshot',
    file: 'src/store/with-redaction.ts',
    text: '[name, redact(value)]',
    instead: '[name, value]',
    tests: ['tests/unit/store/with-redaction.test.ts'],
  },
  {
    promise: 'no-secret-readable',
    without: 'leaving secret controls out of the settings that are kept',
    file: 'src/bamboo/form/settings.ts',
    text: ' && !mayHoldSecret(control))',
    instead: ')',
    tests: ['tests/unit/bamboo/form/repository-form.test.ts'],
  },
  {
    promise: 'no-secret-readable',
    without: 'taking the secret that was sent out of the answer',
    file: 'src/bamboo/form/post-form.ts',
    text: "return 'why' in answer ? { ...answer, why: withoutSecret(answer.why, pair.secret) } : answer;",
    instead: "return 'why' in answer ? { ...answer, why: answer.why } : answer;",
    tests: ['tests/unit/bamboo/form/form-route.test.ts'],
  },
  {
    promise: 'no-secret-readable',
    without: 'keeping headers out of errors',
    file: 'src/http/connection-error.ts',
    text: 'const cause = { code, message };',
    instead: 'const cause = thrown; void message;',
    tests: ['tests/unit/http/transport.test.ts'],
  },
  {
    promise: 'no-secret-readable',
    without: 'making the text of a server harmless on a terminal',
    file: 'src/view/safe-text.ts',
    text: 'return text.replace(HARMFUL, escapeCharacter);',
    instead: 'return text;',
    tests: ['tests/unit/view/safe-text.test.ts'],
  },
];
