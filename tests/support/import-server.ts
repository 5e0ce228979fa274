import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Http, HttpRequest } from '../../src/core/ports.ts';
import { credentialOf } from '../../src/core/specs-document/account-slot.ts';
import { withCredential } from '../../src/core/specs-document/credential-text.ts';
import { answered } from './answered.ts';
import { keepFromStandIn } from './sent-imports.ts';
import { treeOf } from './specs-documents.ts';

/** Where the server believes its home to be. */
export const SERVER_HOME = '/var/atlassian/bamboo';
const FOLDER = 'exports/specs';

/** A stand-in that knows export and import of one document, and what may go wrong with them. */
export class ImportServer implements Http {
  /** The document as it would be exported now. */
  document: string;
  readonly bodies: string[] = [];
  readonly contentTypes: (string | undefined)[] = [];
  /** What the import answers; by default the entity's address. */
  importAnswer: { status?: number; body?: string; type?: string } = {};
  /** What the export answers instead of its path. */
  exportAnswer: unknown;
  /** Called in place of writing the exported file. */
  export: (write: () => void) => void = (write) => write();
  /** The import does nothing. */
  ignoresImports = false;
  readonly #local: string;
  #oid: string;

  constructor(document: string, local: string, oid = 'abc') {
    this.document = document;
    this.#local = local;
    this.#oid = oid;
  }

  async send(request: HttpRequest) {
    return answered(request.url, this.#answer(request));
  }

  /** Where the exported file is, as this machine sees it. */
  get file(): string {
    return join(this.#local, FOLDER, `${this.#oid}.yaml`);
  }

  write(text: string | Uint8Array = this.document): void {
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, text);
  }

  /** Makes the file look as if it had been written some seconds from now. */
  shiftTime(seconds: number): void {
    const time = new Date(Date.now() + seconds * 1_000);
    utimesSync(this.file, time, time);
  }

  /** From now on the document is exported to another file. */
  moveTo(oid: string): void {
    this.#oid = oid;
  }

  #answer(request: HttpRequest) {
    const { url, body, headers } = request;
    if (url.includes('/export/')) return this.#exported();
    keepFromStandIn(request, this.document);
    this.bodies.push(String(body));
    this.contentTypes.push(headers?.['Content-Type']);
    if (!this.ignoresImports) this.document = stored(String(body));
    const { status = 200, body: text = 'https://base.example/browse?repositoryId=7', type = 'text/plain' } = this.importAnswer;
    return { status, headers: { 'content-type': type }, body: text };
  }

  #exported() {
    this.export(() => this.write());
    const paths = this.exportAnswer ?? [`${SERVER_HOME}/${FOLDER}/${this.#oid}.yaml`];
    return { status: 200, headers: { 'content-type': 'application/json', date: new Date().toUTCString() }, body: JSON.stringify(paths) };
  }
}

/** The server never hands out a secret as it got it. */
function stored(body: string): string {
  const tree = treeOf(body);
  const pair = credentialOf(tree);
  if (pair === undefined || pair.password.startsWith('BAMSCRT@')) return body;
  return withCredential(tree, { ...pair, password: `BAMSCRT@0@0@${Buffer.from(pair.password).toString('base64')}` }) ?? body;
}
