import { describe, expect, it } from 'vitest';
import { labSubnets } from '../../../../../server/labs/driver/lab-subnets.ts';

describe('subnets for labs', () => {
  it('are many, and apart from each other', () => {
    const all = [...labSubnets(['172.17.0.0/16', '192.168.1.7'])];
    expect(all).toHaveLength(4096);
    expect(all.slice(0, 3)).toEqual(['10.212.0.0/28', '10.212.0.16/28', '10.212.0.32/28']);
  });

  it('leave out what is taken, larger or smaller', () => {
    expect(labSubnets(['10.212.0.0/24', '10.212.1.5']).next().value).toBe('10.212.1.16/28');
    expect([...labSubnets(['10.0.0.0/8'])]).toEqual([]);
  });
});
