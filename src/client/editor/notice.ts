import { french } from '../../lib/french.ts';
import { h } from '../dom.ts';
import type { OpenFile } from './open-file.ts';

export interface NoticeActions {
  readonly compare: () => void;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
  readonly discard: () => void;
  readonly retry: () => void;
}

type Choice = readonly [label: string, choose: () => void];

export interface Notice {
  readonly text: string;
  readonly choices: readonly Choice[];
}

/** Other unsaved texts of the same file, from other pages. */
export interface OtherTexts {
  /** Whether there is one that is shown once this one is settled. */
  readonly waiting: boolean;
  /** Whether another open page has one that waits for a choice. */
  readonly elsewhere: boolean;
}

/** The notice above a text that differs from the disk, or of which there is another one: what happened, and the possible choices. */
export function noticeOf(file: OpenFile, others: OtherTexts, actions: NoticeActions): Notice | undefined {
  const { state } = file;
  if (state.kind === 'conflict') {
    const readable = state.theirs.text !== null;
    const kept = file.kept
      ? 'Les deux versions sont gardées : choisissez.'
      : 'Le navigateur n’a plus de place pour garder la vôtre : choisissez avant de quitter cette page.';
    return {
      text: `Ce fichier a changé sur le disque pendant que vous le modifiiez. ${kept}${waitingWords(others.waiting)}`,
      choices: [
        ...(readable ? [['Comparer', actions.compare] as const] : []),
        ['Garder la mienne', actions.keepMine],
        ['Prendre celle du disque', actions.takeTheirs],
      ],
    };
  }
  if (state.kind === 'gone') {
    return {
      text: `Ce fichier n’est plus sur le disque. Son texte est encore ici.${waitingWords(others.waiting)}`,
      choices: [
        ['Le recréer', actions.keepMine],
        ['Abandonner ce texte', actions.discard],
      ],
    };
  }
  if (state.kind === 'unsaved' && !state.error.passes)
    return { text: `${state.error.message} ${state.error.hint}`, choices: [['Essayer de nouveau', actions.retry]] };
  if (others.elsewhere)
    return {
      text: 'Un autre onglet garde une autre version de ce fichier et attend votre choix. Si vous fermez cet onglet, elle vous est montrée ici.',
      choices: [],
    };
  return undefined;
}

function waitingWords(waiting: boolean): string {
  return !waiting ? '' : ' Une autre version, tapée dans un autre onglet, vous est montrée ensuite.';
}

/** The text shown in place of a file that cannot be edited. */
export function unreadableText(file: OpenFile): string | undefined {
  if (file.state.kind !== 'unreadable') return undefined;
  return file.state.reason === 'binary'
    ? 'Ce fichier n’est pas du texte en UTF-8 : l’éditeur l’abîmerait. `file` et `less` le montrent dans le terminal.'
    : 'Ce fichier dépasse 1 Mio : l’éditeur ne l’ouvre pas. `less` le montre dans le terminal.';
}

export function drawNotice({ text, choices }: Notice): HTMLElement[] {
  return [
    h('p', {}, french(text)),
    h(
      'div',
      { class: 'acts' },
      ...choices.map(([label, choose]) => {
        const button = h('button', { type: 'button', class: 'btn small' }, label);
        button.addEventListener('click', choose);
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
      const kept = file.kept
        ? 'Votre texte est gardé dans ce navigateur'
        : 'Gardez cette page ouverte, le navigateur ne garde pas ce texte';
      return { text: `pas enregistré : ${state.error.message.replace(/\.$/, '')}. ${kept}.`, warn: true };
    }
  }
}
