import type { Random } from '../seed/random.ts';

/** A person who may log in. */
export interface User {
  readonly username: string;
  readonly password: string;
  readonly isAdministrator: boolean;
  /** Key of the authenticator app, in base 32. */
  readonly totpSecret: string;
}

/** A personal access token of one user. */
export interface PersonalAccessToken {
  readonly tokenId: string;
  readonly name: string;
  readonly value: string;
  readonly user: User;
  /** `READ`, or `USER` for all that its owner may do; the words are a free choice. */
  readonly permissions: readonly ('READ' | 'USER')[];
  /** `null` for one that never runs out; below 0 it has. */
  daysUntilExpiry: number | null;
}

/** What came of trying a user name and password. */
export type Attempt = { readonly kind: 'good'; readonly user: User } | { readonly kind: 'refused' } | { readonly kind: 'captcha' };

/** So many refused attempts in a row, and a person must read a picture. */
const ATTEMPTS_BEFORE_CAPTCHA = 3;

/** The users, their tokens, and who is locked out. */
export class Accounts {
  readonly administrator: User;
  readonly viewer: User;
  readonly tokens: readonly PersonalAccessToken[];
  readonly #failures = new Map<string, number>();

  constructor(random: Random) {
    this.administrator = {
      username: 'admin',
      password: `admin ü ${random.letters(16)}`,
      isAdministrator: true,
      totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    };
    this.viewer = { username: 'viewer', password: random.letters(16), isAdministrator: false, totpSecret: 'KRUGS4ZANFZSAYJAONSWG4TFOQQGCYTD' };
    const token = (name: string, permission: 'READ' | 'USER'): PersonalAccessToken => ({
      tokenId: random.letters(12),
      name,
      value: random.letters(44),
      user: this.administrator,
      permissions: [permission],
      daysUntilExpiry: 200,
    });
    this.tokens = [token('full', 'USER'), token('read-only', 'READ')];
  }

  /** Tries a password; a locked user is refused even with the right one. */
  attempt(username: string, password: string): Attempt {
    const failures = this.#failures.get(username) ?? 0;
    if (failures >= ATTEMPTS_BEFORE_CAPTCHA) return { kind: 'captcha' };
    const user = this.named(username);
    if (user?.password === password) {
      this.#failures.delete(username);
      return { kind: 'good', user };
    }
    this.noteRefusal(username);
    return { kind: 'refused' };
  }

  /** Counts one more refused attempt. */
  noteRefusal(username: string): void {
    this.#failures.set(username, (this.#failures.get(username) ?? 0) + 1);
  }

  /** The user with this name. */
  named(username: string): User | null {
    return [this.administrator, this.viewer].find((each) => each.username === username) ?? null;
  }

  /** The token with this value. */
  token(value: string): PersonalAccessToken | null {
    return this.tokens.find((each) => each.value === value) ?? null;
  }

  /** Forgets all refused attempts. */
  unlock(): void {
    this.#failures.clear();
  }
}
