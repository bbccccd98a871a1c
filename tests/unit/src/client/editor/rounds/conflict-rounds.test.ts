import { roundsLoseNothing } from './rounds-lose-nothing.ts';

// The suite of the course plays a thousand.
roundsLoseNothing(150);
