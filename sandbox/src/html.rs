//! The layout of the few pages that the sandbox has.

use crate::store::Store;
use crate::text::escape;

const STYLE: &str = "
:root{color-scheme:light dark;--paper:#faf7f2;--card:#fff;--ink:#22201c;--soft:#6b655c;--line:#e6dfd4;--accent:#4f46b8;--on:#fff;--bad:#a8321e}
@media (prefers-color-scheme:dark){:root{--paper:#16151a;--card:#201f27;--ink:#efecf5;--soft:#a29db3;--line:#34323f;--accent:#a59bff;--on:#17151f;--bad:#ff9d8a}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,sans-serif;display:grid;place-items:start center;padding:6vh 1rem 3rem}
main{width:100%;max-width:27rem;background:var(--card);border:1px solid var(--line);border-radius:18px;padding:1.75rem}
main.wide{max-width:40rem}
h1{font-size:1.35rem;line-height:1.25;margin:0 0 .4rem}
h2{font-size:.95rem;margin:1.5rem 0 .5rem}
p{margin:.4rem 0;overflow-wrap:anywhere}
.soft{color:var(--soft);font-size:.9rem}
a{color:var(--accent)}
ul.scopes{list-style:none;margin:1rem 0;padding:0;border-block:1px solid var(--line)}
ul.scopes li{padding:.5rem 0}
ul.scopes li+li{border-top:1px solid var(--line)}
ul.scopes code{color:var(--soft);font-size:.8rem;display:block}
label{display:block;font-size:.85rem;font-weight:600;margin:.8rem 0 .25rem}
input{width:100%;padding:.6rem .7rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:10px}
button{font:inherit;cursor:pointer;border-radius:10px;border:1px solid var(--line);background:transparent;color:inherit;padding:.6rem 1rem}
button.main{background:var(--accent);border-color:var(--accent);color:var(--on);font-weight:600}
:is(input,button,a):focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.row{display:flex;gap:.6rem;margin-top:1.2rem}
.row .main{flex:1}
.people{display:grid;gap:.5rem}
.person{display:flex;gap:.75rem;align-items:center;text-align:left;width:100%}
.person img{width:40px;height:40px;border-radius:10px}
.person img.emoji,img.emoji{width:1.2em;height:1.2em;border-radius:0;vertical-align:-.25em;margin:0}
.person span{display:block;color:var(--soft);font-size:.85rem}
.alert{color:var(--bad);font-weight:600}
.code{font:1rem/1.5 ui-monospace,monospace;user-select:all;background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:.75rem;overflow-wrap:anywhere}
.header{display:block;width:calc(100% + 3.5rem);margin:-1.75rem -1.75rem 1rem;border-radius:18px 18px 0 0;aspect-ratio:3/1;object-fit:cover}
.post{border-top:1px solid var(--line);padding:.9rem 0}
.post img{max-width:100%;height:auto;border-radius:12px;margin-top:.5rem}
.invisible{font-size:0}.ellipsis::after{content:'…'}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;font-size:.9rem}dt{color:var(--soft)}dd{margin:0}
";

impl Store {
    /// A display name with the images of its custom emoji.
    pub fn display_html(&self, name: &str) -> String {
        let mut html = escape(name);
        for emoji in &self.emojis {
            let code = format!(":{}:", emoji.shortcode);
            let image = format!(
                "<img class=\"emoji\" src=\"{}\" alt=\"{code}\">",
                escape(&self.url(&emoji.path))
            );
            html = html.replace(&code, &image);
        }
        html
    }
}

pub fn page(title: &str, wide: bool, body: &str) -> String {
    let class = if wide { " class=\"wide\"" } else { "" };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main{class}>\n{body}\n</main>\n</body>\n</html>\n",
        escape(title)
    )
}
