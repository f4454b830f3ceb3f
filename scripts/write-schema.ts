import { writeFileSync } from 'node:fs';
import { configJsonSchema } from '../lib/config/json-schema';

writeFileSync('backup.schema.json', configJsonSchema());
