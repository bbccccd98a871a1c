import { run } from './run.mjs';

/**
 * Runs npm: the one that started us where there is one, else the one on the path.
 * @param {readonly string[]} args
 * @param {import('./run.mjs').RunOptions} [options]
 */
export function npm(args, options) {
  const quiet = ['--no-fund', '--no-audit', '--no-update-notifier', '--loglevel', 'http'];
  const cli = process.env.npm_execpath;
  return cli?.endsWith('npm-cli.js') ? run(process.execPath, [cli, ...args, ...quiet], options) : run('npm', [...args, ...quiet], options);
}
