/** Entry of the program: reads the command line, loads what it needs and nothing else, and turns results into exit codes. */
import { version } from '../../package.json';
import { parseCommandLine } from './arguments.ts';
import { EXIT } from './exit-codes.ts';
import { commandHelp, generalHelp } from './help.ts';

process.stdout.on('error', leaveQuietlyOnClosedPipe);
main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code;
  },
  (fault: unknown) => {
    process.stderr.write(
      `chartroom: a fault of ours, not yours: ${fault instanceof Error ? fault.stack : String(fault)}\n`,
    );
    process.exitCode = EXIT.ourFault;
  },
);

async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseCommandLine(argv);
  switch (parsed.kind) {
    case 'version':
      process.stdout.write(`${version}\n`);
      return EXIT.done;
    case 'help':
      process.stdout.write(parsed.command === null ? generalHelp() : commandHelp(parsed.command));
      return EXIT.done;
    case 'wrong': {
      const help = parsed.command === null ? 'chartroom --help' : `chartroom ${parsed.command.name} --help`;
      process.stderr.write(`chartroom: ${parsed.message}\nTry: ${help}\n`);
      return EXIT.badInput;
    }
    case 'wizard': {
      const { startWizard } = await import('./start-wizard.ts');
      return startWizard(parsed.flags);
    }
    case 'command': {
      const { runCommand } = await import('./run-command.ts');
      return runCommand(parsed.command.name, parsed.positionals, parsed.flags);
    }
  }
}

/** `chartroom … | head` closes our output early: that is not an error. */
function leaveQuietlyOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
}
