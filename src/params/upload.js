// Files: what a caller has, as something that a form can carry.

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
