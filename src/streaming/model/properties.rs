//! Random worlds, and regression tests that were found with them.

use super::super::entity_id::EntityId;
use super::{Cursors, Ids, Op, Server, World, sorted};
use proptest::prelude::*;

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        6 => (1..60_u8, 0..300_u16).prop_map(|(count, every)| Op::Post(count, every)),
        3 => Just(Op::Notify),
        4 => Just(Op::Drop),
        1 => Just(Op::Silence),
        1 => (0..40_000_u16).prop_map(Op::Down),
        2 => Just(Op::Duplicate),
        1 => Just(Op::AskForbidden),
        4 => (0..5_000_u16).prop_map(Op::Wait),
        1 => Just(Op::Wake),
        1 => Just(Op::NewToken),
    ]
}

fn unkind_op() -> impl Strategy<Value = Op> {
    prop_oneof![
        10 => op(),
        1 => Just(Op::Swap),
        1 => Just(Op::PostLate),
        1 => (0..20_000_u16).prop_map(Op::RestDown),
        1 => (0..60_000_u16).prop_map(Op::RestHangs),
    ]
}

fn ids() -> impl Strategy<Value = Ids> {
    prop_oneof![Just(Ids::Snowflakes), Just(Ids::Ulids), Just(Ids::Uuids)]
}

fn cursors() -> impl Strategy<Value = Cursors> {
    prop_oneof![
        2 => Just(Cursors::Proper),
        1 => Just(Cursors::Since),
        1 => Just(Cursors::Ignored)
    ]
}

fn server(keeps: impl Strategy<Value = usize>) -> impl Strategy<Value = Server> {
    (
        ids(),
        cursors(),
        keeps,
        prop_oneof![Just(40_usize), Just(25)],
    )
        .prop_map(|(ids, cursors, keeps, page)| Server {
            ids,
            cursors,
            keeps,
            page,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// If REST works and nothing is reordered: each event once, in order, without gaps.
    #[test]
    fn each_once_in_order(
        ops in prop::collection::vec(op(), 0..40),
        server in server(Just(usize::MAX)),
        seed: u64,
    ) {
        let mut world = World::new(server, 100_000, seed);
        for op in &ops {
            world.run(op);
        }
        world.settle();
        world.check_each_once_in_order();
    }

    /// With all failures and short lists: no event twice, none missing unless a gap covers it, and none held
    /// back for longer than half a minute.
    #[test]
    fn none_twice_none_lost_in_silence(
        ops in prop::collection::vec(unkind_op(), 0..40),
        server in server(prop_oneof![Just(usize::MAX), 30..200_usize]),
        limit in 0..200_u32,
        seed: u64,
    ) {
        let mut world = World::new(server, limit, seed);
        for op in &ops {
            world.run(op);
        }
        world.settle();
        world.check_none_twice_none_lost(&ops);
    }

    /// A status that reaches the server late, with an older id than a delivered one, is found.
    #[test]
    fn late_posts_are_found(before in 1..60_u8, missed in 1..15_u8, ids in ids(), seed: u64) {
        let server = Server { ids, cursors: Cursors::Proper, keeps: usize::MAX, page: 40 };
        let mut world = World::new(server, 400, seed);
        world.run(&Op::Post(before, 10));
        world.run(&Op::Drop);
        world.run(&Op::PostLate);
        world.run(&Op::Post(missed, 10));
        world.settle();
        prop_assert_eq!(sorted(&world.seen), world.posted());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    /// If 1,000 statuses were missed and REST keeps 400, these are delivered after a gap.
    #[test]
    fn what_is_no_longer_there_is_a_gap(ids in ids(), cursors in cursors(), seed: u64) {
        let server = Server { ids, cursors, keeps: 400, page: 40 };
        let mut world = World::new(server, 400, seed);
        world.run(&Op::Post(30, 10));
        world.run(&Op::Wait(1_000));
        world.run(&Op::Down(5_000));
        for _ in 0..20 {
            world.run(&Op::Post(50, 0));
        }
        world.settle();
        prop_assert_eq!(world.gaps.len(), 1, "{:?}", world.gaps);
        prop_assert_eq!(world.seen.len(), 30 + 400);
        prop_assert!(world.requests < 40, "{} requests", world.requests);
    }

    /// If a timeline grows faster than it is read, there are pauses between requests.
    #[test]
    fn a_list_without_end_is_asked_in_rounds(limit in 1..100_u32, seed: u64) {
        let mut world = World::new(MASTODON, limit, seed);
        world.run(&Op::Drop);
        let before = world.requests;
        for _ in 0..200 {
            world.run(&Op::Post(50, 0));
            world.advance(50.0);
        }
        prop_assert!(world.requests - before < 60, "{} requests in 10 s", world.requests - before);
    }
}

/// Like Mastodon, but keeps everything.
const MASTODON: Server = Server {
    ids: Ids::Snowflakes,
    cursors: Cursors::Proper,
    keeps: usize::MAX,
    page: 40,
};

/// What the listener received in a world that was found at random: with its seed, and with others. Everything
/// posted must be delivered or covered by a gap.
fn seen_in(server: Server, found: u64, ops: &[Op]) -> impl Iterator<Item = Vec<EntityId>> {
    [found, 1, 2, 3].into_iter().map(move |seed| {
        let mut world = World::new(server, 1, seed);
        for op in ops {
            world.run(op);
        }
        world.settle();
        for id in world.posted() {
            let delivered = world.seen.contains(id);
            assert!(delivered || world.covered(id), "{id:?} is missing");
        }
        world.seen
    })
}

/// The entries of a lost socket prove nothing about later statuses.
#[test]
fn what_is_lost_while_rest_takes_over_is_a_gap() {
    let server = Server {
        keeps: 30,
        ..MASTODON
    };
    let ops = [
        Op::Post(34, 40),
        Op::Drop,
        Op::Wait(616),
        Op::Post(6, 14),
        Op::Notify,
        Op::Down(11_149),
        Op::Post(7, 258),
        Op::Post(49, 69),
        Op::Post(45, 133),
    ];
    for seen in seen_in(server, 4_445_823_635_422_730_376, &ops) {
        assert_eq!(seen, sorted(&seen), "out of order");
    }
}

/// A hole between the entries of two sockets is covered by the gap that is reported when both are given up.
#[test]
fn a_hole_between_two_sockets_is_not_filled_afterwards() {
    let ops = [
        Op::Drop,
        Op::RestHangs(21_333),
        Op::Post(40, 69),
        Op::Post(32, 261),
        Op::Drop,
        Op::Post(23, 191),
        Op::Down(5_832),
        Op::Post(22, 101),
        Op::Wait(1_869),
        Op::Post(9, 193),
        Op::Wake,
    ];
    for seen in seen_in(MASTODON, 470_056_477_524_536_126, &ops) {
        assert_eq!(seen, sorted(&seen), "out of order");
    }
}

/// A late response to a check must not repeat deliveries that are not remembered any more.
#[test]
fn a_late_answer_repeats_nothing() {
    let ops = [
        Op::Wait(2_057),
        Op::Swap,
        Op::Wait(4_813),
        Op::RestHangs(3_220),
        Op::Wait(2_837),
        Op::Post(7, 294),
        Op::Post(58, 0),
    ];
    for seen in seen_in(MASTODON, 15_698_185_588_450_507_342, &ops) {
        let mut once = sorted(&seen);
        once.dedup();
        assert_eq!(seen.len(), once.len(), "twice");
    }
}

/// A restarted server accepts sockets before REST works.
#[test]
fn rest_that_comes_back_after_the_sockets_is_waited_for() {
    for seed in 1..20 {
        let mut world = World::new(MASTODON, 400, seed);
        for op in [
            Op::Post(5, 10),
            Op::Down(3_000),
            Op::RestDown(60_000),
            Op::Post(20, 10),
            Op::Wait(50_000),
            Op::Post(3, 10),
            Op::Wait(30_000),
        ] {
            world.run(&op);
        }
        world.settle();
        assert_eq!(world.gaps, []);
        assert_eq!(world.seen, world.posted());
    }
}
