//! The command `mastodon-sandbox`. See the README.

use std::fmt::Write as _;
use std::io::Write;
use std::process::ExitCode;

use mastodon_sandbox::{CLIENT_ID, CLIENT_SECRET, Config, Newcomer, Sandbox, Seed, presets, serve};
use serde_json::json;
use tokio::io::AsyncReadExt;

const USAGE: &str = "\
mastodon-sandbox: a small Mastodon in memory

  --host ADDR            address to listen on (127.0.0.1)
  --port N               port; 0 takes a free one (0)
  --people LIST          who is there besides the inhabitants: names with commas between
                         them, or the JSON array that `Sandbox.start` takes
  --life                 inhabitants post, favourite, boost, mention and follow
  --json                 print one line of JSON instead of text
  --rate-limit N         requests allowed per token in five minutes (7500)
  --preset NAME          be another kind of server: gotosocial, takahe, snac, hollo,
                         mitra, pixelfed, akkoma or wordpress (mastodon)
  --until-stdin-closes   stop when standard input ends
";

#[derive(Default)]
struct Options {
    config: Config,
    json: bool,
    until_stdin_closes: bool,
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        let mut value = || {
            inline
                .clone()
                .or_else(|| arguments.next())
                .ok_or_else(|| format!("{name} needs a value"))
        };
        match name.as_str() {
            "--host" => {
                options.config.host = value()?
                    .parse()
                    .map_err(|_| "--host needs an IP address".to_owned())?;
            }
            "--port" => {
                options.config.port = value()?
                    .parse()
                    .map_err(|_| "--port needs a number up to 65535".to_owned())?;
            }
            "--rate-limit" => {
                options.config.rate_limit = value()?
                    .parse()
                    .map_err(|_| "--rate-limit needs a number".to_owned())?;
            }
            "--preset" => {
                let name = value()?;
                if !presets().any(|known| known == name) {
                    let known: Vec<&str> = presets().collect();
                    return Err(format!("--preset needs one of {}", known.join(", ")));
                }
                options.config.preset = name;
            }
            "--people" => {
                let people = Newcomer::listed(&value()?).and_then(Seed::with);
                options.config.seed = people.map_err(|why| format!("--people: {why}"))?;
            }
            "--life" => options.config.life = true,
            "--json" => options.json = true,
            "--until-stdin-closes" => options.until_stdin_closes = true,
            "--help" | "-h" => return Err(String::new()),
            _ => return Err(format!("unknown option {name}")),
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    let options = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(problem) if problem.is_empty() => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            eprint!("{problem}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(run(options));
    // A read of standard input cannot be canceled, so the program does not wait for it at its end.
    runtime.shutdown_background();
    code
}

async fn run(options: Options) -> ExitCode {
    let wanted = options.config.port;
    let sandbox = match serve(options.config.clone()).await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            eprintln!("cannot listen on {}: {error}", options.config.host);
            return ExitCode::FAILURE;
        }
    };
    if wanted != 0 && !sandbox.url().ends_with(&format!(":{wanted}")) {
        eprintln!("port {wanted} is taken, using another");
    }
    let text = if options.json {
        as_json(&sandbox)
    } else {
        as_text(&sandbox)
    };
    let mut out = std::io::stdout();
    // The reader of this output may be gone already, but the sandbox keeps running.
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
    until_told(options.until_stdin_closes).await;
    sandbox.stop();
    ExitCode::SUCCESS
}

fn as_json(sandbox: &Sandbox) -> String {
    json!({
        "url": sandbox.url(),
        "streaming_url": sandbox.streaming_url(),
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "accounts": sandbox.people(),
    })
    .to_string()
}

fn as_text(sandbox: &Sandbox) -> String {
    let mut text = format!(
        "The sandbox is at {}\n\nAccounts (user name, password, access token):\n",
        sandbox.url()
    );
    for person in sandbox.people() {
        let (name, password) = (person.username, person.password);
        let _ = writeln!(text, "  {name:<6} {password:<20} {}", person.access_token);
    }
    text + "\nStop it with Ctrl-C."
}

async fn until_told(stdin_too: bool) {
    let stdin_closed = async {
        if !stdin_too {
            return std::future::pending().await;
        }
        let mut stdin = tokio::io::stdin();
        let mut scrap = [0; 256];
        while matches!(stdin.read(&mut scrap).await, Ok(count) if count > 0) {}
    };
    tokio::select! {
        () = stdin_closed => {}
        _ = tokio::signal::ctrl_c() => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
