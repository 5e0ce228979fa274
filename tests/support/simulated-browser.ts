import { load } from 'cheerio';
import type { Simulator } from '../../src/simulator/index.ts';

/** A form as a browser would post it: every successful control, in document order, duplicates kept. */
export interface BrowserForm {
  readonly id: string;
  readonly action: string;
  readonly entries: [string, string][];
}

/** A person at a browser, for tests of the simulator: knows nothing of the client under test. */
export class SimulatedBrowser {
  readonly #simulator: Simulator;
  #cookies = new Map<string, string>();

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#cookies.size > 0) headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const url = /^https?:/.test(path) ? path : this.#simulator.bambooUrl + path;
    const response = await fetch(url, { redirect: 'manual', ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  async page(path: string): Promise<string> {
    return (await this.fetch(path)).text();
  }

  async logIn(who: { username: string; password: string } = this.#simulator.login): Promise<Response> {
    const page = await this.page('/userlogin!doDefault.action');
    if (!page.includes('loginForm')) return this.#logInByTwoSteps(who);
    const token = String(load(page)('#loginForm [name=atl_token]').val());
    return this.fetch('/userlogin.action', {
      method: 'POST',
      body: new URLSearchParams({ os_username: who.username, os_password: who.password, os_destination: '', save: 'Log in', atl_token: token }),
    });
  }

  /** The screen of 10.1 and later, and the password once more for administrator pages, as a person would. */
  async #logInByTwoSteps(who: { username: string; password: string }): Promise<Response> {
    const answer = await this.json('/rest/tsv/1.0/authenticate', { ...who, rememberMe: false, targetUrl: '' });
    if (this.#simulator.switches.webSudo) await this.json('/rest/tsv/latest/elevate-permissions/password', { password: who.password });
    return answer;
  }

  async json(path: string, body: object): Promise<Response> {
    return this.fetch(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  }

  async form(path: string): Promise<BrowserForm> {
    return formIn(await this.page(path));
  }

  /** Posts entries as multipart to a path or a whole address. */
  async post(
    path: string,
    entries: readonly (readonly [string, string])[],
    headers: Record<string, string> = { 'X-Atlassian-Token': 'no-check' },
  ): Promise<Response> {
    const body = new FormData();
    for (const [name, value] of entries) body.append(name, value);
    return this.fetch(path, { method: 'POST', body, headers });
  }
}

/** The edit form of a page: the one that names both the repository and its type. */
export function formIn(html: string): BrowserForm {
  const page = load(html);
  const form = page('form').filter((_, each) => page(each).find('[name=repositoryId]').length > 0 && page(each).find('[name=selectedRepository]').length > 0);
  const entries: [string, string][] = [];
  form.find('input, select, textarea').each((_, element) => {
    const control = page(element);
    const name = control.attr('name');
    if (name === undefined || control.attr('disabled') !== undefined) return;
    const type = control.attr('type');
    if (type === 'submit' || ((type === 'checkbox' || type === 'radio') && control.attr('checked') === undefined)) return;
    if (!control.is('select')) entries.push([name, String(control.val() ?? '')]);
    else
      for (const value of chosen(
        control
          .find('option')
          .toArray()
          .map((option) => page(option)),
        control.attr('multiple') !== undefined,
      ))
        entries.push([name, value]);
  });
  return { id: form.attr('id') ?? '', action: form.attr('action') ?? '', entries };
}

interface OptionElement {
  attr(name: string): string | undefined;
}

function chosen(options: readonly OptionElement[], isMultiple: boolean): string[] {
  const marked = options.filter((option) => option.attr('selected') !== undefined);
  const taken = marked.length === 0 && !isMultiple ? options.slice(0, 1) : marked;
  return taken.map((option) => option.attr('value') ?? '');
}

/** The entries with one name put to a value, or added at the end. */
export function withEntry(entries: readonly (readonly [string, string])[], name: string, value: string): (readonly [string, string])[] {
  return entries.some(([each]) => each === name) ? entries.map(([each, old]) => [each, each === name ? value : old] as const) : [...entries, [name, value]];
}

/** The entries without a name. */
export function withoutEntry(entries: readonly (readonly [string, string])[], name: string): (readonly [string, string])[] {
  return entries.filter(([each]) => each !== name);
}

/** What a script adds that wants JSON back. */
export const JSON_MODE = [
  ['bamboo.successReturnMode', 'json'],
  ['decorator', 'nothing'],
  ['confirm', 'true'],
] as const;
