import busboy from 'busboy';
import type { Request } from 'express';

/** What a browser or a client sent in one form, in its order. */
export class PostedForm {
  readonly #values = new Map<string, string[]>();

  constructor(entries: Iterable<readonly [string, string]>) {
    for (const [name, value] of entries) {
      const known = this.#values.get(name);
      if (known === undefined) this.#values.set(name, [value]);
      else known.push(value);
    }
  }

  /** Whether the name was posted at all. */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** All values of a name, trimmed as the server does it [D], with line breaks as the server keeps them. */
  all(name: string): string[] {
    return (this.#values.get(name) ?? []).map((value) => value.replaceAll('\r\n', '\n').trim());
  }

  /** The value of a name; several become one, separated by commas, as Struts does for a text property. */
  text(name: string): string {
    return this.all(name).join(', ');
  }

  /** The value of a name exactly as it was sent: JSON loses no blank. */
  raw(name: string): string {
    return this.#values.get(name)?.[0] ?? '';
  }

  /** Every name with its values, secrets included: what a careless server would write into its trace. */
  describe(): string {
    return [...this.#values].map(([name, values]) => `[${name}=${values.join(',')}]`).join(' ');
  }
}

/** Reads a multipart or url-encoded body; `null` for any other kind. */
export async function readPostedForm(request: Request): Promise<PostedForm | null> {
  const type = request.headers['content-type'] ?? '';
  if (/^multipart\/form-data/i.test(type)) return new PostedForm(await readMultipart(request));
  if (/^application\/x-www-form-urlencoded/i.test(type)) return new PostedForm(new URLSearchParams(await readText(request)));
  return null;
}

function readMultipart(request: Request): Promise<[string, string][]> {
  return new Promise((resolve, reject) => {
    const entries: [string, string][] = [];
    const parser = busboy({ headers: request.headers, defParamCharset: 'utf8' });
    parser.on('field', (name, value) => entries.push([name, value]));
    parser.on('file', (_name, stream) => stream.resume());
    parser.on('close', () => resolve(entries));
    parser.on('error', reject);
    request.pipe(parser);
  });
}

/** The whole body as text. */
export async function readText(request: Request): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
