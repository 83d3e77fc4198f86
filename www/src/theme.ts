export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const key = "tundra.theme";

export function currentTheme(): Theme {
  const stored = localStorage.getItem(key) as Theme | null;
  return stored && themes.includes(stored) ? stored : "auto";
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(key, theme);
  applyTheme();
}

/** `auto` uses the setting of the system. The style sheet reads `color-scheme`. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = currentTheme();
}
