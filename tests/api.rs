//! What a service that links the crate relies on: public types cross threads, survive a caught panic, and one problem
//! serves many threads.

use milkrun::measure::{Cost, Load, OrderId, PlaceId, ProfileId, Table};
use milkrun::model::{Depot, Model, Order, Place, VehicleType};
use milkrun::problem::Problem;
use milkrun::travel::{Haversine, RoadNetwork, Travel};
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::thread;

/// Compiles only for types that may be sent to and shared between threads, and used after a panic was caught.
fn crosses_threads<T: Send + Sync + UnwindSafe + RefUnwindSafe + ?Sized>() {}

/// Compiles only for plain values.
fn is_a_value<T: Clone + std::fmt::Debug + PartialEq>() {}

#[test]
fn public_types_cross_threads() {
    use milkrun::{channel, error, format, measure, model, plan, problem, solve, travel};
    crosses_threads::<error::Error>();
    crosses_threads::<error::Issue>();
    crosses_threads::<error::Rule>();
    crosses_threads::<measure::Cost>();
    crosses_threads::<measure::Distance>();
    crosses_threads::<measure::Duration>();
    crosses_threads::<measure::Load>();
    crosses_threads::<measure::Time>();
    crosses_threads::<measure::Window>();
    crosses_threads::<measure::Table<Option<i64>>>();
    crosses_threads::<measure::OrderId>();
    crosses_threads::<model::Model>();
    crosses_threads::<model::Depot>();
    crosses_threads::<model::Order>();
    crosses_threads::<model::Place>();
    crosses_threads::<model::VehicleType>();
    crosses_threads::<problem::FleetType>();
    crosses_threads::<problem::Limits>();
    crosses_threads::<problem::Names>();
    crosses_threads::<problem::Problem>();
    crosses_threads::<problem::Shape>();
    crosses_threads::<travel::Euclidean>();
    crosses_threads::<travel::Haversine>();
    crosses_threads::<travel::Legs>();
    crosses_threads::<travel::RoadList>();
    crosses_threads::<travel::RoadNetwork>();
    crosses_threads::<travel::Tables>();
    crosses_threads::<travel::TravelFault>();
    crosses_threads::<plan::Plan>();
    crosses_threads::<plan::Route>();
    crosses_threads::<plan::RouteDraft>();
    crosses_threads::<plan::Shipment>();
    crosses_threads::<plan::Stop>();
    crosses_threads::<plan::Unserved>();
    crosses_threads::<plan::Violation>();
    crosses_threads::<solve::Applied>();
    crosses_threads::<solve::Budget>();
    crosses_threads::<solve::Cancel>();
    crosses_threads::<solve::Outcome>();
    crosses_threads::<solve::Progress>();
    crosses_threads::<solve::SolveOptions>();
    crosses_threads::<solve::Statistics>();
    crosses_threads::<solve::Status>();
    crosses_threads::<format::Convention>();
    crosses_threads::<format::Instance>();
    crosses_threads::<format::Numbering>();
    crosses_threads::<format::TravelBy>();
    crosses_threads::<channel::ChannelOrder>();
    crosses_threads::<channel::DayPlan>();
    crosses_threads::<channel::IntakeReport>();
    crosses_threads::<channel::tiktok_shop::ShopOrder>();
    crosses_threads::<channel::tiktok_shop::ShipBatch>();
}

#[test]
fn a_solver_may_move_to_the_thread_that_runs_it() {
    // No unwind safety: it may hold an observer of the caller's.
    fn crosses<T: Send + Sync>() {}
    crosses::<milkrun::solve::Solver<'static>>();
    crosses::<milkrun::solve::LiveSolver>();
    crosses::<milkrun::problem::Edit>();
}

#[test]
fn what_the_user_states_is_a_value() {
    is_a_value::<Model>();
    is_a_value::<Depot>();
    is_a_value::<Order>();
    is_a_value::<Place>();
    is_a_value::<VehicleType>();
    is_a_value::<Haversine>();
    is_a_value::<Table<Option<i64>>>();
    is_a_value::<milkrun::error::Error>();
    is_a_value::<milkrun::travel::RoadList>();
    is_a_value::<milkrun::format::Instance>();
    is_a_value::<milkrun::channel::ChannelOrder>();
    is_a_value::<milkrun::channel::DayPlan>();
    is_a_value::<milkrun::plan::Plan>();
    is_a_value::<milkrun::plan::RouteDraft>();
    is_a_value::<milkrun::solve::SolveOptions>();
    is_a_value::<milkrun::solve::Applied>();
}

#[test]
fn errors_are_errors() {
    fn ends_in_a_box(error: milkrun::error::Error) -> Box<dyn std::error::Error + Send + Sync> {
        Box::new(error)
    }
    let error = Problem::new(&Model::new(), &Haversine::at_kmh(34.0)).unwrap_err();
    assert!(ends_in_a_box(error).to_string().starts_with("2 issues:"));
}

fn city(orders: u32) -> Model {
    let mut model = Model::new();
    let kg = model.add_dimension("kg");
    let hub = model.add_depot(Depot::new("hub", Place::geo(52.5, 13.4)));
    model.add_vehicle_type(VehicleType::new("van", 3, hub).capacity(kg, Load(100)));
    for i in 0..orders {
        let place = Place::geo(
            52.5 + f64::from(i % 7) * 0.01,
            13.4 + f64::from(i / 7) * 0.01,
        );
        let order = Order::drop_off(format!("order {i}"), place).quantity(kg, Load(3));
        model.add_order(order.price(Cost::units(9)));
    }
    model
}

#[test]
fn one_problem_serves_many_threads() {
    let problem = Problem::new(&city(40), &Haversine::at_kmh(34.0)).unwrap();
    let van = ProfileId::new(0);
    let tour = |problem: &Problem| -> i64 {
        let legs = (1..problem.place_count())
            .map(|to| problem.leg(van, PlaceId::new(to - 1), PlaceId::new(to)));
        legs.flatten().map(|leg| leg.distance.get()).sum()
    };
    let expected = tour(&problem);
    let found: Vec<i64> = thread::scope(|scope| {
        let workers: Vec<_> = (0..8).map(|_| scope.spawn(|| tour(&problem))).collect();
        workers.into_iter().map(|w| w.join().unwrap()).collect()
    });
    assert_eq!(found, [expected; 8]);
    // It moves to another thread, and its names with it.
    let name = thread::spawn(move || problem.names().order(OrderId::new(39)).to_owned());
    assert_eq!(name.join().unwrap(), "order 39");
}

#[test]
fn a_travel_is_chosen_at_run_time() {
    let travels: Vec<Box<dyn Travel>> = vec![
        Box::new(Haversine::at_kmh(34.0)),
        Box::new(RoadNetwork::new()),
    ];
    let model = city(3);
    let accepted: Vec<bool> = travels
        .iter()
        .map(|travel| Problem::new(&model, travel.as_ref()).is_ok())
        .collect();
    assert_eq!(accepted, [true, false]);
}

#[test]
fn a_model_goes_through_json_unchanged() {
    let model = city(5);
    let text = serde_json::to_string(&model).unwrap();
    let again: Model = serde_json::from_str(&text).unwrap();
    assert_eq!(again, model);
    let unknown = serde_json::from_str::<Model>(r#"{"orders": [], "ordres": []}"#);
    assert!(unknown.is_err(), "a misspelt section is not passed over");
}

#[test]
fn one_solver_serves_many_threads() {
    use milkrun::solve::{Budget, Solver};
    let problem = Problem::new(&city(40), &Haversine::at_kmh(34.0)).unwrap();
    let solver = Solver::new(&problem).seed(5);
    let plans = thread::scope(|scope| {
        let workers: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| solver.solve(Budget::iterations(200)).plan))
            .collect();
        let plans: Vec<_> = workers.into_iter().map(|w| w.join().unwrap()).collect();
        plans
    });
    assert!(plans.iter().all(|plan| *plan == plans[0]));
}

#[test]
fn a_raised_flag_is_a_status_and_a_plan() {
    use milkrun::solve::{Budget, Cancel, Solver, Status};
    let problem = Problem::new(&city(40), &Haversine::at_kmh(34.0)).unwrap();
    let stop = Cancel::new();
    stop.raise();
    let outcome = Solver::new(&problem).solve(Budget::seconds(60.0).and_cancel(&stop));
    assert_eq!(outcome.status, Status::Cancelled);
    assert!(outcome.violations.is_empty());
}
