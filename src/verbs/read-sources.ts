import type { Config } from '../core/config.ts';
import type { Unread } from '../core/inventory.ts';
import { type MergedSources, mergeSources } from '../core/merge-sources.ts';
import type { Place, ServerInfo } from '../core/model.ts';
import { moreSources } from '../core/more-sources.ts';
import type { Runtime } from '../core/ports.ts';
import type { Reading } from '../core/reading.ts';
import type { SourceReading } from '../core/source-reading.ts';
import { describePlace, readServer, type ServerReading } from './read-server.ts';

/** Everything that all configured sources hold. */
export interface SourcesReading extends Pick<MergedSources, 'readings' | 'unread' | 'apart'> {
  readonly server: ServerInfo;
  readonly unknownSettings: readonly string[];
  /** What another source would add. */
  readonly more: readonly string[];
}

/** Reads the server over HTTP and, where one is configured, its database or a file, and puts them together. */
export async function readSources(config: Config, runtime: Runtime): Promise<SourcesReading> {
  const other = await runtime.otherSource();
  if (other === undefined) return { ...(await readServer(config, runtime)), apart: [], unknownSettings: [], more: moreSources({ http: true }) };
  tell(other, runtime);
  const http = canAsk(config);
  const reading = http ? await readServer(config, runtime, (readings, unread) => placesToRead(readings, unread, other)) : NOTHING_READ;
  const merged = mergeSources(reading.readings, other);
  return {
    server: reading.server,
    readings: merged.readings,
    unread: [...reading.unread, ...merged.unread],
    apart: merged.apart,
    unknownSettings: other.unknownKeys,
    more: moreSources({ http, other }),
  };
}

/** Where the sources disagree, and what no page listed; what was tried already is not tried again. */
function placesToRead(readings: readonly Reading[], unread: readonly Unread[], other: SourceReading): Place[] {
  const tried = new Set(unread.map(({ what }) => what));
  return mergeSources(readings, other).readAgain.filter((place) => !tried.has(describePlace(place)));
}

function canAsk({ bamboo: { rest, login } }: Config): boolean {
  return rest !== undefined || login !== undefined;
}

/** Without a token or a login Bamboo answers nobody: what stands in the other source is all there is. */
const NOTHING_READ: Pick<ServerReading, 'server' | 'readings' | 'unread'> = {
  server: { version: 'not read', state: 'not read' },
  readings: [],
  unread: [],
};

function tell({ warnings, unread, unknownKeys }: SourceReading, runtime: Runtime): void {
  for (const detail of warnings) runtime.emit({ event: 'WARNING', detail });
  if (unknownKeys.length > 0) runtime.emit({ event: 'WARNING', detail: `settings that this version does not know: ${unknownKeys.join(', ')}` });
  for (const { what, why } of unread) runtime.emit({ event: 'UNREAD', what, why });
}
