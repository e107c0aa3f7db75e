/** Bytes made smaller, and as text. */
import type { Bytes } from "../../vote/ballot/bytes";

/** More is nothing of ours. */
const MOST_BYTES = 2 ** 24;

/**
 * Bytes through a stream that packs or unpacks.
 *
 * @throws TypeError where they are not packed so, RangeError where they are too many
 */
export async function through(bytes: Bytes, stream: CompressionStream | DecompressionStream): Promise<Bytes> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const chunks: Bytes[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    size += value.length;
    if (size > MOST_BYTES) throw new RangeError("too many bytes");
    chunks.push(value as Bytes);
  }
}

export const base64url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** @throws DOMException where it is none */
export const ofBase64url = (text: string): Bytes =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
