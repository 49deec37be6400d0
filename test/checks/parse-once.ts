/** Values of charts, workflows and settings: trees share them, so that each text is read once. Nobody changes what is handed out. */
import { parse } from 'yaml';
import { oncePerText } from './once.ts';

export const parseOnce = oncePerText((text): unknown => parse(text));
