//! What Mastodon answers.
