//! The day of a recipe: its model, and the legs between its places.

use super::*;
use milkrun::measure::{
    CarrierId, Cost, DepotId, DimensionId, Distance, Duration, Load, Table, Time, VehicleTypeId,
    Window,
};
use milkrun::model::{
    Backhauls, Carrier, Depot, Group, Model, Order, OrderKind, Place, Promise, Reloads, VehicleType,
};
use milkrun::problem::Problem;
use milkrun::search::Dice;
use milkrun::travel::Tables;

/// How many carriers there are, where there are any.
const CARRIERS_OF_A_DAY: usize = 3;

impl Recipe {
    fn has(&self, feature: u64) -> bool {
        self.features & feature != 0
    }

    /// Dice for one fact of one thing.
    fn dice(&self, fact: u64, thing: usize) -> Dice {
        Dice::new(self.seed, fact + 1, thing as u64 + 1)
    }

    /// A number in `low..=high`.
    fn draw(&self, fact: u64, thing: usize, low: i64, high: i64) -> i64 {
        low + self.dice(fact, thing).below((high - low + 1) as usize) as i64
    }

    fn chance(&self, fact: u64, thing: usize, probability: f64) -> bool {
        self.dice(fact, thing).chance(probability)
    }

    /// What all moments are counted from.
    fn origin(&self) -> i64 {
        if self.has(EPOCH) {
            [-700, 1_700_000_000][self.dice(90, 0).below(2)]
        } else {
            0
        }
    }

    /// How long a unit of the plane is.
    fn unit(&self) -> i64 {
        if self.has(METRES) { 2_000 } else { 1 }
    }

    fn window(&self, fact: u64, thing: usize, narrow: i64, wide: i64) -> Window {
        let from = self.draw(fact, thing, 0, 400);
        let length = self.draw(fact + 1, thing, narrow, wide);
        let at = |moment: i64| Time(self.origin() + moment * self.unit());
        Window::new(at(from), at(from + length))
    }

    /// The problem, and what it was frozen from.
    pub(crate) fn problem(&self) -> (Model, Tables, Problem) {
        let (model, travel) = (self.model(), self.travel());
        let problem = Problem::new(&model, &travel)
            .unwrap_or_else(|error| panic!("{self:?} makes a faulty model: {error}"));
        (model, travel, problem)
    }

    /// Depots that hold goods.
    fn stores(&self) -> usize {
        if self.has(DEPOTS) { 3 } else { 1 }
    }

    /// Where vehicles under way are.
    fn spots(&self) -> usize {
        if self.has(UNDER_WAY) { 2 } else { 0 }
    }

    fn depots(&self) -> usize {
        self.stores() + self.spots()
    }

    /// Vehicle types that start at depots.
    fn types(&self) -> usize {
        if self.has(TYPES) { 3 } else { 1 }
    }

    fn dimensions(&self) -> usize {
        match (self.has(LOADS), self.has(DIMENSIONS)) {
            (false, _) => 0,
            (true, false) => 1,
            (true, true) => self.draw(1, 0, 2, 3) as usize,
        }
    }

    fn model(&self) -> Model {
        let mut model = Model::new();
        for d in 0..self.dimensions() {
            model.add_dimension(format!("dimension {d}"));
        }
        for d in 0..self.stores() {
            let mut depot = Depot::new(format!("depot {d}"), Place::row(d as u32));
            if self.has(HOURS) && self.chance(2, d, 0.7) {
                // Every depot is open in the middle of the day, as every shift is on.
                let hours = [self.draw(3, d, 0, 350), self.draw(4, d, 500, 1200)];
                let [from, to] = hours.map(|h| Time(self.origin() + h * self.unit()));
                depot = depot.window(Window::new(from, to));
            }
            if self.has(RELOADS) && self.chance(70, d, 0.6) {
                depot = depot.loading(Duration(self.draw(71, d, 0, 30) * self.unit()));
            }
            model.add_depot(depot);
        }
        for s in 0..self.spots() {
            let place = Place::row((self.stores() + s) as u32);
            model.add_depot(Depot::spot(format!("spot {s}"), place));
        }
        for t in 0..self.types() {
            model.add_vehicle_type(self.vehicle_type(t));
        }
        for s in 0..self.spots() {
            let mut vehicle = self.vehicle_type(self.types() + s);
            vehicle.start = DepotId::new(self.stores() + s);
            vehicle.count = Some(u32::from(!self.has(FEW) || self.chance(53, s, 0.8)));
            if self.chance(55, s, 0.4) {
                vehicle.reloads = None;
            }
            model.add_vehicle_type(vehicle);
        }
        for c in 0..if self.has(CARRIERS) {
            CARRIERS_OF_A_DAY
        } else {
            0
        } {
            let fee = if self.chance(80, c, 0.7) {
                self.price(81, c, 200)
            } else {
                Cost::ZERO
            };
            model.add_carrier(Carrier::new(format!("carrier {c}")).pickup_fee(fee));
        }
        let mut o = 0;
        while o < self.orders {
            if self.has(PAIRS) && o + 1 < self.orders && self.chance(41, o, 0.6) {
                let (pickup, drop_off) = self.pair(o);
                model.add_pair(pickup, drop_off);
                o += 2;
            } else if self.has(GROUPS) && self.chance(44, o, 0.5) {
                o += self.add_group(&mut model, o);
            } else if self.has(SEVERAL) && self.chance(47, o, 0.7) {
                o += self.add_in_windows(&mut model, o);
            } else {
                model.add_order(self.order(o));
                o += 1;
            }
        }
        model
    }

    /// Two orders as one transport: the goods of the first, prices of both or of none, neither released
    /// nor shipped by any time.
    fn pair(&self, o: usize) -> (Order, Order) {
        let (mut pickup, mut drop_off) = (self.order(o), self.order(o + 1));
        (pickup.kind, drop_off.kind) = (OrderKind::Pickup, OrderKind::DropOff);
        pickup.taken.clear();
        drop_off.taken.clear();
        drop_off.quantities.clone_from(&pickup.quantities);
        (pickup.release, drop_off.release) = (None, None);
        (pickup.ship_by, drop_off.ship_by) = (None, None);
        drop_off.price = pickup.price.map(|own| drop_off.price.unwrap_or(own));
        // A carrier that takes the one takes the other, for the same.
        drop_off.carrier_prices.clone_from(&pickup.carrier_prices);
        for order in [&mut pickup, &mut drop_off] {
            order.aboard = None;
        }
        // Some vehicle may carry both, and perhaps more may carry one of them.
        if !pickup.only_on.is_empty() && !drop_off.only_on.is_empty() {
            drop_off.only_on.push(pickup.only_on[0]);
        }
        (pickup, drop_off)
    }

    /// One to four orders that stand for one another, in part at the price of the first; how many.
    fn add_group(&self, model: &mut Model, o: usize) -> usize {
        let most = (self.orders - o).min(4) as i64;
        let count = self.draw(45, o, most.min(2), most) as usize;
        let mut group = Group::of([]);
        for index in o..o + count {
            let mut order = self.order(index);
            let price = order.price.take();
            if index == o {
                group.price = price;
            }
            group.orders.push(model.add_order(order));
        }
        model.add_group(group);
        count
    }

    /// An order with one to three windows, behind the release of its goods; how many.
    fn add_in_windows(&self, model: &mut Model, o: usize) -> usize {
        let most = (self.orders - o).min(3) as i64;
        let count = self.draw(48, o, 1, most) as usize;
        let order = self.order(o);
        let released = order.release.unwrap_or(Time(i64::MIN));
        let windows = (o..o + count).map(|at| {
            let window = self.window(49 + 50, at, 0, 150);
            Window::new(window.earliest, window.latest.max(released))
        });
        model.add_order_in_windows(order, windows);
        count
    }

    /// A price of the size of a leg or two.
    fn price(&self, fact: u64, thing: usize, most: i64) -> Cost {
        Cost(self.draw(fact, thing, 0, most) * 250_000 * self.unit())
    }

    fn vehicle_type(&self, t: usize) -> VehicleType {
        let depot = |fact| DepotId::new(self.dice(fact, t).below(self.stores()));
        let most = if self.has(FEW) {
            1
        } else {
            2 + self.orders as i64
        };
        let count = self.draw(10, t, i64::from(!self.has(FEW) || t == 0), most);
        let mut vehicle = VehicleType::new(format!("type {t}"), count as u32, depot(11));
        if self.has(DEPOTS) && self.chance(12, t, 0.5) {
            vehicle = vehicle.end(depot(13));
        }
        if self.has(OPEN_ENDS) && self.chance(14, t, 0.6) {
            vehicle = vehicle.open_end();
        }
        for d in 0..self.dimensions() {
            if self.chance(15, t * 8 + d, 0.9) {
                let most = Load(self.draw(16, t * 8 + d, 8, 30));
                vehicle = vehicle.capacity(DimensionId::new(d), most);
            }
        }
        // Money is odd where it is large, so that no common divisor makes it small again.
        let grain = if self.has(METRES) { 999_983 } else { 250_000 };
        let money = |fact, low, high| Cost(self.draw(fact, t, low, high) * grain);
        vehicle.cost_per_distance = if self.has(UNEQUAL) {
            money(17, 0, 9)
        } else {
            Cost(4 * grain)
        };
        if self.has(FIXED) {
            vehicle = vehicle.fixed_cost(Cost(self.draw(18, t, 0, 400) * 250_000 * self.unit()));
        }
        if self.has(PAID_TIME) && self.chance(19, t, 0.8) {
            vehicle = vehicle.per_duration(money(20, 1, 6));
        }
        if self.has(LONGEST) && self.chance(21, t, 0.8) {
            vehicle = vehicle.max_distance(Distance(self.draw(22, t, 100, 500) * self.unit()));
        }
        if self.has(TIME_LIMIT) && self.chance(23, t, 0.8) {
            vehicle = vehicle.max_duration(Duration(self.draw(24, t, 100, 500) * self.unit()));
        }
        if self.has(TALLIES) {
            if self.chance(80, t, 0.7) {
                vehicle = vehicle.per_stop(money(81, 0, 300));
            }
            if self.chance(82, t, 0.6) {
                vehicle = vehicle.max_stops(self.draw(83, t, 1, 5) as u32);
            }
            if self.chance(84, t, 0.6) {
                vehicle = vehicle.max_driving(Duration(self.draw(85, t, 100, 500) * self.unit()));
            }
        }
        if self.has(PACES) && self.chance(86, t, 0.8) {
            vehicle = vehicle.pace(self.draw(87, t, 40, 250) as u32);
        }
        if self.has(SHIFTS) && self.chance(25, t, 0.8) {
            let shift = [self.draw(26, t, 0, 350), self.draw(27, t, 500, 1200)];
            let [from, to] = shift.map(|h| Time(self.origin() + h * self.unit()));
            vehicle = vehicle.shift(Window::new(from, to));
        }
        if self.has(WAGES) {
            // Beside what time costs already: sums are to stay in range.
            let money = |fact, low, high| Cost(money(fact, low, high).get() / self.unit().min(10));
            if self.chance(88, t, 0.7) {
                vehicle = vehicle.per_waiting(money(89, 0, 6));
            }
            if self.chance(90, t, 0.8) {
                // Shifts that few routes keep, else nobody works overtime.
                let shift = [self.draw(26, t, 0, 350), self.draw(91, t, 400, 600)];
                let [from, to] = shift.map(|h| Time(self.origin() + h * self.unit()));
                let most = Duration(self.draw(92, t, 0, 300) * self.unit());
                let van = vehicle.shift(Window::new(from, to));
                vehicle = van.overtime(most, money(93, 0, 9));
            }
        }
        // Pairs need a type that mixes.
        if self.has(BACKHAULS) && !(self.has(PAIRS) && t == 0) {
            // Half of all days have one rule for all vehicles, as the sets of resources for such days ask for.
            let of = if self.chance(70, 0, 0.5) { 0 } else { t };
            let rules = [
                Backhauls::Last,
                Backhauls::LastAfterDropOff,
                Backhauls::LastAfterDropOff,
                Backhauls::Mixed,
            ];
            vehicle = vehicle.backhauls(rules[self.dice(71, of).below(rules.len())]);
        }
        if self.has(PROFILES) && t % 2 == 1 {
            vehicle = vehicle.profile("other");
        }
        if self.has(RELOADS) && self.chance(72, t, 0.8) {
            vehicle = vehicle.reloads(self.reloads(t));
        }
        vehicle
    }

    fn reloads(&self, t: usize) -> Reloads {
        let first = self.dice(73, t).below(self.stores());
        let mut reloads = Reloads::at(DepotId::new(first));
        if self.has(DEPOTS) && self.chance(74, t, 0.4) {
            reloads = reloads.or_at(DepotId::new((first + 1) % self.stores()));
        }
        if self.chance(75, t, 0.5) {
            reloads = reloads.most(self.draw(76, t, 0, 3) as u32);
        }
        reloads
    }

    fn order(&self, o: usize) -> Order {
        let place = Place::row((self.depots() + o) as u32);
        let mut order = if self.has(PICKUPS | BACKHAULS) && self.chance(30, o, 0.4) {
            Order::pickup(format!("order {o}"), place)
        } else {
            Order::drop_off(format!("order {o}"), place)
        };
        if self.has(EXCHANGES) && self.chance(44, o, 0.5) {
            order.kind = OrderKind::Exchange;
            for d in 0..self.dimensions() {
                order = order.taken(DimensionId::new(d), Load(self.draw(45, o * 8 + d, 0, 10)));
            }
        }
        for d in 0..self.dimensions() {
            order = order.quantity(DimensionId::new(d), Load(self.draw(31, o * 8 + d, 0, 10)));
        }
        if self.has(WINDOWS) && self.chance(32, o, 0.7) {
            order = order.window(self.window(33, o, 0, 300));
        }
        if self.has(PROMISES) && self.chance(44, o, 0.6) {
            let grain = if self.has(METRES) { 999_983 } else { 250_000 } / self.unit().min(10);
            let price = |fact, most| Cost(self.draw(fact, o, 0, most) * grain);
            let promise = Promise::new(self.window(45, o, 0, 100));
            order = order.promise(promise.early(price(47, 5)).late(price(48, 9)));
        }
        if self.has(SERVICE) {
            order = order.service(Duration(self.draw(35, o, 0, 20) * self.unit()));
        }
        let leaves = order.kind.drops();
        if self.has(RELEASES) && leaves && self.chance(36, o, 0.5) {
            let release = Time(self.origin() + self.draw(37, o, 0, 500) * self.unit());
            let closes = order.window.map_or(release, |w| w.latest);
            order = order.release(release.min(closes));
        }
        if self.has(SHIP_BY) && leaves && self.chance(42, o, 0.6) {
            let by = Time(self.origin() + self.draw(43, o, 0, 700) * self.unit());
            let by = order.release.map_or(by, |release| release.max(by));
            order = order.ship_by(by);
        }
        if self.has(OPTIONAL) && self.chance(38, o, 0.5) {
            // As dear as is allowed, give or take, where it is to be above everything else.
            let grain = if self.has(DEAR) && self.chance(39, o, 0.3) {
                1_000_000_000_000
            } else {
                250_000 * self.unit()
            };
            order = order.price(Cost(self.draw(40, o, 0, 300) * grain));
        }
        if self.has(ONLY_ON) && self.chance(46, o, 0.5) {
            let types = self.types() + self.spots();
            let first = self.dice(47, o).below(types);
            let more = self.chance(48, o, 0.4).then(|| (first + 1) % types);
            let named = std::iter::once(first).chain(more);
            order = order.only_on(named.map(VehicleTypeId::new));
        }
        if self.has(UNDER_WAY) && leaves && self.chance(49, o, 0.4) {
            (order.release, order.ship_by) = (None, None);
            order.only_on.clear();
            let vehicle = self.types() + self.dice(54, o).below(self.spots());
            return order.aboard(VehicleTypeId::new(vehicle));
        }
        for c in 0..if self.has(CARRIERS) {
            CARRIERS_OF_A_DAY
        } else {
            0
        } {
            if self.chance(82, o * CARRIERS_OF_A_DAY + c, 0.4) {
                let price = self.price(83, o * CARRIERS_OF_A_DAY + c, 150);
                order = order.carrier_price(CarrierId::new(c), price);
            }
        }
        order
    }

    fn travel(&self) -> Tables {
        let places = self.depots() + self.orders;
        // Now and then two places are one.
        let here = |p: usize| if self.chance(50, p, 0.1) { p / 2 } else { p };
        let point = |p: usize| {
            (
                self.draw(51, here(p), 0, 100),
                self.draw(52, here(p), 0, 100),
            )
        };
        let straight = |a: usize, b: usize| {
            let ((ax, ay), (bx, by)) = (point(a), point(b));
            (((ax - bx).pow(2) + (ay - by).pow(2)) as f64)
                .sqrt()
                .round() as i64
        };
        let blocks = |a: usize, b: usize| {
            let ((ax, ay), (bx, by)) = (point(a), point(b));
            (ax - bx).abs() + (ay - by).abs()
        };
        let table = |fact: u64, length: &dyn Fn(usize, usize) -> i64| {
            let cells = (0..places).flat_map(|a| (0..places).map(move |b| (a, b)));
            let cells = cells.map(|(a, b)| {
                let (pair, way) = (a.min(b) * places + a.max(b), a * places + b);
                let thing = if self.has(ASYMMETRIC) { way } else { pair };
                let detour = if self.has(ASYMMETRIC) && a != b {
                    self.draw(fact, way, 0, 20)
                } else {
                    0
                };
                // From and to depots there is always a way.
                let between_orders = a.min(b) >= self.depots() && a != b;
                let hole = self.has(HOLES) && between_orders && self.chance(fact + 1, thing, 0.15);
                (!hole).then(|| (length(a, b) + detour) * self.unit())
            });
            Table::from_cells(places, cells.collect()).expect("whole rows")
        };
        let slow = |fact, length: &dyn Fn(usize, usize) -> i64| {
            self.has(SLOW)
                .then(|| table(fact, &|a, b| length(a, b) * 3 / 2))
        };
        Tables::default()
            .profile("", table(60, &straight), slow(62, &straight))
            .profile("other", table(64, &blocks), slow(66, &blocks))
    }
}
