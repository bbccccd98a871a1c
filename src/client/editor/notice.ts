import { french } from '../../lib/french.ts';
import { h } from '../dom.ts';
import type { OpenFile } from './open-file.ts';

export interface NoticeActs {
  readonly compare: () => void;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
  readonly close: () => void;
  readonly retry: () => void;
}

type Choice = readonly [label: string, act: () => void];

/** The notice above a text that differs from the disk: what happened, and the possible choices. */
export function noticeOf(file: OpenFile, acts: NoticeActs): { text: string; choices: readonly Choice[] } | undefined {
  const { state } = file;
  if (state.kind === 'conflict') {
    const readable = state.theirs.text !== null;
    return {
      text: 'Ce fichier a changé sur le disque pendant que vous le modifiiez. Les deux versions sont gardées : choisissez.',
      choices: [
        ...(readable ? [['Comparer', acts.compare] as const] : []),
        ['Garder la mienne', acts.keepMine],
        ['Prendre celle du disque', acts.takeTheirs],
      ],
    };
  }
  if (state.kind === 'gone') {
    return {
      text: 'Ce fichier n’est plus sur le disque. Son texte est encore ici.',
      choices: [
        ['Le recréer', acts.keepMine],
        ['Fermer', acts.close],
      ],
    };
  }
  if (state.kind === 'unsaved' && !state.error.passes)
    return { text: `${state.error.message} ${state.error.hint}`, choices: [['Essayer de nouveau', acts.retry]] };
  return undefined;
}

/** The text shown in place of a file that cannot be edited. */
export function unreadableText(file: OpenFile): string | undefined {
  if (file.state.kind !== 'unreadable') return undefined;
  return file.state.reason === 'binary'
    ? 'Ce fichier n’est pas du texte en UTF-8 : l’éditeur l’abîmerait. `file` et `less` le montrent dans le terminal.'
    : 'Ce fichier dépasse 1 Mio : l’éditeur ne l’ouvre pas. `less` le montre dans le terminal.';
}

export function drawNotice({ text, choices }: { text: string; choices: readonly Choice[] }): HTMLElement[] {
  return [
    h('p', {}, french(text)),
    h(
      'div',
      { class: 'acts' },
      ...choices.map(([label, act]) => {
        const button = h('button', { type: 'button', class: 'btn small' }, label);
        button.addEventListener('click', act);
        return button;
      }),
    ),
  ];
}

/** The save state, shown in the foot. */
export function savedWords(file: OpenFile): { text: string; warn: boolean } {
  const { state } = file;
  switch (state.kind) {
    case 'saved':
      return { text: 'enregistré', warn: false };
    case 'modified':
      return { text: 'modifié', warn: false };
    case 'saving':
      return { text: 'enregistrement…', warn: false };
    case 'conflict':
      return { text: 'deux versions, rien n’est enregistré', warn: true };
    case 'gone':
      return { text: 'plus sur le disque', warn: true };
    case 'unreadable':
      return { text: '', warn: false };
    case 'unsaved': {
      const kept = state.kept
        ? 'Votre texte est gardé dans ce navigateur'
        : 'Gardez cette page ouverte, le navigateur ne garde pas ce texte';
      return { text: `pas enregistré : ${state.error.message.replace(/\.$/, '')}. ${kept}.`, warn: true };
    }
  }
}
