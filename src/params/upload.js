// Files: what a caller has, as something that a form can carry.
import { illegal } from "../client/call.js";

/** What the first bytes of a file say of its type, as [pattern, type, usual ending]. */
const SIGNATURES = [
  [/^\x89PNG\r\n\x1a\n/, "image/png", "png"],
  [/^\xff\xd8\xff/, "image/jpeg", "jpg"],
  [/^GIF8/, "image/gif", "gif"],
  [/^RIFF....WEBP/s, "image/webp", "webp"],
  [/^....ftypavif/s, "image/avif", "avif"],
  [/^....ftyphei/s, "image/heic", "heic"],
  [/^....ftypqt/s, "video/quicktime", "mov"],
  [/^....ftyp/s, "video/mp4", "mp4"],
  [/^\x1aE\xdf\xa3/, "video/webm", "webm"],
  [/^OggS/, "audio/ogg", "ogg"],
  [/^ID3/, "audio/mpeg", "mp3"],
  [/^fLaC/, "audio/flac", "flac"],
];

/**
 * A `File` with a name and a type: those given, else those that it has, else what its bytes say.
 * Servers refuse an upload without a file name.
 */
export function toFile(value, name, type) {
  const blob = value instanceof Blob;
  let found = [];
  if (!blob) {
    const bytes = ArrayBuffer.isView(value)
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      : new Uint8Array(value);
    const start = String.fromCharCode(...bytes.subarray(0, 16));
    found = SIGNATURES.find(([pattern]) => pattern.test(start)) ?? found;
  }
  type ??= (blob && value.type) || found[1] || "application/octet-stream";
  name ??= (blob && value.name) || `file.${found[2] ?? type.replace(/^.*\/|[+;].*$/g, "")}`;
  return new File([value], name, { type });
}

/**
 * Turns a file among the arguments of a call into a `File`, by the name and the type that were given
 * beside it. Its bytes are copied: by the time they are read, they may be the caller's to overwrite.
 */
export function complete(call, file, type, name) {
  const [value, givenType, givenName] = [call.get(file), call.take(type), call.take(name)];
  if (!value) return;
  try {
    call.set(file, toFile(value, givenName, givenType));
  } catch (cause) {
    // A detached buffer, for one.
    throw illegal(call.name, `\`${file}\` cannot be read`, cause);
  }
}
