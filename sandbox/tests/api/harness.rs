use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use mastodon_sandbox::{Config, Person, Sandbox, serve};
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

pub const MINA: &str = "sandbox-token-of-mina";
pub const THEO: &str = "sandbox-token-of-theo";
pub const YUKI: &str = "sandbox-token-of-yuki";

/// The command of the npm package, a script for Node. If this variable is set, the same tests run against the
/// sandbox as WebAssembly.
const SCRIPT: &str = "SANDBOX_SCRIPT";

/// A new sandbox, and a client that follows no redirects.
pub struct Server {
    shell: Shell,
    pub client: Client,
}

/// How the sandbox runs.
enum Shell {
    Here(Sandbox),
    InNode {
        child: Child,
        url: String,
        people: Vec<Person>,
    },
}

impl Shell {
    fn in_node(script: &str, preset: &str) -> Self {
        let mut child = Command::new("node")
            .arg(script)
            .args(["--json", "--preset", preset])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let about: Value = serde_json::from_str(&line).unwrap();
        Self::InNode {
            child,
            url: about["url"].as_str().unwrap().to_owned(),
            people: serde_json::from_value(about["accounts"].clone()).unwrap(),
        }
    }

    fn url(&self) -> &str {
        match self {
            Self::Here(sandbox) => sandbox.url(),
            Self::InNode { url, .. } => url,
        }
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        if let Self::InNode { child, .. } = self {
            // It may have ended already.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    async fn of(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        Self {
            status,
            headers,
            text: response.text().await.unwrap_or_default(),
        }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The body of a successful response.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        self.json()
    }

    #[track_caller]
    pub fn refused(&self, status: u16, error: &str) {
        assert_eq!(
            (self.status.as_u16(), self.json()["error"].as_str()),
            (status, Some(error)),
            "{}",
            self.text
        );
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A cursor in the link with this relation.
    pub fn cursor(&self, relation: &str, name: &str) -> Option<String> {
        let links = self.header("link")?;
        let link = links
            .split(", ")
            .find(|link| link.ends_with(&format!("rel=\"{relation}\"")))?;
        let url = link.split(['<', '>']).nth(1)?;
        let query = url.split_once('?')?.1;
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix(&format!("{name}=")))
            .map(str::to_owned)
    }
}

impl Server {
    pub async fn start() -> Self {
        Self::of("mastodon").await
    }

    /// Starts another kind of server.
    pub async fn of(preset: &str) -> Self {
        let shell = if let Ok(script) = env::var(SCRIPT) {
            Shell::in_node(&script, preset)
        } else {
            let config = Config {
                preset: preset.to_owned(),
                ..Config::default()
            };
            Shell::Here(serve(config).await.unwrap())
        };
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self { shell, client }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.shell.url())
    }

    pub fn people(&self) -> Vec<Person> {
        match &self.shell {
            Shell::Here(sandbox) => sandbox.people(),
            Shell::InNode { people, .. } => people.clone(),
        }
    }

    pub fn request(&self, method: Method, token: &str, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.request(method, self.url(path));
        if token.is_empty() {
            request
        } else {
            request.bearer_auth(token)
        }
    }

    pub async fn get(&self, token: &str, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, token, path).send().await.unwrap()).await
    }

    pub async fn send(&self, method: Method, token: &str, path: &str, body: Value) -> Answer {
        Answer::of(
            self.request(method, token, path)
                .json(&body)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    pub async fn post(&self, token: &str, path: &str, body: Value) -> Answer {
        self.send(Method::POST, token, path, body).await
    }

    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        Answer::of(
            self.client
                .post(self.url(path))
                .form(fields)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    pub async fn answer(&self, request: reqwest::RequestBuilder) -> Answer {
        Answer::of(request.send().await.unwrap()).await
    }

    /// Publishes a status and returns it.
    pub async fn publish(&self, token: &str, body: Value) -> Value {
        self.post(token, "/api/v1/statuses", body).await.ok()
    }

    pub async fn say(&self, token: &str, text: &str) -> Value {
        self.publish(token, json!({ "status": text })).await
    }

    /// The id of an account.
    pub async fn who(&self, acct: &str) -> String {
        self.get("", &format!("/api/v1/accounts/lookup?acct={acct}"))
            .await
            .ok()["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub async fn admin(&self, path: &str, body: Value) -> Value {
        self.post("", &format!("/sandbox/{path}"), body).await.ok()
    }

    /// A token of mina with only these scopes.
    pub async fn scoped(&self, scopes: &str) -> String {
        let token = self
            .admin("tokens", json!({"username": "mina", "scopes": scopes}))
            .await;
        token["access_token"].as_str().unwrap().to_owned()
    }

    /// Opens a socket with the token as subprotocol, as browsers do.
    pub async fn socket(&self, token: &str, query: &str) -> Socket {
        self.try_socket(token, query).await.unwrap()
    }

    pub async fn try_socket(&self, token: &str, query: &str) -> Result<Socket, tungstenite::Error> {
        let url = self.url(&format!("/api/v1/streaming{query}"));
        let url = url.replacen("http", "ws", 1);
        let mut request = url.into_client_request().unwrap();
        if !token.is_empty() {
            request
                .headers_mut()
                .insert("sec-websocket-protocol", token.parse().unwrap());
        }
        let (socket, answer) = tokio_tungstenite::connect_async(request).await?;
        let echoed = answer
            .headers()
            .get("sec-websocket-protocol")
            .map(|value| value.to_str().unwrap().to_owned());
        Ok(Socket { socket, echoed })
    }
}

pub fn ids(list: &Value) -> Vec<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .collect()
}

pub fn id(entity: &Value) -> &str {
    entity["id"].as_str().unwrap()
}

pub struct Socket {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub echoed: Option<String>,
}

impl Socket {
    pub async fn tell(&mut self, message: Value) {
        self.socket
            .send(Message::text(message.to_string()))
            .await
            .unwrap();
    }

    pub async fn raw(&mut self, message: Message) {
        self.socket.send(message).await.unwrap();
    }

    /// The next message of any kind; `None` if the connection ended.
    pub async fn message(&mut self) -> Option<Message> {
        let next = tokio::time::timeout(Duration::from_secs(5), self.socket.next())
            .await
            .expect("no message came");
        next.and_then(Result::ok)
    }

    /// The next text frame, parsed.
    pub async fn frame(&mut self) -> Value {
        loop {
            match self.message().await {
                Some(Message::Text(text)) => return serde_json::from_str(&text).unwrap(),
                Some(Message::Ping(_) | Message::Pong(_)) => {}
                other => panic!("no frame, but {other:?}"),
            }
        }
    }

    /// The next frame, with its payload parsed.
    pub async fn event(&mut self) -> (Value, String, Value) {
        let frame = self.frame().await;
        let payload = frame["payload"]
            .as_str()
            .map_or(Value::Null, |text| serde_json::from_str(text).unwrap());
        (
            frame["stream"].clone(),
            frame["event"].as_str().unwrap().to_owned(),
            payload,
        )
    }

    /// Whether nothing arrives for a while.
    pub async fn is_quiet(&mut self) -> bool {
        tokio::time::timeout(Duration::from_millis(250), self.socket.next())
            .await
            .is_err()
    }

    /// Waits until earlier messages have been handled: responses are in the order of the requests.
    pub async fn settle(&mut self) {
        self.tell(json!({"type": "subscribe", "stream": "no such stream"}))
            .await;
        assert_eq!(self.frame().await["error"], "Unknown stream type");
    }
}
