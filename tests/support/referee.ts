import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '../referee');
const CLASSPATH = join(PROJECT, 'target/classpath.txt');
const CLASSES = join(PROJECT, 'target/classes');

/** What Atlassian's own parser and validators said of one document. */
export type Ruling = { readonly kind: 'accepted'; readonly entity: string; readonly canonical: string } | { readonly kind: 'refused'; readonly why: string };

/** Builds the referee with Maven, once. */
export function buildReferee(): void {
  if (existsSync(CLASSPATH) && existsSync(join(CLASSES, 'Referee.class'))) return;
  execFileSync('mvn', ['-q', '-B', 'package', 'dependency:build-classpath', '-Dmdep.outputFile=target/classpath.txt'], { cwd: PROJECT, stdio: 'pipe' });
}

/** Has documents judged, all in one run of the referee; the folder is for the files that it reads. */
export function judgeDocuments(documents: readonly string[], folder: string): Ruling[] {
  const files = documents.map((text, index) => {
    const file = join(folder, `${index}.yaml`);
    writeFileSync(file, text);
    return file;
  });
  const classpath = `${CLASSES}:${readFileSync(CLASSPATH, 'utf8').trim()}`;
  const { stdout, error } = spawnSync('java', ['-Dfile.encoding=UTF-8', '-Dstdout.encoding=UTF-8', '-cp', classpath, 'Referee', ...files], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error !== undefined) throw error;
  const pieces = stdout.split(/^(?=(?:OK|REFUSED) \S+\/\d+\.yaml )/m).filter((piece) => piece.trim() !== '');
  return pieces.map(rulingOf);
}

function rulingOf(piece: string): Ruling {
  const [head = '', ...rest] = piece.split('\n');
  const [verdict, , entity = ''] = head.split(' ');
  return verdict === 'OK' ? { kind: 'accepted', entity, canonical: rest.join('\n').trimEnd() } : { kind: 'refused', why: head };
}
