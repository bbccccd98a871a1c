import { run } from './run.mjs';

/**
 * Runs npm: the one that started this process, if any, or else the one on the PATH.
 * @param {readonly string[]} args
 * @param {import('./run.mjs').RunOptions} [options]
 */
export function npm(args, options) {
  const quiet = ['--no-fund', '--no-audit', '--no-update-notifier', '--loglevel', 'http'];
  const cli = process.env.npm_execpath;
  return cli?.endsWith('npm-cli.js') ? run(process.execPath, [cli, ...args, ...quiet], options) : run('npm', [...args, ...quiet], options);
}
