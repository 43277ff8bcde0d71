//! The kinds of sample data.

use crate::options::{KINDS, Options};
use crate::random::Random;
use crate::{bakery, city, grocer, network, solomon, uchoa, variants};

/// What a kind writes: file names, below the given path when there are several, with their text.
pub(crate) type Files = Vec<(&'static str, String)>;

/// Makes the files of the kind that the options name.
pub(crate) fn generate(options: &Options) -> Result<Files, String> {
    let mut random = Random::new(options.number("seed", 1)?);
    let one = |text: String| Ok(vec![("", text)]);
    match options.kind() {
        "bakery" => one(bakery::generate(&mut random, options.count("orders", 25)?)),
        "grocer" => one(grocer::generate(&mut random, options.count("orders", 60)?)),
        "city" => Ok(city::generate(&mut random, options.count("orders", 2_000)?)),
        "network" => one(network::generate(&mut random, options.count("orders", 12)?)),
        "uchoa" => one(uchoa::generate(&mut random, options)?),
        "solomon" => one(solomon::generate(&mut random, options)?),
        "hfvrp" | "mdvrptw" | "pcvrptw" | "vrpb" | "vrpspd" | "mtvrptwr" | "cordeau" | "lilim" => {
            one(variants::generate(&mut random, options)?)
        }
        other => Err(format!("there is no kind {other:?}; use {KINDS}")),
    }
}
