import type { Runtime } from '../core/ports.ts';

/** Which tool of which version works, as plans, journals and reports name it. */
export function toolWords({ tool }: Pick<Runtime, 'tool'>): string {
  return `${tool.name} ${tool.version}`;
}
