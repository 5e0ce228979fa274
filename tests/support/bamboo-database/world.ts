import type { Random } from './random.ts';

export const CLOUD = 'com.atlassian.bamboo.plugins.atlassian-bamboo-plugin-bitbucket:bbCloud';
export const GIT = 'com.atlassian.bamboo.plugins.atlassian-bamboo-plugin-git:gitv2';

export interface RepositoryRow {
  readonly id: string;
  readonly name: string;
  readonly pluginKey: string;
  readonly xml: string | null;
  readonly marked: boolean;
  readonly isGlobal: boolean;
  readonly projectId: string | null;
  readonly parentId: string | null;
}
export interface BuildRow {
  readonly id: string;
  readonly key: string;
  readonly type: 'CHAIN' | 'CHAIN_BRANCH' | 'JOB';
  readonly marked: boolean;
  readonly projectId: string;
}
export interface ProjectRow {
  readonly id: string;
  readonly key: string;
}
export interface CredentialRow {
  readonly id: string;
  readonly name: string;
  readonly pluginKey: string;
  readonly xml: string;
  readonly projectId: string | null;
}

/** What is true of one repository, told by what made it and not by reading it. */
export interface Truth {
  /** What is special about it, in words for docs/sql.md. */
  readonly oddity: string;
  readonly id: string;
  readonly name: string;
  /** How our reading must tell it. */
  readonly ours: 'item' | 'apart' | 'unread' | 'absent';
  readonly item?: Readonly<Record<string, unknown>>;
  /** Rows that Atlassian's queries give for it; `abort` where one such row ends the whole query. */
  readonly published: { readonly postgresql: number | 'abort'; readonly mysql: number | 'abort' };
  /** Why the answers differ, for docs/sql.md. */
  readonly why: string;
}

/** Tables being filled. Ids are above 2^53 where numbers of JavaScript lose their last digits. */
export class World {
  readonly random: Random;
  readonly projects: ProjectRow[] = [];
  readonly builds: BuildRow[] = [];
  readonly repositories: RepositoryRow[] = [];
  readonly uses: { readonly plan: string; readonly repository: string }[] = [];
  readonly credentials: CredentialRow[] = [];
  readonly specsPlans: string[] = [];
  readonly truths: Truth[] = [];
  #next = 9_007_199_254_740_993n;

  constructor(random: Random) {
    this.random = random;
  }

  id(): string {
    this.#next += 2n;
    return String(this.#next);
  }

  project(): ProjectRow {
    const row = { id: this.id(), key: `PR${this.projects.length}` };
    this.projects.push(row);
    return row;
  }

  plan(project: ProjectRow, part: Partial<BuildRow> = {}): BuildRow {
    const row: BuildRow = { id: this.id(), key: `${project.key}-PLAN${this.builds.length}`, type: 'CHAIN', marked: false, projectId: project.id, ...part };
    this.builds.push(row);
    return row;
  }

  repository(part: Partial<RepositoryRow> & { readonly xml: string | null }): RepositoryRow {
    const id = this.id();
    const row: RepositoryRow = {
      id,
      name: `repository ${this.repositories.length}`,
      pluginKey: CLOUD,
      marked: false,
      isGlobal: false,
      projectId: null,
      parentId: null,
      ...part,
    };
    this.repositories.push(row);
    return row;
  }

  use(plan: BuildRow, repository: RepositoryRow): void {
    this.uses.push({ plan: plan.id, repository: repository.id });
  }

  credential(part: Partial<CredentialRow> & { readonly xml: string }): CredentialRow {
    const row: CredentialRow = {
      id: String(1000 + this.credentials.length),
      name: `credential ${this.credentials.length}`,
      pluginKey: 'com.atlassian.bamboo.plugin.sharedCredentials:usernamePasswordCredentials',
      projectId: null,
      ...part,
    };
    this.credentials.push(row);
    return row;
  }

  truth({ id, name }: RepositoryRow, truth: Omit<Truth, 'id' | 'name'>): void {
    this.truths.push({ id, name, ...truth });
  }
}
