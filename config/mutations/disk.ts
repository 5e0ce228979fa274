import type { Mutation } from './mutation.ts';

const POWER = 'tests/property/power-loss.test.ts';
const DAMAGED = 'tests/property/damaged-files.test.ts';
const STORE = 'tests/unit/store/run-store.test.ts';
const LOCK = 'tests/unit/store/lock.test.ts';

/** Protections on disk: durability, checksums, rights, links, and the lock. */
export const DISK: readonly Mutation[] = [
  {
    promise: 'snapshot-and-intent-first',
    without: 'syncing a line of snapshot or journal',
    file: 'src/store/line-file.ts',
    text: 'await this.#file.syncData();',
    instead: '',
    tests: [POWER],
  },
  {
    promise: 'snapshot-and-intent-first',
    without: 'staying failed after a line that the disk did not take',
    file: 'src/store/line-file.ts',
    text: 'if (this.#failure !== undefined) return this.#failure;',
    instead: '',
    tests: ['tests/unit/store/line-file.test.ts'],
  },
  {
    promise: 'converges',
    without: 'syncing the files of a new run',
    file: 'src/store/write-durably.ts',
    text: 'await file.sync();',
    instead: '',
    tests: [POWER, 'tests/unit/store/write-durably.test.ts'],
  },
  {
    promise: 'converges',
    without: 'syncing the directory in which a new run got its name',
    file: 'src/store/run-store.ts',
    text: 'await fileSystem.syncDirectory(this.#runs);',
    instead: '',
    tests: [POWER],
  },
  {
    promise: 'converges',
    without: 'making a run under another name until it is complete',
    file: 'src/store/run-store.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of the code
    text: 'const unnamed = join(this.#runs, `.new-${run}`);',
    instead: 'const unnamed = directory;',
    tests: [POWER],
  },
  {
    promise: 'converges',
    without: 'replacing a file by its complete successor',
    file: 'src/store/write-durably.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of the code
    text: 'const temporary = `${path}.${randomUUID()}.tmp`;',
    instead: 'const temporary = path + randomUUID().slice(36); await discard(fileSystem, path);',
    tests: ['tests/unit/store/write-durably.test.ts'],
  },
  {
    promise: 'fails-closed',
    without: 'the checksum of a line',
    file: 'src/core/line-codec.ts',
    text: 'if (body === undefined || written !== chained(sum, body)) throw',
    instead: 'if (body === undefined || chained(sum, body) === undefined) throw',
    tests: [DAMAGED, 'tests/unit/core/line-codec.test.ts'],
  },
  {
    promise: 'fails-closed',
    without: 'the chain from line to line',
    file: 'src/core/line-codec.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of the code
    text: 'return sha256(`${previous}${body}`).slice(0, 32);',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of the code
    instead: 'return sha256(`${body}`.slice(previous.length - previous.length)).slice(0, 32);',
    tests: [STORE],
  },
  {
    promise: 'fails-closed',
    without: 'stopping at a torn line in the middle',
    file: 'src/core/line-codec.ts',
    text: "const lines = text.split('\\n');",
    instead: "const lines = text.split('\\n').filter((line, index, all) => index === all.length - 1 || line.endsWith('}'));",
    tests: ['tests/unit/core/line-codec.test.ts'],
  },
  {
    promise: 'no-secret-readable',
    without: 'files for the owner alone',
    file: 'src/store/file-system.ts',
    text: 'constants.O_APPEND | NO_FOLLOW, 0o600);\n  await handle.chmod(0o600);',
    instead: 'constants.O_APPEND | NO_FOLLOW, 0o644);\n  await handle.chmod(0o644);',
    tests: [STORE],
  },
  {
    promise: 'no-secret-readable',
    without: 'directories for the owner alone',
    file: 'src/store/file-system.ts',
    text: 'await chmod(path, 0o700);',
    instead: 'await chmod(path, 0o755);',
    tests: [STORE],
  },
  {
    promise: 'no-secret-readable',
    without: 'refusing a state directory that others may open',
    file: 'src/store/state-directory.ts',
    text: '(entry.mode & 0o077) !== 0',
    instead: '(entry.mode & 0o077) === 0o1000',
    tests: [STORE],
  },
  {
    promise: 'fails-closed',
    without: 'refusing links to the files of a run',
    file: 'src/store/file-system.ts',
    text: "(links === 'refuse' ? NO_FOLLOW : 0)",
    instead: "(links === 'refuse' ? 0 : 0)",
    tests: [STORE],
  },
  {
    promise: 'fails-closed',
    without: 'refusing links to the directories of runs',
    file: 'src/store/state-directory.ts',
    text: "if (entry.kind === 'link')\n    throw",
    instead: "if (entry.kind === 'link') return true;\n  if (entry.kind !== 'directory')\n    throw",
    tests: [STORE],
  },
  {
    promise: 'one-at-a-time',
    without: 'asking whether the holder of the lock lives',
    file: 'src/store/lock.ts',
    text: 'await refuseUnlessForfeited(holder, attempt);',
    instead: 'void refuseUnlessForfeited;',
    tests: [LOCK],
    named: 'refused while its holder lives|exact nonce',
  },
  {
    promise: 'one-at-a-time',
    without: 'reading the lock again before it is taken over',
    file: 'src/store/lock.ts',
    text: 'if ((await holderOf(path, attempt.fileSystem))?.nonce !== nonce) return false;',
    instead: 'void nonce;',
    tests: ['tests/property/lock-interleaving.test.ts'],
  },
  {
    promise: 'one-at-a-time',
    without: 'telling a process from another one with the same number',
    file: 'src/store/process-table.ts',
    text: "return now.ticks === then.ticks ? 'alive' : 'dead';",
    instead: "return 'alive';",
    tests: ['tests/unit/store/process-table.test.ts'],
  },
  {
    promise: 'one-at-a-time',
    without: 'the nonce that breaking the lock of another host needs',
    file: 'src/store/lock.ts',
    text: "(standing === 'unseen' && breakNonce === holder.nonce)",
    instead: "(standing === 'unseen' && breakNonce !== undefined)",
    tests: [LOCK],
    named: 'exact nonce',
  },
];
