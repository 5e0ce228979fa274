import { RekeyError } from '../core/errors.ts';
import type { RouteName } from '../core/plan-file.ts';
import type { Bamboo, Http, Listing, Route } from '../core/ports.ts';
import type { Secret } from '../core/secret.ts';
import { readBranches } from './branch/branch-list.ts';
import { readBranchRepositories } from './branch/branch-page.ts';
import { capturePage } from './capture/capture-page.ts';
import { createCredentialRoute } from './credential/credential-route.ts';
import { readSharedCredentials } from './credential/list-page.ts';
import { listProjectCredentials } from './credential/project-list.ts';
import { readCredentialUses } from './credential/uses-page.ts';
import { createFormRoute } from './form/form-route.ts';
import { readPlanRepositories } from './form/plan-page.ts';
import type { PairOverride } from './form/secret-pair.ts';
import { createDocumentSource } from './import/document-source.ts';
import type { HomeAccess } from './import/home-watch.ts';
import { createImportRoute } from './import/import-route.ts';
import { makeScratchRepository, removeScratchRepository } from './import/scratch-repository.ts';
import { queueBuild, readBuild, readJobLog, readPlan } from './rest/builds.ts';
import { readLinkedRepositories, readPlans, readProjectRepositories, readProjects } from './rest/lists.ts';
import { shortens } from './rest/read-pages.ts';
import { readAccessTokens, readInfo } from './rest/server.ts';
import { readPlansUsing, readUsage } from './rest/usage.ts';
import { Site } from './site.ts';
import { type Credentials, waysIn } from './ways-in.ts';

/** What a Bamboo client is made of. */
export interface BambooParts extends Credentials {
  readonly http: Http;
  /** Configured address, with its context path. */
  readonly url: string;
  /** Sent with every request, for an access proxy. */
  readonly headers: Readonly<Record<string, string>>;
  readonly form?: PairOverride;
  /** Hears of the cookies that the server gives: whoever has them is let in. */
  readonly keepSecret?: (secret: Secret) => void;
  /** Where Bitbucket Cloud serves git. */
  readonly gitBase?: string;
  /** Where the server's exports can be read. */
  readonly home?: HomeAccess;
}

const GIT_BASE = 'https://bitbucket.org';
const HOME_REMEDY = 'Configure bamboo.home again as it was when the plan was made, or make a new plan.';

/** Gives a whole list, or says what of it could not be read. */
async function listing<Entry>(what: string, read: () => Promise<readonly Entry[]>): Promise<Listing<Entry>> {
  try {
    return { entries: await read(), unread: [] };
  } catch (thrown) {
    return { entries: [], unread: [shortens(thrown, what)] };
  }
}

/** Makes a client for one Bamboo server. Sends nothing until it is asked. */
export function createBamboo(parts: BambooParts): Bamboo {
  const site = new Site(parts.url);
  const { rest, session } = waysIn(parts, { http: parts.http, site, headers: parts.headers, keepSecret: parts.keepSecret ?? (() => undefined) });

  const documents = parts.home === undefined ? undefined : createDocumentSource({ ...parts.home, rest });

  function route(name: RouteName): Route {
    const common = { rest, site, ...(parts.form === undefined ? {} : { override: parts.form }) };
    if (name === 'shared-credential') return createCredentialRoute({ ...common, session });
    const gitBase = parts.gitBase ?? GIT_BASE;
    const form = createFormRoute({ ...common, gitBase, session });
    if (name === 'form') return form;
    if (documents === undefined) throw new RekeyError('CONFIG_INVALID', 'The import route needs bamboo.home, and none is configured.', { remedy: HOME_REMEDY });
    return createImportRoute({ rest, session, site, documents, gitBase, form });
  }

  return {
    info: (signal) => readInfo(rest, signal),
    linkedRepositories: (signal) => readLinkedRepositories(rest, signal),
    projects: (signal) => readProjects(rest, signal),
    projectRepositories: (project, signal) => readProjectRepositories(rest, project, signal),
    plans: (signal) => readPlans(rest, signal),
    planRepositories: (plan, signal) => listing(`repositories of plan ${plan.key}`, () => readPlanRepositories(session, site, plan, signal)),
    planBranches: (plan, signal) => readBranches(rest, plan, signal),
    branchRepositories: (branch, inherited, signal) =>
      listing(`repositories of plan branch ${branch.key}`, () =>
        readBranchRepositories({ session, site, branch, inherited, ...(signal === undefined ? {} : { signal }) }),
      ),
    sharedCredentials: (signal) => listing('shared credentials of the server', () => readSharedCredentials(session, site, signal)),
    projectCredentials: (project, signal) => listProjectCredentials(rest, project, signal),
    credentialUses: async (place, signal) => (place.level === 'global' ? readCredentialUses(session, site, place.id, signal) : undefined),
    usage: (place, signal) => readUsage(rest, place, signal),
    plansUsing: ({ id }, signal) => readPlansUsing(rest, id, signal),
    plan: (key, signal) => readPlan(rest, key, signal),
    queueBuild: (plan) => queueBuild(rest, plan),
    build: (result, signal) => readBuild(rest, result, signal),
    capture: (place, signal) => capturePage(session, site, place, signal),
    jobLog: (job, signal) => readJobLog(rest, job, signal),
    login: () => session.open(),
    accessTokens: async (signal) => (parts.restToken === undefined ? undefined : readAccessTokens(rest, signal)),
    route,
    makeScratch: (name, pair) => makeScratchRepository(rest, name, pair),
    removeScratch: (place) => removeScratchRepository({ rest, session, site }, place),
    exported: () => documents?.exported() ?? { files: 0, folders: [] },
  };
}
