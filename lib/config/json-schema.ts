import { z } from 'zod';
import { Config } from './config';

/** The schema of the config file for editors, as text; generated, so that it never says other things than the checks. */
export const configJsonSchema = (): string =>
  `${JSON.stringify(z.toJSONSchema(Config, { io: 'input', target: 'draft-07', unrepresentable: 'any' }), null, 2)}\n`;
