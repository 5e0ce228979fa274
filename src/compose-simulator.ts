import { RekeyError } from './core/errors.ts';

/** What the `simulator` command was asked for. */
export interface SimulatorRequest {
  readonly port?: number;
  readonly repositories?: number;
  readonly seed?: string;
  readonly profile?: string;
  readonly latency?: number;
  readonly writeConfig?: string;
}

/** Starts a simulator; `resolvePath` takes a path as it was typed. @throws RekeyError USAGE_INVALID */
export async function composeSimulator({ latency, writeConfig, ...rest }: SimulatorRequest, resolvePath: (path: string) => string) {
  const { SimulatorError, startSimulator, writeSimulatorConfig } = await import('./simulator/index.ts');
  try {
    const simulator = await startSimulator({ ...rest, latencyMs: latency });
    const { bambooUrl, bitbucketApiUrl, bitbucketGitUrl, login, viewer, restToken, readOnlyToken, tokens, workspaces, home } = simulator;
    if (writeConfig !== undefined) await writeSimulatorConfig(simulator, resolvePath(writeConfig));
    return {
      ready: { bambooUrl, bitbucketApiUrl, bitbucketGitUrl, login, viewer, restToken, readOnlyToken, tokens, workspaces, home },
      close: () => simulator.stop(),
    };
  } catch (cause) {
    throw cause instanceof SimulatorError ? new RekeyError('USAGE_INVALID', cause.message, { cause, remedy: 'See "bamboo-rekey simulator --help".' }) : cause;
  }
}
