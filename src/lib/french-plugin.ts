import type { SatteriProcessorOptions } from '@astrojs/markdown-satteri';
import { french } from './french.ts';

const SHORT = 26;

/** Gives the prose of every lesson its French spaces; code, in lines or in blocks, is another kind of node and stays as written. */
export const frenchPlugin: NonNullable<SatteriProcessorOptions['mdastPlugins']>[number] = {
  name: 'escale-french',
  text(node, context) {
    const value = french(node.value);
    if (value !== node.value) context.setProperty(node, 'value', value);
  },
  /** Short code stays on one line: `id -u` cut in two is no longer a command. */
  inlineCode(node, context) {
    if (node.value.length <= SHORT) context.setProperty(node, 'data', { hProperties: { className: ['nb'] } });
  },
};
