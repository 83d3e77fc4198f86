/** Announces a text to screen readers. */
export function announce(message: string): void {
  const announcer = document.querySelector("#announcer");
  if (announcer) announcer.textContent = message;
}
