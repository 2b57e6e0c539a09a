/** An answer that came whole but is no JSON, or more than we take, or came only in part. */
export type Body =
  | { readonly kind: 'json'; readonly json: unknown }
  | { readonly kind: 'cut'; readonly why: string }
  | { readonly kind: 'html' }
  | { readonly kind: 'too-large'; readonly bytes: number };

/** Reads a body up to `maxBytes`; `onProgress` is called for each piece, so that a stalled body can be told from a long one. */
export async function readBytes(
  response: Response,
  maxBytes: number,
  onProgress: () => void,
): Promise<{ bytes: Uint8Array; isTooLarge: boolean }> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  if (!reader) return { bytes: new Uint8Array(), isTooLarge: false };
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    onProgress();
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return { bytes: new Uint8Array(), isTooLarge: true };
    }
    pieces.push(value);
  }
  return { bytes: Buffer.concat(pieces), isTooLarge: false };
}

/**
 * JSON of an answer with status 2xx. A byte order mark is dropped; a login page is told from JSON by its first
 * character, since proxies send it with any content type. JSON that ends too early is a cut body: zlib and chunked
 * encoding can end in good order in the middle of it. Deep nesting is no danger: JSON.parse does not recurse, nor does
 * anything that we do with what we do not use.
 */
export function parseBody(bytes: Uint8Array): Body {
  const text = new TextDecoder().decode(bytes).trimStart();
  if (text === '') return { kind: 'cut', why: 'the answer was empty' };
  if (text.startsWith('<')) return { kind: 'html' };
  try {
    return { kind: 'json', json: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'cut', why: 'the answer is no whole JSON' };
  }
}
