//! The loop: ruin, recreate, accept or undo.

use crate::eval::{Resource, Tours};
use crate::search::descent::Queue;
use crate::search::pressure::Pressure;
use crate::search::recreate::Buffer;
use crate::search::{Annealing, Best, Descent, Dice, Focus, Neighbours, Recreate, Ruin};
use crate::search::{carriers, groups, optional, pairs, vehicles};

/// The numbers that steer a trajectory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Knobs {
    /// How far descent goes.
    pub descent: Descent,
    /// The share of iterations that descend.
    pub descend: f64,
    /// The share of descents that go on with SWAP* between the touched routes.
    pub exchange: f64,
    /// The share of iterations that look for other vehicles for the changed routes, where there are several vehicle types
    /// that carry and cost the same.
    pub refit: f64,
    /// The share of descents that look at some served orders of groups once more, each for a better place of any of its
    /// group.
    pub reconsider: f64,
    /// The share of descents that take some pairs of the changed routes off, each for a better place of both of its stops.
    pub relocate: f64,
    /// The share of iterations that send one more vehicle out for orders left out, in place of a ruin, where orders are
    /// optional.
    pub send_out: f64,
    /// The share of iterations that send a large vehicle and several smaller ones to each other's orders, in place of a
    /// ruin, where some vehicles carry or cost more than others.
    pub interchange: f64,
    /// How orders are removed.
    pub ruin: Ruin,
    /// How they are put back.
    pub recreate: Recreate,
}

impl Default for Knobs {
    fn default() -> Self {
        Self {
            ruin: Ruin::default(),
            recreate: Recreate::default(),
            descent: Descent::default(),
            descend: 0.5,
            exchange: 0.1,
            refit: 0.2,
            reconsider: 0.1,
            relocate: 0.1,
            send_out: 0.05,
            interchange: 0.1,
        }
    }
}

/// One search trajectory: the present routes, the best ones, and the dice.
pub struct Trajectory<'p, 'n, R: Resource> {
    tours: Tours<'p, R>,
    neighbours: &'n Neighbours,
    knobs: Knobs,
    best: Best,
    dice: Dice,
    buffer: Buffer,
    queue: Queue,
    iterations: u64,
    improvements: u64,
    focus: Focus,
    pressure: Option<Pressure>,
}

impl<'p, 'n, R: Resource> Trajectory<'p, 'n, R> {
    /// Starts from the given routes. Where they break a limit, they are not the best: the first ones that break none are.
    pub fn new(
        mut tours: Tours<'p, R>,
        neighbours: &'n Neighbours,
        mut knobs: Knobs,
        dice: Dice,
    ) -> Self {
        // Of the orders near another one, those that others of their groups stand for are on no route.
        let crowd = tours.problem().crowd();
        knobs.recreate.near *= crowd;
        knobs.descent.near *= crowd;
        let best = Best::new(&mut tours);
        Self {
            tours,
            neighbours,
            knobs,
            best,
            dice,
            buffer: Buffer::default(),
            queue: Queue::default(),
            iterations: 0,
            improvements: 0,
            focus: Focus::default(),
            pressure: None,
        }
    }

    /// From now on, routes may break limits at a price that follows how often they do; the best routes never do.
    pub fn soften(&mut self) {
        self.press(&Pressure::new(&self.tours));
    }

    /// As [`soften`](Trajectory::soften), at the prices that another search, or the mean of several, has come to.
    pub fn press(&mut self, pressure: &Pressure) {
        let pressure = pressure.in_steps_of(self.tours.prices().step);
        self.tours.set_penalties(pressure.penalties(&self.tours));
        self.pressure = Some(pressure);
    }

    /// The prices it has come to; `None` where limits are never broken.
    pub fn pressure(&self) -> Option<&Pressure> {
        self.pressure.as_ref()
    }

    /// Where the seeds are drawn from on from now; at first, anywhere.
    pub fn focus(&mut self) -> &mut Focus {
        &mut self.focus
    }

    /// The present routes.
    pub fn tours(&self) -> &Tours<'p, R> {
        &self.tours
    }

    /// The best routes so far.
    pub fn best(&self) -> &Best {
        &self.best
    }

    /// How many iterations it has done.
    pub fn iterations(&self) -> u64 {
        self.iterations
    }

    /// How often the best routes were bettered.
    pub fn improvements(&self) -> u64 {
        self.improvements
    }

    /// One iteration: ruin near a random order, recreate, keep or undo.
    #[inline]
    pub fn iterate(&mut self, annealing: &Annealing) {
        let tours = &mut self.tours;
        let orders = (tours.orders_end() - tours.first_order()) as usize;
        if orders == 0 {
            return;
        }
        self.iterations += 1;
        let before = tours.cost();
        let older = tours.absent().len();
        tours.begin();
        let carriers = tours.charging_carriers() > 0;
        if carriers {
            carriers::hope(tours, &mut self.dice);
        }
        let seed = self.focus.seed(tours, &mut self.dice);
        let sends = tours.problem().shape().optional && self.dice.chance(self.knobs.send_out);
        let sent = sends
            && optional::send_out(
                tours,
                self.neighbours,
                &self.knobs.recreate,
                &mut self.dice,
                &mut self.buffer,
            );
        let swaps = !sent
            && tours.problem().shape().mixed_fleet
            && self.dice.chance(self.knobs.interchange)
            && vehicles::exchange(tours, self.neighbours, seed, &mut self.dice);
        if !sent && !swaps {
            self.knobs
                .ruin
                .apply(tours, self.neighbours, seed, &mut self.dice);
        }
        let older = older.min(tours.absent().len());
        if tours.has_pairs() {
            pairs::complete(tours, older);
        }
        if tours.has_groups() {
            groups::take_off(tours, seed);
        }
        if tours.has_reloads() {
            tours.spare_reloads();
        }
        let threshold = annealing.threshold(before, &mut self.dice);
        let descends = self.dice.chance(self.knobs.descend);
        // Descent may still mend what is too dear; without it there is no use in going on.
        // So may other vehicles, which are looked for always where they carry or cost more, else now and then.
        let mixed = tours.problem().shape().mixed_fleet;
        let types = tours.problem().fleet().len();
        let refits = mixed || (types > 1 && self.dice.chance(self.knobs.refit));
        let limit = if descends || mixed || carriers {
            i64::MAX
        } else {
            threshold
        };
        let hopeful = self.knobs.recreate.apply(
            tours,
            self.neighbours,
            (seed, older),
            &mut self.dice,
            &mut self.buffer,
            limit,
        );
        if hopeful && descends && tours.is_driveable() {
            let exchanges = self.dice.chance(self.knobs.exchange);
            self.knobs
                .descent
                .apply(tours, self.neighbours, &mut self.queue, exchanges);
        }
        let reconsiders = descends && tours.has_groups() && self.dice.chance(self.knobs.reconsider);
        if hopeful && reconsiders && tours.is_driveable() {
            let reach = self.knobs.recreate.near;
            groups::exchange(tours, self.neighbours, reach, &mut self.dice);
        }
        let relocates = descends && tours.has_pairs() && self.dice.chance(self.knobs.relocate);
        if hopeful && relocates && tours.is_driveable() {
            let reach = self.knobs.recreate.near;
            pairs::relocate(tours, self.neighbours, reach, &mut self.dice);
        }
        if hopeful && tours.problem().shape().optional && tours.is_driveable() {
            optional::leave_out(tours);
        }
        if hopeful && tours.has_reloads() {
            tours.spare_reloads();
        }
        if hopeful && refits && tours.is_driveable() {
            vehicles::refit(tours, &mut self.dice);
        }
        debug_assert_eq!(tours.cost(), tours.recomputed_cost(), "incremental cost");
        let bettered = hopeful && tours.cost() < self.best.cost() && tours.keeps_all_limits();
        if bettered || (hopeful && tours.cost() <= threshold) {
            tours.commit();
            if bettered {
                self.best.update(tours);
                self.improvements += 1;
            }
        } else {
            tours.rollback();
            debug_assert_eq!(tours.cost(), before, "undo restores the cost");
        }
        if let Some(pressure) = &mut self.pressure {
            pressure.note(tours);
        }
    }
}
