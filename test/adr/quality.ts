/** What makes a record good, as tests on its text: the quality table of the research on ADRs, row by row. */
import { ARGUMENT_ROWS } from './quality-argument.ts';
import { FORM_ROWS } from './quality-form.ts';
import { JUDGEMENT_ROWS } from './quality-judgement.ts';
import { LANGUAGE_ROWS } from './quality-language.ts';
import type { Rows } from './quality-terms.ts';

export const ROWS: Rows = { ...FORM_ROWS, ...ARGUMENT_ROWS, ...JUDGEMENT_ROWS, ...LANGUAGE_ROWS };
