import { h } from "../dom.ts";

const patterns: [RegExp, string][] = [
  [/^(?:"[^"]*"|`[^`]*`)/, "code-text"],
  [/^(?:await|const|let|for|of|import|from|new)\b/, "code-word"],
  [/^\d+/, "code-number"],
  [/^[a-zA-Z_]\w*(?=\()/, "code-call"],
];

/** A few lines of TypeScript with a little color. */
export function codeBlock(source: string): HTMLElement {
  const code = h("code");
  let rest = source;
  let plain = "";
  const flush = () => {
    code.append(plain);
    plain = "";
  };
  while (rest) {
    const found = patterns.find(([pattern]) => pattern.test(rest) && !/\w$/.test(plain));
    const word = found?.[0].exec(rest)?.[0];
    if (found && word) {
      flush();
      code.append(h("span", { class: found[1] }, word));
    }
    plain += word ? "" : rest[0];
    rest = rest.slice(word?.length ?? 1);
  }
  flush();
  return h("pre", { class: "code", tabindex: 0 }, code);
}
