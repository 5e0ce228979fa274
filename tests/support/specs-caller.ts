import { readFile } from 'node:fs/promises';
import type { RepositoryDump, Simulator } from '../../src/simulator/index.ts';

/** A client of the simulator's Specs calls: plain fetch, nothing of ours. */
export function specsCaller(simulator: Simulator) {
  const post = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(simulator.bambooUrl + path, {
      method: 'POST',
      redirect: 'manual',
      ...init,
      headers: { authorization: `Bearer ${simulator.restToken}`, ...init.headers },
    });
  const importTo = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
    post(`/rest/api/latest/import/${path}`, { body, headers: { 'content-type': 'application/x-yaml', ...headers } });
  const exportPath = async (id: string): Promise<string> => {
    const paths = (await (await post(`/rest/api/latest/export/repository/id/${id}`)).json()) as string[];
    return paths[0] ?? '';
  };
  return {
    post,
    importTo,
    exportPath,
    localPath: async (id: string): Promise<string> => (await exportPath(id)).replace(simulator.home.server, simulator.home.local),
    exported: async (id: string): Promise<string> => readFile((await exportPath(id)).replace(simulator.home.server, simulator.home.local), 'utf8'),
  };
}

/** The first repository that fits, of those that have a document of their own. */
export function firstWith(simulator: Simulator, fits: (repository: RepositoryDump) => boolean): RepositoryDump {
  const found = simulator.repositories().find((each) => (each.level === 'global' || each.level === 'project') && fits(each));
  if (found === undefined) throw new Error('The simulator holds no such repository.');
  return found;
}

/**
 * Whether the library's validators let a repository's document pass [A]: names and descriptions without some characters, and no user
 * name in a Git address beside the one of the login. The forms let both through.
 */
export function isImportable({ name, settings }: RepositoryDump): boolean {
  const hasTwoUsers = /\/\/[^/]*@/.test(settings['repository.git.repositoryUrl'] ?? '') && settings['repository.git.passwordCredentialsSource'] === 'CUSTOM';
  return !hasTwoUsers && !/["&'<>\\]/.test(name + (settings.repositoryDescription ?? ''));
}

/** An import body by hand: few keys, as a client that is not Atlassian's sends them. */
export function specsBody(className: string, lines: readonly string[]): string {
  const head = `!!com.atlassian.bamboo.specs.util.BambooSpecProperties\nrootEntity: !!com.atlassian.bamboo.specs.${className}\n`;
  return head + lines.map((line) => `  ${line}\n`).join('');
}
