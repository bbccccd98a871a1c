import { describe, expect, it } from 'vitest';
import { serveOptions } from '../../../../setup/lib/serve-options.mjs';

describe('options of npm start', () => {
  it('passes on the server’s options and keeps the rest', () => {
    expect(serveOptions(['--port', '8080', '--locked', '--no-open'])).toEqual({ forServer: ['--port', '8080', '--locked'], open: false });
    expect(serveOptions(['--state', 'x'])).toEqual({ forServer: ['--state', 'x'], open: true });
  });

  it.each([[['--prot', '1']], [['--port', '0']], [['--port', '99999']], [['--port', 'abc']], [['more']]])(
    'refuses %j with the usage',
    (args) => {
      expect(() => serveOptions(args)).toThrow(expect.objectContaining({ exitStatus: 64, mend: expect.stringContaining('--port') }));
    },
  );
});
