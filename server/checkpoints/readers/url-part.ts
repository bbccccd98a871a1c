/** A part of a URL with its encoding undone; as it is, if it is not encoded as URLs are. */
export function decodedPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
