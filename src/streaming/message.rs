//! Writing what goes to the server: a flat JSON object of strings.

/// A message being written.
#[derive(Debug)]
pub struct Message {
    text: String,
}

impl Message {
    /// A message of this type about this stream.
    pub fn new(kind: &str, stream: &str) -> Self {
        let mut message = Self {
            text: String::from("{"),
        };
        message.pair("type", kind);
        message.field("stream", stream);
        message
    }

    /// Adds a field.
    pub fn field(&mut self, name: &str, value: &str) {
        self.text.push(',');
        self.pair(name, value);
    }

    /// The finished text.
    pub fn finish(mut self) -> String {
        self.text.push('}');
        self.text
    }

    fn pair(&mut self, name: &str, value: &str) {
        self.text.push('"');
        self.text.push_str(name);
        self.text.push_str("\":\"");
        for character in value.chars() {
            match character {
                '"' | '\\' => {
                    self.text.push('\\');
                    self.text.push(character);
                }
                // No stream, tag or id has a control character: one that was smuggled in is
                // dropped, and the server refuses what is left if it must.
                '\0'..='\x1f' => {}
                _ => self.text.push(character),
            }
        }
        self.text.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_string_is_escaped() {
        let mut message = Message::new("subscribe", "hashtag");
        message.field("tag", "a\"b\\c\nd–é");
        let text = message.finish();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["tag"], "a\"b\\cd–é");
        assert_eq!(value["type"], "subscribe");
    }
}
