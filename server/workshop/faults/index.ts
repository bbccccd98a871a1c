import type { Fault } from '../definitions.ts';
import { crlf } from './crlf.ts';
import { healthCheck } from './health-check.ts';
import { hostName } from './host-name.ts';
import { ignoredFile } from './ignored-file.ts';
import { noDependency } from './no-dependency.ts';
import { oldPassword } from './old-password.ts';
import { portTaken } from './port-taken.ts';

export const FAULTS: readonly Fault[] = [hostName, oldPassword, healthCheck, portTaken, ignoredFile, crlf, noDependency];
