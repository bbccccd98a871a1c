import { config } from 'zod';

// Zod compiles faster parsers with `eval`. The content security policy forbids it, and reports even Zod's test for it. Import before any
// schema.
config({ jitless: true });
