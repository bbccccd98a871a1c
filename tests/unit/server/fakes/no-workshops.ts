import type { WorkshopStatus } from '../../../../contract/workshop.ts';
import type { Workshops } from '../../../../server/workshop/workshop-service.ts';

export const CLOSED_WORKSHOP: WorkshopStatus = { state: 'closed', folder: '~/atelier', mended: [], of: 7 };

/** Workshops of which none is open; `asked` receives each action. */
export function noWorkshops(asked: (line: string) => void = () => undefined): Workshops {
  return {
    status: async () => CLOSED_WORKSHOP,
    act: async (lab, action, { fault } = {}) => {
      asked(`workshop ${action} ${lab} ${fault ?? ''}`.trim());
      return CLOSED_WORKSHOP;
    },
  };
}
