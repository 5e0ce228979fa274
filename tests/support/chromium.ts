import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import type { Simulator } from '../../src/simulator/index.ts';

const PROGRAM = '/usr/bin/chromium';

/** Without these it asks for hosts that a test machine does not reach. */
const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's Chromium with an empty profile of its own. */
export async function startChromium(): Promise<{ context: BrowserContext; stop: () => Promise<void> }> {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
  const context = await chromium.launchPersistentContext(profile, { executablePath: PROGRAM, args: [...QUIET, '--no-proxy-server'] });
  context.setDefaultTimeout(10_000);
  const stop = async (): Promise<void> => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  };
  return { context, stop };
}

/** An administrator at a real browser: sees labels and buttons, and knows no name of any field. */
export class Administrator {
  readonly #page: Page;
  readonly #simulator: Simulator;

  constructor(page: Page, simulator: Simulator) {
    this.#page = page;
    this.#simulator = simulator;
  }

  /** Goes to a page, and past the login and the secure administrator session where those come first. */
  async visit(path: string): Promise<void> {
    await this.#page.goto(this.#simulator.bambooUrl + path);
    if ((await this.#page.getByRole('heading', { name: 'Log in' }).count()) > 0) await this.#logIn();
    if ((await this.#page.getByRole('heading', { name: 'Secure administrator session' }).count()) > 0) await this.#confirm();
  }

  /** Clicks a link. */
  async follow(link: string): Promise<void> {
    await this.#page.locator(link).click();
  }

  /** Ticks the change box, types, saves; gives what the page says then. */
  async change(username: string, password: string): Promise<string> {
    await this.#seen('Username').fill(username);
    await this.#seen('Change password').check();
    await this.#seen('Password').fill(password);
    await this.#page.getByRole('button', { name: /^Save (repository|credentials)$/ }).click();
    return ((await this.#page.locator('form .aui-message').textContent()) ?? '').trim();
  }

  /** What the page says to a person who does not tick the box: the field for the password is not to be seen. */
  seesPasswordField(): Promise<boolean> {
    return this.#page.getByLabel('Password', { exact: true }).filter({ visible: true }).isVisible();
  }

  #seen(label: string): Locator {
    return this.#page.getByLabel(label, { exact: true }).filter({ visible: true });
  }

  async #logIn(): Promise<void> {
    const { username, password } = this.#simulator.login;
    await this.#page.getByPlaceholder('Username').fill(username);
    await this.#page.getByPlaceholder('Password').fill(password);
    await this.#page.getByRole('button', { name: /^(Log in|Next)$/ }).click();
    if (this.#simulator.switches.totp) {
      await this.#page.getByPlaceholder('Code').fill(this.#simulator.totpCode());
      await this.#page.getByRole('button', { name: 'Verify' }).click();
    }
    await this.#page.getByRole('link', { name: 'Log Out' }).waitFor();
  }

  async #confirm(): Promise<void> {
    await this.#page.getByPlaceholder('Password').fill(this.#simulator.login.password);
    await this.#page.getByRole('button', { name: 'Confirm' }).click();
    await this.#page.getByRole('heading', { name: 'Secure administrator session' }).waitFor({ state: 'detached' });
  }
}
