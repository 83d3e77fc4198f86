/** Plain HTTP is for a sandbox on this machine alone. */
const loopback = ["127.0.0.1:*", "localhost:*"];
const loopbackHttp = loopback.map((host) => `http://${host}`);
const loopbackSocket = loopback.map((host) => `ws://${host}`);

export interface Needs {
  /** Of style sheets in `<style>` elements. */
  styleNonce?: string;
  /** The instance is in a Service Worker. */
  serviceWorker?: boolean;
}

/**
 * What the page may load. Scripts and styles come from the page's own origin only; the instance
 * that a visitor logs in to can be any, so pictures and connections may go to every https host.
 */
export function contentSecurityPolicy({ styleNonce, serviceWorker }: Needs = {}): string {
  const media = ["https:", "data:", "blob:", ...loopbackHttp];
  const directives: Record<string, string[]> = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'"],
    "style-src": ["'self'", ...(styleNonce ? [`'nonce-${styleNonce}'`] : [])],
    "connect-src": ["'self'", "https:", "wss:", ...loopbackHttp, ...loopbackSocket],
    "img-src": ["'self'", ...media],
    "media-src": ["'self'", ...media],
    ...(serviceWorker && { "worker-src": ["'self'"] }),
    "font-src": ["'self'"],
    "manifest-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "object-src": ["'none'"],
    // No string becomes markup except through DOMPurify.
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["dompurify", ...(serviceWorker ? ["service-worker"] : [])],
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");
}

/** Headers for whoever serves the built page; `frame-ancestors` counts in a header only. */
export function securityHeaders(needs?: Needs): Record<string, string> {
  return {
    "Content-Security-Policy": `${contentSecurityPolicy(needs)}; frame-ancestors 'none'`,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
}
