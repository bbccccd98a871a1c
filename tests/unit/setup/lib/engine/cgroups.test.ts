import { describe, expect, it } from 'vitest';
import { v1Controllers } from '../../../../../setup/lib/engine/cgroups.mjs';

describe('control groups', () => {
  it('reads the controllers that the kernel has enabled', () => {
    const table = '#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t1\t2\t1\nmemory\t4\t28\t1\nrdma\t0\t1\t0\n';
    expect(v1Controllers(table)).toEqual(['cpu', 'memory']);
  });
});
