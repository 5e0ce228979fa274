/** How an API token, an app password, an access token [D] and a value that Bamboo has encrypted [P] begin. */
const SECRET_START = /ATAT|ATBB|ATCT|BAMSCRT/;

/** Whether a value that a log shows is, or contains, a secret, and must not be told. */
export function looksSecret(value: string): boolean {
  return SECRET_START.test(value);
}
