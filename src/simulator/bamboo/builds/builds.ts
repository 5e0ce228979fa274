import { performance } from 'node:perf_hooks';
import { unreachable } from '../../simulator-error.ts';
import type { Switches } from '../switches.ts';

/** One repository that a build checks out, and how that goes. */
export interface Checkout {
  readonly task: string;
  readonly url: string;
  readonly branch: string;
  /** What git said; `null` where it fetched. */
  readonly error: string | null;
}

/** How a build ends. */
export type BuildEnd = 'success' | 'checkout-failed' | 'later-step-failed' | 'not-built' | 'never';

/** One build of a plan or of a plan's branch. */
export interface Build {
  readonly key: string;
  readonly number: number;
  readonly startedAt: number;
  readonly checkouts: readonly Checkout[];
  readonly end: BuildEnd;
  /** How often its result was asked for. */
  polls: number;
}

/** Where a build stands: 0 and 1 wait, 2 checks out, 3 and 4 run what comes after the checkout, 5 is over. */
export type BuildStage = 0 | 1 | 2 | 3 | 4 | 5;

/** What REST calls that [P]. */
export type LifeCycleState = 'Pending' | 'Queued' | 'InProgress' | 'Finished' | 'NotBuilt';

const LAST: BuildStage = 5;

/** The builds of one server, oldest first. */
export class Builds {
  readonly #all: Build[] = [];
  readonly #switches: Pick<Switches, 'builds' | 'buildMs' | 'buildPace'>;

  constructor(switches: Pick<Switches, 'builds' | 'buildMs' | 'buildPace'>) {
    this.#switches = switches;
  }

  /** Queues a build; how it will end is settled now, by the switch or by what Bitbucket says to the credentials. */
  queue(key: string, checkouts: readonly Checkout[]): Build {
    const number = this.of(key).length + 1;
    const forced = this.#switches.builds === 'checkout-fails';
    const tried = forced ? checkouts.map((each) => ({ ...each, error: FORCED })) : checkouts;
    const build: Build = { key, number, startedAt: performance.now(), checkouts: tried, end: endOf(this.#switches.builds, tried), polls: 0 };
    this.#all.push(build);
    return build;
  }

  /** All builds of one plan or branch. */
  of(key: string): Build[] {
    return this.#all.filter((build) => build.key === key);
  }

  /** Copies of all builds. */
  all(): Build[] {
    return this.#all.map((build) => ({ ...build }));
  }

  /** The builds that wait. */
  waiting(): Build[] {
    return this.#all.filter((build) => this.stageOf(build) < 2);
  }

  /** How far a build has come. */
  stageOf(build: Build): BuildStage {
    const { buildMs, buildPace } = this.#switches;
    const elapsed = buildMs === 0 ? LAST : Math.floor(((performance.now() - build.startedAt) / buildMs) * LAST);
    const stage = Math.min(LAST, buildPace === 'polls' ? build.polls : elapsed) as BuildStage;
    if (build.end === 'never') return Math.min(stage, 1) as BuildStage;
    return build.end === 'not-built' && stage >= 2 ? LAST : stage;
  }

  /** The word for how far a build has come. */
  lifeCycleOf(build: Build): LifeCycleState {
    const stage = this.stageOf(build);
    if (stage === LAST) return build.end === 'not-built' ? 'NotBuilt' : 'Finished';
    if (stage < 2) return stage === 0 ? 'Pending' : 'Queued';
    return 'InProgress';
  }
}

const FORCED = 'fatal: Authentication failed';

function endOf(how: Switches['builds'], checkouts: readonly Checkout[]): BuildEnd {
  switch (how) {
    case 'by-credential':
      return checkouts.some((each) => each.error !== null) ? 'checkout-failed' : 'success';
    case 'checkout-fails':
      return 'checkout-failed';
    case 'later-step-fails':
      return checkouts.some((each) => each.error !== null) ? 'checkout-failed' : 'later-step-failed';
    case 'not-built':
      return 'not-built';
    case 'stay-queued':
      return 'never';
    default:
      return unreachable(how);
  }
}
