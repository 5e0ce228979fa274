/** Type of Bamboo's own checkout task, whatever the user calls it [T]. */
const CHECKOUT = 'com.atlassian.bamboo.plugins.vcs:task.vcs.checkout';

/** A repository whose credential a build is to prove. */
export interface WantedCheckout {
  readonly workspace: string;
  readonly slug: string;
}

/** What the logs of a build's jobs tell of its checkouts so far. */
export type CheckoutVerdict =
  /** `named`: the log shows that it fetched a wanted repository. `unnamed`: it shows no address at all. */
  | { readonly kind: 'succeeded'; readonly task: string; readonly shown: 'named' | 'unnamed' }
  | { readonly kind: 'failed'; readonly task: string; readonly result: string }
  /** Checkouts went well, but of other repositories than the wanted ones. */
  | { readonly kind: 'others-only' }
  | { readonly kind: 'open' };

interface Checkout {
  readonly task: string;
  readonly fetched: string[];
  result?: string;
}

const STARTED = /Starting task '(.*)' of type '([^']*)'/;
const FINISHED = /Finished task '(.*)' with result: (\w+)/;
/** `Fetching 'refs/heads/main' from 'https://…'.` [T] */
const FETCHED = /Fetching .* from '([^']+)'/;

/** Reads one job's log line by line. Within a task that has not ended, whatever looks like another one's start is output. */
class CheckoutReader {
  readonly checkouts: Checkout[] = [];
  #open: string | undefined;
  #checkout: Checkout | undefined;

  line(text: string): void {
    if (this.#open === undefined) this.#start(STARTED.exec(text));
    else this.#inside(text, this.#open);
  }

  #start(found: RegExpExecArray | null): void {
    const [, task, type] = found ?? [];
    this.#open = task;
    if (task === undefined || type !== CHECKOUT) return;
    this.#checkout = { task, fetched: [] };
    this.checkouts.push(this.#checkout);
  }

  #inside(text: string, open: string): void {
    const fetched = FETCHED.exec(text)?.[1];
    if (fetched !== undefined) this.#checkout?.fetched.push(fetched);
    const [, task, result] = FINISHED.exec(text) ?? [];
    if (task !== open || result === undefined) return;
    if (this.#checkout !== undefined) this.#checkout.result = result;
    this.#open = undefined;
    this.#checkout = undefined;
  }
}

function readCheckouts(lines: readonly string[]): Checkout[] {
  const reader = new CheckoutReader();
  for (const text of lines) reader.line(text);
  return reader.checkouts;
}

function isOf(address: string, { workspace, slug }: WantedCheckout): boolean {
  const path = address
    .replace(/\/+$/, '')
    .replace(/\.git$/i, '')
    .toLowerCase();
  const name = `${workspace}/${slug}`.toLowerCase();
  return path.endsWith(`/${name}`) || path.endsWith(`:${name}`) || path === name;
}

/** Judges the checkouts of a build by the logs of its jobs. A failure later in the build says nothing about them. */
export function judgeCheckouts(logs: readonly (readonly string[])[], wanted: readonly WantedCheckout[]): CheckoutVerdict {
  const ended = logs.flatMap(readCheckouts).filter(({ result }) => result !== undefined);
  const good = ended.filter(({ result }) => result === 'Success');
  const named = good.find(({ fetched }) => fetched.some((address) => wanted.some((each) => isOf(address, each))));
  if (named !== undefined) return { kind: 'succeeded', task: named.task, shown: 'named' };
  const failed = ended.find(({ result }) => result !== 'Success');
  if (failed !== undefined) return { kind: 'failed', task: failed.task, result: failed.result ?? '' };
  const unnamed = good.find(({ fetched }) => fetched.length === 0);
  if (unnamed !== undefined) return { kind: 'succeeded', task: unnamed.task, shown: 'unnamed' };
  return good.length > 0 ? { kind: 'others-only' } : { kind: 'open' };
}
