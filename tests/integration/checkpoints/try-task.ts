import { createChecker } from '../../../server/checkpoints/checker.ts';
import { subjectOfLab } from '../../../server/checkpoints/subject-of-lab.ts';
import { FileJournal } from '../../../server/checkpoints/trials/file-journal.ts';
import { createLabAgent } from '../../../server/labs/agents/http-lab-agent.ts';
import { createSourceControl } from '../../../server/labs/source/source-control.ts';

/**
 * A process that runs the trials of a task in a lab and is killed by a test. Arguments: lab, address and token of its agent and of its
 * source, journal, task.
 */
const [lab = '', agentUrl = '', agentToken = '', sourceUrl = '', sourceToken = '', journal = '', task = ''] = process.argv.slice(2);
const source = createSourceControl({ url: sourceUrl, token: sourceToken });
const subject = subjectOfLab(createLabAgent({ url: agentUrl, token: agentToken }), source);
const checker = createChecker({ lab, subject, journal: new FileJournal(journal) });
const verdicts = await checker.check([task], { trials: true, waitMs: 0, signal: AbortSignal.timeout(600_000) });
process.stdout.write(JSON.stringify(verdicts));
process.exit(0);
