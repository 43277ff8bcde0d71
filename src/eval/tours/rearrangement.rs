//! Routes made anew of pieces of routes.

use super::{NONE, Piece, Run, Tours};
use crate::eval::resource::Resource;

impl<R: Resource> Tours<'_, R> {
    /// Replaces up to two routes by others made of their own stops: for each, its new pieces from start to end.
    pub fn rearrange(&mut self, proposals: &[(u32, &[Piece])]) {
        let mut runs = std::mem::take(&mut self.runs);
        runs.clear();
        let mut ends = [0_usize; 2];
        for ((route, pieces), end) in proposals.iter().zip(&mut ends) {
            self.touch(*route);
            for piece in *pieces {
                let (first, last) = self.ends(*piece);
                self.touched.extend([first, last]);
                runs.extend(self.run(*piece));
            }
            *end = runs.len();
        }
        // Runs are first made what they are to be, as they are found by their old links, then joined.
        let mut from = 0;
        for ((route, _), end) in proposals.iter().zip(ends) {
            for run in &runs[from..end] {
                self.take_over(*run, *route);
            }
            from = end;
        }
        from = 0;
        for ((route, _), end) in proposals.iter().zip(ends) {
            self.link_runs(*route, &runs[from..end]);
            from = end;
        }
        self.runs = runs;
        for (route, pieces) in proposals {
            let fresh = !self.routes[*route as usize].stale;
            let front = match pieces.first() {
                Some(Piece::Before(last)) if fresh => *last,
                _ => self.start(*route),
            };
            let back = match pieces.last() {
                // It may be the end of the other route.
                Some(Piece::After(first)) if fresh && self.is_stop(*first) => *first,
                _ => self.end(*route),
            };
            let ahead = self.distance_to(front);
            self.refresh_between(*route, front, back, Some(ahead));
        }
    }

    /// The stops of a piece; `None` where it has none.
    fn run(&self, piece: Piece) -> Option<Run> {
        let (mut first, mut last) = self.ends(piece);
        let turned = matches!(piece, Piece::Reversed(..));
        if turned {
            (first, last) = (last, first);
        }
        if !self.is_stop(first) && first != last {
            first = self.nodes[first as usize].next;
        }
        if !self.is_stop(last) && first != last {
            last = self.nodes[last as usize].prev;
        }
        let is_some = self.is_stop(first) && self.is_stop(last);
        is_some.then_some(Run {
            first,
            last,
            turned,
        })
    }

    /// Turns a run around where it is to be, and makes it one of this route; its ends are not linked yet.
    fn take_over(&mut self, run: Run, route: u32) {
        let from = self.nodes[run.first as usize].route;
        let vehicle = self.routes[route as usize].vehicle;
        let other_legs = (!R::ALIKE || R::RULED) && self.routes[from as usize].vehicle != vehicle;
        let one_way = run.turned && (R::RULED || !self.problem.shape().symmetric);
        if from == route && !run.turned {
            return;
        }
        let (mut at, mut behind) = (run.first, NONE);
        loop {
            self.touch_node(at);
            let node = &mut self.nodes[at as usize];
            let next = node.next;
            node.route = route;
            if run.turned {
                std::mem::swap(&mut node.prev, &mut node.next);
                std::mem::swap(&mut node.arc_in, &mut node.arc_out);
            }
            if behind != NONE && (other_legs || one_way) {
                let (a, b) = if run.turned {
                    (at, behind)
                } else {
                    (behind, at)
                };
                self.connect(vehicle, a, b);
            }
            if at == run.last {
                return;
            }
            (at, behind) = (next, at);
        }
    }

    /// Links the ends of runs that are of this route, in order.
    fn link_runs(&mut self, route: u32, runs: &[Run]) {
        let vehicle = self.routes[route as usize].vehicle;
        let mut prev = self.start(route);
        for run in runs {
            let (first, last) = if run.turned {
                (run.last, run.first)
            } else {
                (run.first, run.last)
            };
            self.connect(vehicle, prev, first);
            prev = last;
        }
        self.connect(vehicle, prev, self.end(route));
    }
}
