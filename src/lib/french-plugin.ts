import type { SatteriProcessorOptions } from '@astrojs/markdown-satteri';
import { french } from './french.ts';

/** Gives the prose of every lesson its French spaces; code, in lines or in blocks, is another kind of node and stays as written. */
export const frenchPlugin: NonNullable<SatteriProcessorOptions['mdastPlugins']>[number] = {
  name: 'escale-french',
  text(node, context) {
    const value = french(node.value);
    if (value !== node.value) context.setProperty(node, 'value', value);
  },
};
