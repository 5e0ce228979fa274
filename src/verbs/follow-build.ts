import { type BuildEnd, type BuildStep, judgeBuild } from '../core/build-progress.ts';
import { judgeCheckouts, type WantedCheckout } from '../core/checkout-log.ts';
import { endsEverything, RekeyError, toRekeyError } from '../core/errors.ts';
import type { Bamboo, Runtime } from '../core/ports.ts';
import type { BuildOrder } from './build-order.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Queues the plan once and follows it to the end of its checkout, to its result, or to the time limit.
 * @throws RekeyError BUILD_REFUSED when the server queued nothing, INTERRUPTED, or with exit 7
 */
export async function followBuild(order: BuildOrder, wanted: readonly WantedCheckout[], runtime: Runtime): Promise<BuildEnd> {
  const { plan } = order;
  const bamboo = await runtime.bamboo();
  const queued = await bamboo.queueBuild(plan);
  if (queued.kind === 'refused') throw new RekeyError('BUILD_REFUSED', `Plan ${plan} was not queued: ${queued.why}`);
  if (queued.kind === 'unanswered') return tell({ plan, kind: 'not-known', detail: `it is not known whether a build was queued: ${queued.why}` }, runtime);
  runtime.emit({ event: 'BUILD', plan, result: queued.result, state: 'queued', detail: 'waiting for the end of its checkout' });
  return tell({ plan, result: queued.result, ...(await waitFor(queued.result, order.timeoutMs, wanted, bamboo, runtime)) }, runtime);
}

function tell(end: BuildEnd, runtime: Runtime): BuildEnd {
  const { kind, ...rest } = end;
  runtime.emit({ event: 'BUILD', ...rest, state: kind });
  return end;
}

type Finding = Exclude<BuildStep, { kind: 'wait' }>;

async function waitFor(result: string, timeoutMs: number, wanted: readonly WantedCheckout[], bamboo: Bamboo, runtime: Runtime): Promise<Finding> {
  const { clock, stop } = runtime;
  const end = clock.now().getTime() + timeoutMs;
  let pause = FIRST_PAUSE_MS;
  let last = 'the build had not begun its checkout';
  while (clock.now().getTime() < end) {
    const step = await lookOnce(result, wanted, bamboo, stop);
    if (step.kind !== 'wait') return step;
    last = step.detail;
    await rest(Math.min(pause, Math.max(0, end - clock.now().getTime())), runtime);
    if (stop.aborted) throw interrupted(result);
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS);
  }
  return { kind: 'not-known', detail: `after ${Math.round(timeoutMs / 1000)} seconds it was not known whether the checkout works: ${last}; the build goes on` };
}

/** Ctrl-C ends the pause; the loop sees it. */
async function rest(ms: number, { clock, stop }: Runtime): Promise<void> {
  try {
    await clock.sleep(ms, stop);
  } catch (thrown) {
    if (!stop.aborted) throw thrown;
  }
}

function interrupted(result: string): RekeyError {
  const remedy = `Look at build ${result} in Bamboo, or run the same command again.`;
  return new RekeyError('INTERRUPTED', `Interrupted while following build ${result}, which goes on.`, { remedy });
}

/** One look at result and logs. A look that fails is no end: the next one may work. */
async function lookOnce(
  result: string,
  wanted: readonly WantedCheckout[],
  bamboo: Bamboo,
  stop: AbortSignal,
): Promise<Finding | { kind: 'wait'; detail: string }> {
  try {
    const build = await bamboo.build(result, stop);
    const logs: (readonly string[])[] = [];
    for (const job of build.jobs) logs.push(await bamboo.jobLog(job, stop));
    const step = judgeBuild(build, judgeCheckouts(logs, wanted));
    return step.kind === 'wait'
      ? { kind: 'wait', detail: `the build is ${build.lifeCycle === 'unknown' ? 'in a state that is not known' : build.lifeCycle}` }
      : step;
  } catch (thrown) {
    const { code, message } = toRekeyError(thrown);
    if (endsEverything(thrown) || code === 'INTERNAL') throw thrown;
    return { kind: 'wait', detail: message };
  }
}
