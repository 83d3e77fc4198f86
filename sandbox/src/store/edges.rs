//! A table of directed relations, such as follows, favourites and bookmarks. Each has its own id, which is
//! the cursor of the pages that list it.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::{Counter, Id};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Edge<T> {
    pub id: Id,
    pub from: Id,
    pub to: Id,
    pub data: T,
}

#[derive(Debug)]
pub struct Edges<T> {
    ids: Counter,
    rows: BTreeMap<Id, Edge<T>>,
    pairs: HashMap<(Id, Id), Id>,
    outgoing: HashMap<Id, BTreeMap<Id, Id>>,
    incoming: HashMap<Id, BTreeMap<Id, Id>>,
}

impl<T> Default for Edges<T> {
    fn default() -> Self {
        Self {
            ids: Counter::default(),
            rows: BTreeMap::new(),
            pairs: HashMap::new(),
            outgoing: HashMap::new(),
            incoming: HashMap::new(),
        }
    }
}

impl<T> Edges<T> {
    /// Adds an edge, or replaces the data of an existing one. Returns true if it is new.
    pub fn add(&mut self, from: Id, to: Id, data: T) -> bool {
        if let Some(edge) = self.get_mut(from, to) {
            edge.data = data;
            return false;
        }
        let id = self.ids.next();
        self.insert(Edge { id, from, to, data });
        true
    }

    fn insert(&mut self, edge: Edge<T>) {
        let Edge { id, from, to, .. } = edge;
        self.rows.insert(id, edge);
        self.pairs.insert((from, to), id);
        self.outgoing.entry(from).or_default().insert(id, to);
        self.incoming.entry(to).or_default().insert(id, from);
    }

    pub fn remove(&mut self, from: Id, to: Id) -> Option<T> {
        let id = self.pairs.remove(&(from, to))?;
        self.outgoing.get_mut(&from)?.remove(&id);
        self.incoming.get_mut(&to)?.remove(&id);
        self.rows.remove(&id).map(|edge| edge.data)
    }

    /// Removes all edges of a node that is being deleted.
    pub fn forget(&mut self, node: Id) {
        let touching: Vec<(Id, Id)> = self
            .rows
            .values()
            .filter(|edge| edge.from == node || edge.to == node)
            .map(|edge| (edge.from, edge.to))
            .collect();
        for (from, to) in touching {
            self.remove(from, to);
        }
    }

    pub fn get(&self, from: Id, to: Id) -> Option<&Edge<T>> {
        self.rows.get(self.pairs.get(&(from, to))?)
    }

    pub fn get_mut(&mut self, from: Id, to: Id) -> Option<&mut Edge<T>> {
        self.rows.get_mut(self.pairs.get(&(from, to))?)
    }

    pub fn has(&self, from: Id, to: Id) -> bool {
        self.pairs.contains_key(&(from, to))
    }

    /// The edges from a node, newest first.
    pub fn from(&self, node: Id) -> impl DoubleEndedIterator<Item = &Edge<T>> {
        self.outgoing
            .get(&node)
            .into_iter()
            .flat_map(|edges| edges.keys().rev())
            .filter_map(|id| self.rows.get(id))
    }

    /// The edges to a node, newest first.
    pub fn to(&self, node: Id) -> impl DoubleEndedIterator<Item = &Edge<T>> {
        self.incoming
            .get(&node)
            .into_iter()
            .flat_map(|edges| edges.keys().rev())
            .filter_map(|id| self.rows.get(id))
    }

    pub fn count_from(&self, node: Id) -> u64 {
        self.outgoing
            .get(&node)
            .map_or(0, |edges| edges.len() as u64)
    }

    pub fn count_to(&self, node: Id) -> u64 {
        self.incoming
            .get(&node)
            .map_or(0, |edges| edges.len() as u64)
    }
}

/// Only the rows are stored. The indexes are rebuilt when they are read.
impl<T: Serialize> Serialize for Edges<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows: Vec<&Edge<T>> = self.rows.values().collect();
        (&self.ids, rows).serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Edges<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (ids, rows) = <(Counter, Vec<Edge<T>>)>::deserialize(deserializer)?;
        let mut edges = Self {
            ids,
            ..Self::default()
        };
        for edge in rows {
            edges.insert(edge);
        }
        Ok(edges)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_unique_and_newest_first() {
        let mut edges = Edges::default();
        assert!(edges.add(Id(1), Id(2), "a"));
        assert!(edges.add(Id(1), Id(3), "b"));
        assert!(!edges.add(Id(1), Id(2), "c"));
        assert_eq!(
            edges.from(Id(1)).map(|edge| edge.data).collect::<Vec<_>>(),
            ["b", "c"]
        );
        assert_eq!(edges.count_to(Id(3)), 1);
        assert_eq!(edges.remove(Id(1), Id(3)), Some("b"));
        assert!(!edges.has(Id(1), Id(3)));
        edges.forget(Id(2));
        assert_eq!(edges.count_from(Id(1)), 0);
    }
}
