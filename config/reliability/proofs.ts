import type { PromiseName } from './promises.ts';

/** One suite, and what it shows of a promise. */
export interface Proof {
  readonly suite: string;
  readonly shows: string;
}

const CRASHES = 'tests/scenario/crash-matrix.test.ts';
const MORE_CRASHES = 'tests/scenario/crash-matrix.slow.test.ts';
const DISK_FAULTS = 'tests/scenario/disk-faults.slow.test.ts';
const ALL_DISK_FAULTS = 'tests/scenario/disk-faults.soak.ts';
const ALL_CRASHES = 'tests/scenario/crash-matrix.soak.ts';
const STORIES = 'tests/property/end-states.test.ts';
const MORE_STORIES = 'tests/property/end-states.slow.test.ts';
const FAULTS = 'tests/scenario/server-faults.test.ts';
const MORE_FAULTS = 'tests/scenario/server-faults.slow.test.ts';
const OTHER_FAULTS = 'tests/scenario/server-faults-more.slow.test.ts';
const ALL_FAULTS = 'tests/scenario/server-faults.soak.ts';
const LIES = 'tests/scenario/server-faults-lies.slow.test.ts';
const LOST = 'tests/scenario/lost-answers.test.ts';
const RUN = 'tests/unit/verbs/run-changes.test.ts';

/** How each promise is tested, by name of the suite. A suite that notes figures has to be told here. */
export const PROOFS: Readonly<Record<PromiseName, readonly Proof[]>> = {
  'old-or-new': [
    { suite: CRASHES, shows: '`kill -9` at some points of an apply, a rollback and a resume: the server holds old or new pairs only' },
    { suite: MORE_CRASHES, shows: 'the same for every route and object (import, shared credentials, twins, rotation), at other points in each run' },
    { suite: ALL_CRASHES, shows: 'the same at every point (`npm run soak`), by form also with four items at a time' },
    { suite: STORIES, shows: 'random stories of applies, resumes, rollbacks, kills, interrupts, lost answers, faults and edits end as a model allows' },
    { suite: MORE_STORIES, shows: 'thousands of them: a quarter each by form, by all routes with shared credentials, of twins, and of rotations' },
    { suite: LOST, shows: 'a write without an answer is read back, and never sent again blindly' },
    { suite: 'tests/unit/core/judge.test.ts', shows: 'which answer together with which reading counts as what' },
  ],
  'snapshot-and-intent-first': [
    { suite: RUN, shows: 'nothing is written before snapshot and intent are on disk, and nothing where the disk does not take them' },
    {
      suite: DISK_FAULTS,
      shows: 'a disk that is full, read-only or without quota, by form from any one call on, else from some: nothing further is written to Bamboo',
    },
    { suite: ALL_DISK_FAULTS, shows: 'the same from any one call on for every route and object (import, shared credentials, twins, rotation)' },
    {
      suite: 'tests/property/power-loss.test.ts',
      shows: 'what was acknowledged is there after a power loss at every call to a disk that drops what was not synced',
    },
    { suite: 'tests/unit/store/line-file.test.ts', shows: 'a line is on disk when its promise resolves; after one failure every later line fails' },
  ],
  converges: [
    { suite: CRASHES, shows: 'after each kill `resume` brings all to the wanted pairs; every third is run once more' },
    { suite: MORE_CRASHES, shows: 'the same for every route and object' },
    { suite: ALL_CRASHES, shows: 'the same at every point; every fourth is run once more' },
    { suite: DISK_FAULTS, shows: 'the run goes on once the disk is mended, and ends as it should' },
    { suite: ALL_DISK_FAULTS, shows: 'the same from any one call on for every route and object' },
    { suite: STORIES, shows: 'whatever happened before, a last resume ends where the model ends' },
    { suite: MORE_STORIES, shows: 'thousands of them: a quarter each by form, by all routes with shared credentials, of twins, and of rotations' },
    { suite: 'tests/scenario/interrupts.test.ts', shows: 'Ctrl-C once and twice, and a resume that goes on' },
    { suite: 'tests/property/journal-replay.test.ts', shows: 'every beginning of a journal is believed, and tells of each item what its own last lines say' },
  ],
  'nothing-else-changed': [
    { suite: CRASHES, shows: "after each kill the server's whole state is compared: everything but the pair is as before" },
    { suite: MORE_CRASHES, shows: 'the same for every route and object' },
    { suite: FAULTS, shows: 'the same after each fault of a server' },
    { suite: MORE_FAULTS, shows: 'the same after many more faults' },
    { suite: OTHER_FAULTS, shows: 'the same where they meet other requests and commands' },
    { suite: ALL_FAULTS, shows: 'the same after every fault at every kind of request' },
    { suite: LOST, shows: 'a save that resets another setting is told, and ends the run' },
    { suite: 'tests/scenario/twins-in-use.slow.test.ts', shows: 'a rollback leaves the twin that a plan has come to use, and removes the others' },
    { suite: 'tests/unit/bamboo/form/save-parts.test.ts', shows: 'the post holds every control as it was read, in order, but for user name, flag and secret' },
    { suite: 'tests/property/bamboo-multipart.test.ts', shows: 'any name and value survives page and post' },
    { suite: 'tests/property/specs-document.test.ts', shows: 'changing a document and changing it back gives the same bytes' },
    { suite: 'tests/contract/browser.slow.test.ts', shows: 'Chromium, changing a credential by hand, leaves on the server what we leave' },
  ],
  'no-secret-readable': [
    {
      suite: 'tests/scenario/secret-search.test.ts',
      shows:
        'every file and every output of a whole round, at the most verbose level, searched in every encoding; so is what every other scenario leaves, when its directory goes',
    },
    { suite: 'tests/unit/view/open-terminal.test.ts', shows: 'no known secret passes stdout, stderr, `--json` or the log' },
    {
      suite: 'tests/scenario/secret-search-edges.slow.test.ts',
      shows: 'crashes, /proc, programs that are started, the simulator, modes under any umask, links',
    },
    { suite: FAULTS, shows: 'everything that is written and printed under faults is searched, too' },
    { suite: MORE_FAULTS, shows: 'the same for many more faults' },
    { suite: OTHER_FAULTS, shows: 'the same for the doors, shared credentials, twins, lists, `resume`, `rollback` and `verify`' },
    { suite: ALL_FAULTS, shows: 'the same for all of them' },
    { suite: LIES, shows: 'the same for a server that lies' },
    { suite: 'tests/property/redactor.test.ts', shows: 'no registered value is left in any text, in raw, URL, form, JSON, HTML or base64 form' },
    { suite: 'tests/property/config-secrets.test.ts', shows: 'a secret that stands where a reference belongs is refused and never repeated' },
    { suite: 'tests/property/log-secrets.test.ts', shows: 'secrets in a log of Bamboo never come out of `diagnose`' },
    { suite: 'tests/property/capture.test.ts', shows: 'nothing of a captured form is left but names and shape' },
    { suite: 'tests/unit/http/transport.test.ts', shows: 'what hangs on an error holds no header, body or query' },
    { suite: 'tests/unit/bamboo/site-http.test.ts', shows: 'nothing is sent to another origin than the configured one' },
  ],
  'fails-closed': [
    { suite: RUN, shows: 'drift, a failed canary, a refused login, a write that did harm, too many failures: what starts no more' },
    { suite: 'tests/unit/verbs/preflight.test.ts', shows: 'version, state, tokens and lock are asked before the first write' },
    { suite: 'tests/scenario/server-changes.test.ts', shows: 'a server that tells another version or state during a run is written to no further' },
    { suite: FAULTS, shows: 'each kind of request meets some faults of a server; end state, files and words are looked at each time' },
    { suite: MORE_FAULTS, shows: 'a third of all pairs of fault and kind of request' },
    {
      suite: OTHER_FAULTS,
      shows:
        'three faults, others each day, for each further kind: saves and imports of shared credentials, twins made and removed, logins, lists, `resume`, `rollback`, `verify`',
    },
    { suite: ALL_FAULTS, shows: 'every fault at every kind of request' },
    { suite: LIES, shows: 'lists, forms, saves, documents and imports that lie; servers exchanged or restarted; a token revoked; stale nodes' },
    {
      suite: 'tests/scenario/damaged-state.test.ts',
      shows: 'lines lost or bad, one bit turned, a file cut: `resume` and `rollback` of a run by form stop before anything is written',
    },
    {
      suite: 'tests/scenario/damaged-state.slow.test.ts',
      shows: 'the same for every route and object, and for `verify`, `show` and `rollback --snapshot`',
    },
    {
      suite: 'tests/property/damaged-files.test.ts',
      shows: 'one bit turned, or a file cut anywhere, in plan, snapshot or journal: refused, or the torn last line alone is lost',
    },
    { suite: 'tests/scenario/bad-input.test.ts', shows: 'configuration, secrets, tokens and plans that are wrong end with one sentence and nothing written' },
    { suite: 'tests/scenario/doors.test.ts', shows: 'each way in goes in, or stops with its own sentence after one attempt' },
    { suite: 'tests/unit/http/transport-tls.test.ts', shows: 'unknown authority, wrong name, a variable that would turn the checks off: no connection' },
    { suite: 'tests/scenario/tls.test.ts', shows: 'a command meets a wrong certificate before anything is sent; private authorities, client certificates' },
    { suite: 'tests/scenario/tls.slow.test.ts', shows: 'the same in the middle of a run, and behind proxies' },
    { suite: 'tests/unit/http/transport-proxy.test.ts', shows: 'the same through proxies, with their own refusals told apart' },
    { suite: 'tests/unit/bamboo/form/repository-form.test.ts', shows: 'forms with anything that is not understood are not written' },
  ],
  'one-at-a-time': [
    { suite: 'tests/property/lock-interleaving.test.ts', shows: 'in every order of the steps of several takers, the lock is never held by two that live' },
    { suite: 'tests/unit/store/lock.test.ts', shows: 'real processes, killed in the middle; the lock of another host needs its nonce' },
    { suite: 'tests/unit/store/process-table.test.ts', shows: 'a reused pid, a zombie, an earlier boot and another container are told apart' },
    {
      suite: 'tests/scenario/two-at-once.test.ts',
      shows: 'two commands, locks left behind, clocks that jump, and a second operator with another state directory',
    },
  ],
  pace: [
    {
      suite: 'tests/unit/http/with-pacing.test.ts',
      shows: 'one `Retry-After` is waited out by all workers together; of a bucket of tokens no more is taken than is there',
    },
    {
      suite: 'tests/property/congestion.test.ts',
      shows: 'fewer requests at once while a server is slow, as many as before when it recovers, never more than wanted',
    },
    { suite: 'tests/unit/bamboo/credential-guard.test.ts', shows: 'requests that wait for their turn are not sent with a credential refused meanwhile' },
    { suite: 'tests/unit/verbs/in-parallel.test.ts', shows: 'never more at once than the limit' },
    {
      suite: 'tests/scenario/pace.test.ts',
      shows: 'the pace of a whole run, as the server sees it: slow, limiting by tokens, refusing once; never above the limit set',
    },
  ],
};
