// The documentation of the crate, as docs.rs makes it.
import { run } from "./run.mjs";

/** Writes it to the target directory, for this machine or for another target. A warning is an error. */
export function documentCrate(target) {
  const args = ["doc", "-p", "mastodon-wasm", "--no-deps"];
  if (target) args.push("--target", target);
  return run("cargo", args, { env: { RUSTDOCFLAGS: "-D warnings" } });
}
