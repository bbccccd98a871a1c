import { config } from 'zod';

// Zod makes faster parsers by `eval`, which the policy refuses: even its try is a violation. To be imported before any schema.
config({ jitless: true });
