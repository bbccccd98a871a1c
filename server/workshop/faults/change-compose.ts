import { type Document, isMap, isSeq, parseDocument } from 'yaml';
import type { Edit } from '../../checkpoints/lesson-test/cases/case-schema.ts';
import type { StackCopy } from '../definitions.ts';

/** An edit of the Compose file by keys. Comments and the order of keys stay. Null if the file has no such places. */
export function changeCompose(copy: StackCopy, change: (document: Document) => boolean): Edit | null {
  const source = copy.text(copy.composeFile) ?? '';
  const document = parseDocument(source, { logLevel: 'silent' });
  if (document.errors.length > 0 || !isMap(document.contents) || !change(document)) return null;
  return { file: copy.composeFile, replace: source, with: composeText(document) };
}

/** The file as text, with its lines unbroken. */
export function composeText(document: Document): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Appends to a list, which is created if it is absent. False if something else is in its place. */
export function append(document: Document, path: readonly string[], item: string): boolean {
  const list = document.getIn(path);
  if (list === undefined) document.setIn(path, document.createNode([item]));
  else if (isSeq(list)) list.add(item);
  else return false;
  return true;
}

/** A list in brackets. */
export function flow(document: Document, items: readonly string[]) {
  const node = document.createNode(items);
  if (isSeq(node)) node.flow = true;
  return node;
}
