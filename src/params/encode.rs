//! Checked values, written: as a query or form, as JSON, into a path. No browser needed.

use super::Value;

/// A name on the wire with its value.
pub type Pair = (String, Value);

/// Every value under its full name, as Rails reads them: `a[]` for the items of a list, `a[b]` for
/// the parts of an object.
pub fn flatten(name: &str, value: &Value, each: &mut dyn FnMut(&str, &Value)) {
    match value {
        Value::List(items) => {
            let name = join(&[name, "[]"]);
            for item in items {
                flatten(&name, item, each);
            }
        }
        Value::Map(parts) => {
            for (key, part) in parts {
                flatten(&join(&[name, "[", key, "]"]), part, each);
            }
        }
        leaf => each(name, leaf),
    }
}

fn join(parts: &[&str]) -> String {
    parts.concat()
}

/// What a value that is no list and no object looks like in a query or form.
pub fn plain(value: &Value) -> &str {
    match value {
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        other => other.text().unwrap_or_default(),
    }
}

/// `a=1&b[]=2`, percent-encoded.
pub fn form(pairs: &[Pair]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        flatten(name, value, &mut |name, leaf| {
            if !out.is_empty() {
                out.push('&');
            }
            escape(name, b"[]", &mut out);
            out.push('=');
            escape(plain(leaf), b"", &mut out);
        });
    }
    out
}

/// Appends text so that it survives in a path segment, a query or a form.
pub fn escape(text: &str, also: &[u8], out: &mut String) {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) || also.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.extend(HEX.get(usize::from(nibble)));
            }
        }
    }
}

/// Puts values into the holes of a path: `/api/v1/statuses/{id}`. A segment that a URL would
/// normalise away cannot be written in any encoding: the name of that hole is the error.
pub fn path(
    template: &str,
    mut value_of: impl FnMut(&str) -> Option<String>,
) -> Result<String, &str> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        match value_of(name) {
            Some(value) if !matches!(value.as_str(), "" | "." | "..") => {
                escape(&value, b"", &mut out);
            }
            _ => return Err(name),
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// The pairs as one JSON object; brackets in names open objects (`data[alerts][follow]`).
pub fn json(pairs: &[Pair]) -> String {
    let mut tree = Vec::new();
    for (name, value) in pairs {
        insert(&mut tree, &name.replace(']', ""), value);
    }
    let mut out = String::new();
    write_json(&Value::Map(tree), &mut out);
    out
}

fn insert(tree: &mut Vec<Pair>, name: &str, value: &Value) {
    let Some((first, rest)) = name.split_once('[') else {
        tree.push((name.to_owned(), value.clone()));
        return;
    };
    if !tree.iter().any(|(key, _)| key == first) {
        tree.push((first.to_owned(), Value::Map(Vec::new())));
    }
    if let Some((_, Value::Map(inner))) = tree.iter_mut().find(|(key, _)| key == first) {
        insert(inner, rest, value);
    }
}

fn write_json(value: &Value, out: &mut String) {
    let list = |out: &mut String, open: char, close: char, items: &mut dyn FnMut(&mut String)| {
        out.push(open);
        items(out);
        if out.ends_with(',') {
            out.pop();
        }
        out.push(close);
    };
    match value {
        Value::Text(text) => write_json_string(text, out),
        Value::List(items) => list(out, '[', ']', &mut |out| {
            for item in items {
                write_json(item, out);
                out.push(',');
            }
        }),
        Value::Map(parts) => list(out, '{', '}', &mut |out| {
            for (key, part) in parts {
                write_json_string(key, out);
                out.push(':');
                write_json(part, out);
                out.push(',');
            }
        }),
        Value::Js(_) => out.push_str("null"),
        leaf => out.push_str(plain(leaf)),
    }
}

fn write_json_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\u{0}'..='\u{1f}' => {
                out.push_str("\\u00");
                let mut hex = String::new();
                let mut bytes = [0; 4];
                escape(c.encode_utf8(&mut bytes), b"", &mut hex);
                out.push_str(hex.trim_start_matches('%'));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Value {
        Value::Text(value.to_owned())
    }

    fn pair(name: &str, value: Value) -> Pair {
        (name.to_owned(), value)
    }

    #[test]
    fn forms_use_the_brackets_of_rails() {
        let pairs = [
            pair("status", text("Grüße & mehr=\n")),
            pair("media_ids", Value::List(vec![text("1"), text("2")])),
            pair("sensitive", Value::Bool(false)),
            pair(
                "poll",
                Value::Map(vec![
                    pair("options", Value::List(vec![text("a b")])),
                    pair("expires_in", Value::Number("60".into())),
                ]),
            ),
        ];
        assert_eq!(
            form(&pairs),
            "status=Gr%C3%BC%C3%9Fe%20%26%20mehr%3D%0A&media_ids[]=1&media_ids[]=2&sensitive=false&poll[options][]=a%20b&poll[expires_in]=60"
        );
    }

    #[test]
    fn json_opens_objects_at_brackets() {
        let pairs = [
            pair("data[alerts][follow]", Value::Bool(true)),
            pair("data[alerts][poll]", Value::Bool(false)),
            pair("data[policy]", text("all")),
            pair(
                "keys",
                Value::List(vec![
                    text("a"),
                    Value::Map(vec![pair("n", Value::Number("1.5".into()))]),
                ]),
            ),
            pair("empty", Value::List(vec![])),
            pair("text", text("\"\\\n\u{1}\u{2028}é")),
        ];
        let parsed: serde_json::Value = serde_json::from_str(&json(&pairs)).unwrap();
        assert_eq!(
            parsed,
            serde_json::json!({
                "data": {"alerts": {"follow": true, "poll": false}, "policy": "all"},
                "keys": ["a", {"n": 1.5}], "empty": [], "text": "\"\\\n\u{1}\u{2028}é",
            })
        );
    }

    #[test]
    fn a_path_keeps_each_value_in_its_segment() {
        let fill = |value: &'static str| {
            path("/api/v1/statuses/{id}/pin", move |_| Some(value.to_owned()))
        };
        assert_eq!(
            fill("1/../2?x#y%"),
            Ok("/api/v1/statuses/1%2F..%2F2%3Fx%23y%25/pin".to_owned())
        );
        assert_eq!(
            fill("👍"),
            Ok("/api/v1/statuses/%F0%9F%91%8D/pin".to_owned())
        );
        for refused in ["", ".", ".."] {
            assert_eq!(fill(refused), Err("id"));
        }
        assert_eq!(
            path("/api/v1/instance", |_| None),
            Ok("/api/v1/instance".to_owned())
        );
    }
}
