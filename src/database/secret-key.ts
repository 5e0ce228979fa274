/** Words that make a setting secret wherever they stand in its name: never kept, logged or exported. */
const SECRET_WORD = /password|passphrase|key|private|secret|token/i;
/** Names that hold such a word and say only where a credential is, not what it is [D values, I names]. */
const REFERENCE = /(credentials[._]?source|shared[._]?credentials([._]?id)?|authentication[._]?type)$/i;
/** A switch, such as `sshKeyAppliesToSubmodules`, is no secret. */
const SWITCH = /^\s*(true|false)\s*$/i;
/** What our own SELECT leaves where it cut a secret out. */
export const CUT = '(cut)';
/** Bamboo's own encryption [I], and private keys that stand under an innocent name. */
const SECRET_VALUE = /^\s*(BAMSCRT@|-----BEGIN |\(cut\))/;

/** Whether a setting is, or may be, a secret. */
export function isSecret(key: string, value: string): boolean {
  return (SECRET_WORD.test(key) && !REFERENCE.test(key) && !SWITCH.test(value)) || SECRET_VALUE.test(value);
}
