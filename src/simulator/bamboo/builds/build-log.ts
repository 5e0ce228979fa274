import { createHash } from 'node:crypto';
import type { Build, BuildStage, Checkout } from './builds.ts';

/** The task that checks out: its key is fixed, its name is the user's (seen on 8.2.5) [T]. */
const CHECKOUT = 'com.atlassian.bamboo.plugins.vcs:task.vcs.checkout';
const SCRIPT = 'com.atlassian.bamboo.plugins.scripttask:task.builder.script';

/** What a job's log holds by now. */
export function logLines(build: Build, stage: BuildStage): string[] {
  if (stage < 2 || build.end === 'not-built' || build.end === 'never') return [];
  const [first] = build.checkouts;
  const head = [`Build ${build.key}-JOB1-${build.number} started building on agent Default Agent`];
  if (stage === 2) return [...head, ...(first === undefined ? [] : startOf(first))];
  const done = checkoutLines(build);
  if (build.end === 'checkout-failed') return [...head, ...done, ...(stage === 5 ? ['Finished building, failed.'] : [])];
  const test = "Starting task 'Run the tests' of type '".concat(SCRIPT, "'");
  if (stage < 5) return [...head, ...done, test];
  const result = build.end === 'success' ? 'Success' : 'Failed';
  return [...head, ...done, test, `Finished task 'Run the tests' with result: ${result}`, 'Finished building.'];
}

/** The first checkout that fails ends the build. */
function checkoutLines(build: Build): string[] {
  const failed = build.checkouts.findIndex((each) => each.error !== null);
  const tried = failed === -1 ? build.checkouts : build.checkouts.slice(0, failed + 1);
  return tried.flatMap((each) => [...startOf(each), ...endOf(each)]);
}

function startOf({ task, url, branch }: Checkout): string[] {
  return [`Starting task '${task}' of type '${CHECKOUT}'`, `Fetching 'refs/heads/${branch}' from '${url}'.`];
}

function endOf({ task, url, error }: Checkout): string[] {
  if (error !== null) return [`Failed to fetch: ${error}`, `Finished task '${task}' with result: Error`];
  const revision = createHash('sha1').update(url).digest('hex');
  return [`Updated source code to revision: ${revision}`, `Finished task '${task}' with result: Success`];
}
