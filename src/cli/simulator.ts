import type { Command } from './command.ts';
import type { Session, SimulatorRequest } from './session.ts';

/** `simulator`: a server to rehearse on. */
export const simulatorCommand: Command<SimulatorRequest> = {
  name: 'simulator',
  summary: 'Runs an embedded Bamboo and Bitbucket Cloud to rehearse on, until Ctrl-C. Its first line on stdout is JSON: addresses, login and tokens.',
  flags: {
    port: { value: 'N', describe: 'port of Bamboo (default: any free one)' },
    repositories: { value: 'N', describe: 'how many repositories it holds' },
    seed: { value: 'TEXT', describe: 'the same seed makes the same server' },
    profile: { value: 'NAME', describe: 'which kind of server; see docs/simulator.md' },
    latency: { value: 'MS', describe: 'milliseconds that every answer takes' },
    'write-config': { value: 'FILE', describe: 'write a ready configuration for it' },
  },
  examples: [
    ['bamboo-rekey simulator --write-config bamboo-rekey.yaml', 'rehearse here, in a second terminal'],
    ['bamboo-rekey simulator --repositories 1200 --latency 100', 'a large and slow server'],
  ],
  repeats: ['INTERRUPTED'],
  read: (args) => {
    const request = {
      port: args.number('port', 0, 65_535),
      repositories: args.number('repositories', 1),
      seed: args.text('seed'),
      profile: args.text('profile'),
      latency: args.number('latency', 0),
      writeConfig: args.text('write-config'),
    };
    return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
  },
  run: async (request, session) => {
    const simulator = await session.startSimulator(request);
    session.announce(JSON.stringify(simulator.ready));
    await stopped(session);
    await simulator.close();
    return { exit: 0 };
  },
};

function stopped({ runtime: { stop } }: Session): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener('abort', () => resolve(), { once: true });
  });
}
