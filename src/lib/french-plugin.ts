import type { SatteriProcessorOptions } from '@astrojs/markdown-satteri';
import { french } from './french.ts';

const SHORT = 26;

/** Applies French spacing to the prose of every lesson. Code is another type of node and is left unchanged. */
export const frenchPlugin: NonNullable<SatteriProcessorOptions['mdastPlugins']>[number] = {
  name: 'escale-french',
  text(node, context) {
    const value = french(node.value);
    if (value !== node.value) context.setProperty(node, 'value', value);
  },
  /** Keeps short code on one line: `id -u` broken over two lines is no longer a command. */
  inlineCode(node, context) {
    if (node.value.length <= SHORT) context.setProperty(node, 'data', { hProperties: { className: ['nb'] } });
  },
};
