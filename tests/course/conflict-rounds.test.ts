import { roundsLoseNothing } from '../unit/src/client/editor/rounds/rounds-lose-nothing.ts';

roundsLoseNothing(1000);
