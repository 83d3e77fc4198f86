/** An account of the sandbox, with what is needed to log in. */
export interface SeededPerson {
  username: string;
  password: string;
  display_name: string;
}

export interface Sandbox {
  url: string;
  accounts: SeededPerson[];
}

/** `npm start` serves this file beside the page. Elsewhere, the result is null. */
export async function findSandbox(): Promise<Sandbox | null> {
  try {
    const response = await fetch("sandbox.json");
    const { url, accounts } = await response.json();
    return url ? { url, accounts: (accounts ?? []).map(withPlainName) } : null;
  } catch {
    return null;
  }
}

/** Custom emoji are removed from names, because they can only be shown after a login. */
function withPlainName(person: Omit<SeededPerson, "display_name"> & { display_name?: string }) {
  const name = person.display_name?.replace(/:\w+:/g, "").trim();
  return { ...person, display_name: name || person.username };
}
