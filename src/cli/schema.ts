/** `chartroom schema`: JSON Schemas for editors and other programs. */
import { DECISIONS_SCHEMA } from '../adr/decisions-schema.ts';
import { answersSchema } from '../answers/schema.ts';
import { packSchema } from '../content/pack-schema.ts';
import type { FlagValues } from './arguments.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { printJson, say } from './output.ts';
import { readCatalogueOrSay } from './read-run.ts';

export async function schema(positionals: readonly string[], flags: FlagValues): Promise<ExitCode> {
  switch (positionals[0]) {
    case 'answers': {
      const catalogue = await readCatalogueOrSay(flags);
      if (catalogue === null) return EXIT.badInput;
      printJson(answersSchema(catalogue));
      return EXIT.done;
    }
    case 'pack':
      printJson(packSchema());
      return EXIT.done;
    case 'decisions':
      printJson(DECISIONS_SCHEMA);
      return EXIT.done;
    default:
      say(`chartroom: schema is there for answers, pack, decisions, not "${positionals[0]}"`);
      return EXIT.badInput;
  }
}
