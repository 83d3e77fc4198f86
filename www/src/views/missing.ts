import type { View } from "../app.ts";
import { emptyState } from "../components/placeholder.ts";
import { h } from "../dom.ts";
import { paths } from "../paths.ts";

export function missingView(): View {
  const home = h("a", { class: "button button-accent", href: paths.home }, "Back home");
  return {
    title: "Lost",
    element: emptyState("lantern", "No trail leads here", "There is no such page.", home),
    code: "",
  };
}
