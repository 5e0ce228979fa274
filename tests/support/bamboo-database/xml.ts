/** What must never leave the database. */
export const STORED_SECRET = 'BAMSCRT@0@0@kP7vQ2w9ZxT5dJ1sYb8u==';

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function entry(key: string, value: string): string {
  return `<entry><string>${escapeXml(key)}</string><string>${escapeXml(value)}</string></entry>`;
}

/** `repository` with the sister maps around `serverConfiguration`; values of entries are given as they are. */
export function repositoryXml(entries: readonly string[], order: (parts: string[]) => string[] = (parts) => parts): string {
  const parts = [
    `<serverConfiguration>\n    ${entries.join('\n    ')}\n  </serverConfiguration>`,
    `<branchConfiguration>${entry('repository.bitbucket.username', 'not.the.server.map')}</branchConfiguration>`,
    `<changeDetectionConfiguration>${entry('commitIsolation', 'false')}<unknownChild deep="1"><a><b/></a></unknownChild></changeDetectionConfiguration>`,
    '<vcsBranch class="something"><name>main</name></vcsBranch>',
    '<viewerPluginKey/>',
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<repository>\n  ${order(parts).join('\n  ')}\n</repository>`;
}

export const cloud = (suffix: string, value: string) => entry(`repository.bitbucket.${suffix}`, value);
export const git = (suffix: string, value: string) => entry(`repository.git.${suffix}`, value);

/** A Bitbucket Cloud repository with user name and password of its own. */
export function inlineXml(username: string, slug: string, more: readonly string[] = [], order?: (parts: string[]) => string[]): string {
  return repositoryXml([cloud('repository', slug), cloud('password', STORED_SECRET), cloud('username', username), cloud('branch', 'main'), ...more], order);
}

export function gitXml(url: string, username: string, more: readonly string[] = []): string {
  return repositoryXml([
    git('repositoryUrl', url),
    git('authenticationType', 'PASSWORD'),
    git('username', username),
    git('password', STORED_SECRET),
    git('branch', ''),
    ...more,
  ]);
}

/** The layout of old versions [T]. */
export function legacyXml(username: string, slug: string): string {
  return `<configuration><repository><bitbucket><repository>${escapeXml(slug)}</repository><username>${escapeXml(username)}</username><password>${STORED_SECRET}</password></bitbucket></repository></configuration>`;
}
