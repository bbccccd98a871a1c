import { StringDecoder } from 'node:string_decoder';
import { EscaleError } from '../../errors/escale-error.ts';

const KEPT_LINES = 20;
const LINE_CHARS = 500;

/** What a person reads for each error of the gate. The learner's lab can write to the same output: only these codes are believed. */
const KNOWN_ERRORS: Readonly<Record<string, { message: string; hint: string }>> = {
  'lab.host-disk': {
    message: 'Il reste trop peu de place sur le disque de la machine pour démarrer un labo.',
    hint: 'Libérez de la place sur le disque où Docker range ses données, puis redémarrez le labo.',
  },
  'gate.namespaces': {
    message: 'La machine refuse au labo les espaces de noms qui l’isolent ; le plus souvent, elle interdit les user namespaces.',
    hint: 'Autorisez-les : « escale doctor » dit comment. Si elle doit les interdire, « "isolation": "capabilities" » dans config.json donne un labo plus faible, pour un apprenant de confiance : qui y est root peut devenir root de la machine (docs/hosting.md).',
  },
  'gate.cgroups': {
    message: 'La machine ne laisse pas le labo gérer ses propres groupes de contrôle (cgroups).',
    hint: 'Lancez « escale doctor » : il dit ce que cette machine permet.',
  },
  'gate.registry': {
    message: 'Le labo ne trouve pas le registre d’images d’Escale.',
    hint: 'Redémarrez le serveur : il relance le registre.',
  },
  'lab.root': {
    message: 'Le système du labo est trop abîmé pour démarrer.',
    hint: 'Réinitialisez le labo : votre projet est archivé, puis le labo repart de zéro.',
  },
};

/** Reads what a gate writes, line by line: its steps, the error that ends it, and its last words. */
export class GateOutput {
  readonly #decoder = new StringDecoder('utf8');
  readonly #kept: string[] = [];
  readonly #onStep: (step: string) => void;
  #rest = '';
  #error: EscaleError | null = null;

  constructor(onStep: (step: string) => void) {
    this.#onStep = onStep;
  }

  write(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = (lines.pop() ?? '').slice(-LINE_CHARS);
    for (const line of lines) this.#read(line.slice(0, LINE_CHARS));
  }

  /** Why the lab's container ended, from the error it announced or else its last lines. */
  failure(): EscaleError {
    return (
      this.#error ??
      new EscaleError('unavailable', 'lab.ended', {
        message: `Le labo s’est arrêté pendant son démarrage.${this.#lastWords()}`,
        hint: 'Redémarrez-le ; si cela recommence, lancez « escale doctor ».',
      })
    );
  }

  #read(line: string): void {
    this.#kept.push(line);
    if (this.#kept.length > KEPT_LINES) this.#kept.shift();
    const step = /^escale-step ([a-z]+)$/.exec(line)?.[1];
    if (step !== undefined) this.#onStep(step);
    const [, code = '', detail = ''] = /^escale-error code=([a-z.-]{1,60}) ?(.*)$/.exec(line) ?? [];
    const known = KNOWN_ERRORS[code];
    if (known !== undefined && this.#error === null) {
      this.#error = new EscaleError('unavailable', code, { message: `${known.message} (${detail})`, hint: known.hint });
    }
  }

  #lastWords(): string {
    const words = [...this.#kept, this.#rest].filter((line) => line !== '').slice(-5);
    return words.length === 0 ? '' : ` Ses dernières lignes : ${words.join(' / ')}`;
  }
}
