import { applyCommand } from './apply.ts';
import type { Command } from './command.ts';
import { completionCommand } from './completion/completion.ts';
import { diagnoseCommand } from './diagnose.ts';
import { doctorCommand } from './doctor.ts';
import { expiryCommand } from './expiry.ts';
import { initCommand } from './init.ts';
import { inventoryCommand } from './inventory.ts';
import { planCommand } from './plan.ts';
import { reportCommand } from './report.ts';
import { resumeCommand } from './resume.ts';
import { rollbackCommand } from './rollback.ts';
import { runsCommand } from './runs.ts';
import { showCommand } from './show.ts';
import { simulatorCommand } from './simulator.ts';
import { verifyCommand } from './verify.ts';

/** A command whose request only the command itself understands. */
export interface AnyCommand extends Omit<Command<unknown>, 'read' | 'run'> {
  /** Checks the flags and gives what then runs. */
  prepare(args: Parameters<Command<unknown>['read']>[0]): PreparedCommand;
}

/** A command with its checked request. */
export interface PreparedCommand {
  readonly name: string;
  readonly request: unknown;
  readonly run: (session: Parameters<Command<unknown>['run']>[1]) => ReturnType<Command<unknown>['run']>;
}

function sealed<Request>(command: Command<Request>): AnyCommand {
  const prepare: AnyCommand['prepare'] = (args) => {
    const request = command.read(args);
    return { name: command.name, request, run: (session) => command.run(request, session) };
  };
  return { ...command, prepare };
}

/** Every command, in the order of a first use. */
export const COMMANDS: readonly AnyCommand[] = [
  sealed(initCommand),
  sealed(doctorCommand),
  sealed(inventoryCommand),
  sealed(planCommand),
  sealed(applyCommand),
  sealed(resumeCommand),
  sealed(verifyCommand),
  sealed(rollbackCommand),
  sealed(runsCommand),
  sealed(showCommand),
  sealed(reportCommand),
  sealed(diagnoseCommand),
  sealed(expiryCommand),
  sealed(simulatorCommand),
  sealed(completionCommand),
];
