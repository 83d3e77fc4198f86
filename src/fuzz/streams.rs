//! Ids, the envelopes of events, and streams in a simulated world.

use super::Input;
use crate::streaming::entity_id::EntityId;
use crate::streaming::event::EventKind;
use crate::streaming::frame::number_behind;
use crate::streaming::model::{Cursors, Ids, Op, Server, World};
use crate::streaming::stream_key::StreamKey;
use std::cmp::Ordering;

/// Ids have a total order; numeric ids are ordered as numbers.
pub fn entity_id(data: &[u8]) {
    let mut input = Input(data);
    let texts = [0; 3].map(|_| input.text());
    for text in &texts {
        let id = EntityId::new(text);
        assert_eq!(id.is_some(), (1..=1024).contains(&text.len()));
        let Some(id) = id else { continue };
        assert_eq!(id.as_str(), text);
        if let Some(older) = id.predecessor() {
            assert!(older < id && older.as_str().len() <= text.len());
        }
        if let Some(number) = number(text) {
            let older = id.predecessor().map(|older| older.as_str().to_owned());
            let wanted = number.checked_sub(1).filter(|older| *older > 0);
            assert_eq!(older, wanted.map(|older| older.to_string()));
        }
    }
    let [Some(a), Some(b), Some(c)] = texts.each_ref().map(|text| EntityId::new(text)) else {
        return;
    };
    assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
    assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
    if a <= b && b <= c {
        assert!(a <= c, "{a:?} {b:?} {c:?}");
    }
    if let [Some(first), Some(second)] = [&texts[0], &texts[1]].map(|text| number(text)) {
        assert_eq!(a.cmp(&b), first.cmp(&second));
    }
}

/// A number in the form that servers write.
fn number(text: &str) -> Option<u128> {
    let number = text.parse::<u128>().ok()?;
    (number.to_string() == text).then_some(number)
}

/// What is read from an envelope: the event's kind, its stream, and an id with all its digits.
pub fn envelope(data: &[u8]) {
    let mut input = Input(data);
    let digits = input.short();
    let [name, stream, param] = [0; 3].map(|_| input.text());
    let kind = EventKind::from_name(&name);
    assert_eq!(kind.name(), name);
    assert_eq!(
        matches!(kind, EventKind::Unknown(_)),
        kind.handler() == "onUnknownEvent"
    );
    let key = StreamKey::new(&stream, &param);
    assert_eq!(StreamKey::new(&key.name, &key.param), key);
    assert_eq!(StreamKey::from_label(&stream, Some(&param)), key);
    assert_eq!(
        StreamKey::from_label(&format!("list:{param}"), None),
        StreamKey::new("list", &param)
    );
    assert_eq!(
        key.is_known(),
        key.sources()
            .iter()
            .all(|source| source.event().source() == Some(*source))
            && !key.sources().is_empty()
    );
    // Written like a server does, with an id that JavaScript would round.
    let id = format!("1{digits:05}0000000000000000{digits}");
    let written = |text: &str| serde_json::to_string(text).expect("a text is JSON");
    let (name, stream) = (written(&name), written(&stream));
    for json in [
        format!("{{\"event\":{name},\"stream\":[{stream}],\"payload\":{id}}}"),
        format!("{{ \"stream\" : [ {stream} ] , \"payload\" : {id} , \"event\" : {name} }}"),
    ] {
        assert_eq!(
            number_behind(&json, "\"payload\""),
            Some(id.clone()),
            "{json}"
        );
    }
}

/// The machine against the model of a server: no event twice, and none lost without a gap.
pub fn world(data: &[u8]) {
    let mut input = Input(data);
    let choice = input.byte();
    let unkind = choice & 1 > 0;
    let server = Server {
        ids: [Ids::Snowflakes, Ids::Ulids, Ids::Uuids][usize::from(choice / 2 % 3)],
        cursors: [Cursors::Proper, Cursors::Since, Cursors::Ignored][usize::from(choice / 8 % 3)],
        keeps: if unkind && choice & 64 > 0 {
            30 + usize::from(input.byte())
        } else {
            usize::MAX
        },
        page: if choice & 128 > 0 { 25 } else { 40 },
    };
    let limit = if unkind {
        u32::from(input.byte())
    } else {
        100_000
    };
    let seed = u64::from(input.short());
    let mut ops = Vec::new();
    while !input.is_empty() && ops.len() < 40 {
        let (which, a, b) = (input.byte(), input.byte(), input.short());
        ops.push(match which % if unkind { 14 } else { 9 } {
            0 | 1 => Op::Post(1 + a % 59, b % 300),
            2 => Op::Notify,
            3 => Op::Drop,
            4 => Op::Silence,
            5 => Op::Down(b % 40_000),
            6 => Op::Duplicate,
            7 => Op::Wait(b % 5_000),
            8 if a % 4 == 0 => Op::AskForbidden,
            8 if a % 16 == 15 => Op::NewToken,
            8 => Op::Wake,
            9 | 10 => Op::Swap,
            11 => Op::PostLate,
            12 => Op::RestDown(b % 20_000),
            _ => Op::RestHangs(b % 60_000),
        });
    }
    let mut world = World::new(server, limit, seed);
    for op in &ops {
        world.run(op);
    }
    world.settle();
    if unkind {
        world.check_none_twice_none_lost(&ops);
    } else {
        world.check_each_once_in_order();
    }
}
