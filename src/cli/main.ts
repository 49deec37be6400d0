/** Entry of the program: reads the command line, loads what it needs and nothing else, and turns results into exit codes. */
import { version } from '../../package.json';
import { parseCommandLine } from './arguments.ts';
import { EXIT } from './exit-codes.ts';
import { commandHelp, generalHelp } from './help.ts';
import { optimiseLater } from './optimise-later.ts';
import { print, printRaw, say } from './output.ts';

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code;
  },
  (fault: unknown) => {
    say(`chartroom: a fault of ours, not yours: ${fault instanceof Error ? fault.stack : String(fault)}`);
    process.exitCode = EXIT.ourFault;
  },
);

async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseCommandLine(argv);
  switch (parsed.kind) {
    case 'version':
      print(version);
      return EXIT.done;
    case 'help':
      printRaw(parsed.command === null ? generalHelp() : commandHelp(parsed.command));
      return EXIT.done;
    case 'wrong': {
      const help = parsed.command === null ? 'chartroom --help' : `chartroom ${parsed.command.name} --help`;
      say(`chartroom: ${parsed.message}\nTry: ${help}`);
      return EXIT.badInput;
    }
    case 'wizard': {
      const { startWizard } = await import('./start-wizard.ts');
      return startWizard(parsed.flags);
    }
    case 'command': {
      if (typeof parsed.flags.out === 'string') optimiseLater();
      if (parsed.command.name === 'decide') {
        // A bundle of its own: it starts faster without what the other commands need.
        const { decide } = await import('./decide.ts');
        return decide(parsed.positionals, parsed.flags);
      }
      const { runCommand } = await import('./run-command.ts');
      return runCommand(parsed.command.name, parsed.positionals, parsed.flags);
    }
  }
}
