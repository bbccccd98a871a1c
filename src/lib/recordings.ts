import { type RecordedStep, readRecording } from '../../contract/recording.ts';

const FILES = import.meta.glob<string>('../../content/outputs/*.txt', { query: '?raw', import: 'default', eager: true });

/** The recorded output that a lesson shows: `1.4/ps` is the step « ps » of `content/outputs/1.4.txt`. */
export function recordedStep(of: string): RecordedStep {
  const [lesson = '', name = ''] = of.split('/');
  const text = FILES[`../../content/outputs/${lesson}.txt`];
  if (text === undefined) throw new Error(`content/outputs/${lesson}.txt n’existe pas : <Output of="${of}" /> n’a rien à montrer.`);
  const step = readRecording(text).find((each) => each.name === name);
  if (step === undefined) throw new Error(`content/outputs/${lesson}.txt n’a pas d’étape « # ${name} ».`);
  return step;
}
